import { copyFileSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { statement } from '../../db/query.ts';
import type { Store } from '../../db/store.ts';
import { dayOf } from '../../functions/ground/platform/business-time.ts';
import type { Context } from '../../functions/ground/platform/context.ts';
import { followFacts } from '../../functions/insight/facts/follow-facts.ts';
import { workFacts } from '../../functions/insight/facts/work-facts.ts';
import { countSegment } from '../../functions/insight/segments/count-segment.ts';
import { toDefinitionJson } from '../../functions/insight/segments/definition.ts';
import { startingIds, startingSegment } from '../../functions/insight/segments/starting-set.ts';
import { getBusiness } from '../../functions/money/business/business.ts';
import { median } from './compare.ts';
import { remove } from './kept.ts';
import { rowOf } from './report.ts';
import { contextOn, seed } from './seed.ts';
import { fillFacets, praiseSome } from './segment-facets.ts';
import { questions } from './segment-questions.ts';
import { segmentLines } from './segment-report.ts';

/** How long it takes to count a segment, in milliseconds. */
export interface SegmentCounted {
  name: string;
  accounts: number;
  ours_ms: number;
  ours_p95_ms: number;
  /** The same by SQL that was written for it by hand, over the same database; null of the starting set. */
  byHand_ms: number | null;
}

export interface SegmentRows {
  questions: SegmentCounted[];
  starting: SegmentCounted[];
}

const TURNS = { least: 9, most: 41, upTo_ms: 8000 };

/** Segments over a database of so many orders, whose facts are counted first. */
export async function measureSegments(orders: number, folder: string): Promise<SegmentRows> {
  const path = `${folder}/segments.db`;
  remove(path);
  copyFileSync((await seed(orders, folder)).path, path);
  const db = openEmbedded(path);
  const ctx = contextOn(db);
  try {
    await db.script('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
    await fillFacets(db);
    while ((await followFacts(ctx)) > 0);
    await workFacts(ctx);
    await praiseSome(db);
    await db.script('PRAGMA wal_checkpoint(TRUNCATE)');
    return { questions: await askByHandToo(ctx), starting: await askStartingSet(ctx) };
  } finally {
    db.close();
    remove(path);
  }
}

async function askByHandToo(ctx: Context): Promise<SegmentCounted[]> {
  const { currency, timeZone } = await getBusiness(ctx);
  const of = { today: dayOf(ctx.now(), timeZone), currency: currency ?? '' };
  const rows: SegmentCounted[] = [];
  for (const { name, definition, byHand } of questions) {
    const text = byHand(of);
    const accounts = (await countSegment(ctx, { definition })).accounts;
    const expected = await countByHand(ctx.db, text);
    if (accounts !== expected) throw new Error(`${name}: ${accounts} by segment, ${expected} by hand`);
    const times = await alternate([() => countSegment(ctx, { definition }), () => countByHand(ctx.db, text)]);
    rows.push({ name, accounts, ...toldOf(times[0] ?? []), byHand_ms: median(times[1] ?? []) });
  }
  return rows;
}

async function askStartingSet(ctx: Context): Promise<SegmentCounted[]> {
  const rows: SegmentCounted[] = [];
  for (const name of startingIds) {
    const definition = toDefinitionJson(startingSegment(name, 10_000));
    const { accounts } = await countSegment(ctx, { definition });
    const times = await alternate([() => countSegment(ctx, { definition })]);
    rows.push({ name, accounts, ...toldOf(times[0] ?? []), byHand_ms: null });
  }
  return rows;
}

/** Each takes its turn, so that what the machine does meanwhile happens to all. */
async function alternate(works: readonly (() => Promise<unknown>)[]): Promise<number[][]> {
  const times: number[][] = works.map(() => []);
  const begun = performance.now();
  for (let turn = 0; turn < TURNS.most; turn += 1) {
    if (turn >= TURNS.least && performance.now() - begun > TURNS.upTo_ms) break;
    for (const [at, work] of works.entries()) {
      const started = performance.now();
      await work();
      times[at]?.push(performance.now() - started);
    }
  }
  return times;
}

function toldOf(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b);
  return { ours_ms: median(times), ours_p95_ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
}

const countByHand = async (db: Store, text: string) => Number((await db.read(statement(text)))[0]?.[0]);

/** By itself: `node tests/bench/segments.ts 1000000 FOLDER`. */
if (import.meta.main) {
  const [, , orders = '1000000', folder = '.tmp/bench'] = process.argv;
  const sizes = { small: 10_000, large: Number(orders) };
  const small = await measureSegments(sizes.small, folder);
  const large = await measureSegments(sizes.large, folder);
  for (const line of segmentLines({ small, large }, sizes)) process.stdout.write(`${rowOf(line)}\n`);
  for (const { name, accounts, ours_ms, ours_p95_ms } of large.starting)
    process.stdout.write(
      `${name}: ${ours_ms.toFixed(1)} ms, p95 ${ours_p95_ms.toFixed(1)} ms, ${accounts} accounts\n`,
    );
}

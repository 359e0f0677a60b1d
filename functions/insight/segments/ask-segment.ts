import { sql } from 'drizzle-orm';
import { ask, insertInto, toStatement } from '../../../db/query.ts';
import { segmentAskings } from '../../../db/schema/index.ts';
import { takeSteps } from '../../ground/feed/take-steps.ts';
import type { Context } from '../../ground/platform/context.ts';
import { membersNow, moveAudience } from '../../money/programme/audience.ts';
import type { AskedBase, CompiledSegment } from './compile.ts';
import { compileSegment } from './compile.ts';
import type { SegmentGroup } from './definition.ts';
import { fitting, openBase, type SegmentQuestion } from './evaluate.ts';
import type { LoadedWorld } from './load-world.ts';

const putAsking = insertInto(
  segmentAskings,
  'ON CONFLICT (segment_id) DO UPDATE SET terms = excluded.terms, at = excluded.at',
);

/** So many accounts come and go in one unit, while everybody else who writes waits. */
const ACCOUNTS_PER_UNIT = 500;
/** So many ids are read at a time. */
const ACCOUNTS_PER_READ = 20_000;

/** A segment whose members are asked anew; `group` is null for one that was removed, which holds nobody. */
export interface AskedSegment {
  id: string;
  group: SegmentGroup | null;
}

/**
 * Asks everybody, and writes down who came and who went: in units of bounded size, each of which looks again. Broken off, it
 * is begun anew, and finds the rest.
 * @returns whether it came to its end, and how many came or went
 */
export async function askEverybody(
  ctx: Context,
  segment: AskedSegment,
  { world, terms, stepsMax }: { world: LoadedWorld; terms: string; stepsMax: number },
): Promise<{ isWhole: boolean; moved: number }> {
  const mayStep = takeSteps(ctx, stepsMax);
  const base = await openBase(ctx, {}, ctx.db.fresh);
  const all = fitting(await compiled(segment, world, base), base);
  const fits = sql`SELECT f.account_id FROM ${all.from} WHERE ${all.where}`;
  const coming = sql`SELECT account_id FROM (${fits}) WHERE account_id NOT IN (${membersNow(segment.id)})`;
  const going = sql`SELECT account_id FROM (${membersNow(segment.id)}) WHERE account_id NOT IN (${fits})`;
  let moved = 0;
  for (const ids of [coming, going]) {
    for (let after = ''; ; ) {
      const page = await readIds(ctx, ids, after);
      for (let at = 0; at < page.length; at += ACCOUNTS_PER_UNIT) {
        if (!mayStep()) return { isWhole: false, moved };
        const unit = page.slice(at, at + ACCOUNTS_PER_UNIT);
        await ctx.db.write(await planUnit(ctx, segment, { world, ids: unit }));
        await new Promise((resolve) => setTimeout(resolve, 0));
        moved += unit.length;
      }
      if (page.length < ACCOUNTS_PER_READ) break;
      after = page.at(-1) ?? '';
    }
  }
  await ctx.db.write([putAsking({ segmentId: segment.id, terms, at: ctx.now() })]);
  return { isWhole: true, moved };
}

async function readIds(ctx: Context, ids: ReturnType<typeof sql>, after: string): Promise<string[]> {
  const rows = await ask(ctx.db.fresh, (query) =>
    query
      .select({ id: sql<string>`i.account_id` })
      .from(sql`(${ids}) AS i`)
      .where(sql`i.account_id > ${after}`)
      .orderBy(sql`i.account_id`)
      .limit(ACCOUNTS_PER_READ),
  );
  return rows.map(({ id }) => id);
}

/** Asks some accounts, and writes down those that came and went. @returns how many */
export async function askSome(
  ctx: Context,
  segment: AskedSegment,
  { world, ids }: { world: LoadedWorld; ids: readonly string[] },
): Promise<number> {
  const fits = await fittingAmong(ctx, segment, { world, ids });
  const list = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const rows = await ctx.db.fresh.read(
    toStatement(sql`SELECT value FROM (SELECT value FROM json_each(${JSON.stringify(ids)}))
      WHERE (value IN (${fits})) <> (value IN (${membersNow(segment.id)} AND e.account_id IN ${list}))`),
  );
  const moved = rows.map(([id]) => String(id));
  if (moved.length > 0) await ctx.db.write(await planUnit(ctx, segment, { world, ids: moved }));
  return moved.length;
}

/** The statements of one unit. */
async function planUnit(
  ctx: Context,
  segment: AskedSegment,
  { world, ids }: { world: LoadedWorld; ids: readonly string[] },
) {
  const fits = await fittingAmong(ctx, segment, { world, ids });
  return moveAudience(ctx, { segmentId: segment.id, ids, fitting: fits });
}

async function fittingAmong(
  ctx: Context,
  segment: AskedSegment,
  { world, ids }: { world: LoadedWorld; ids: readonly string[] },
) {
  const question: SegmentQuestion = { ids };
  const base = await openBase(ctx, question, ctx.db.fresh);
  const { from, where } = fitting(await compiled(segment, world, base), base);
  return sql`SELECT f.account_id FROM ${from} WHERE ${where}`;
}

const nobody: CompiledSegment = { condition: sql`0`, needsAccount: false };

async function compiled({ group }: AskedSegment, world: LoadedWorld, base: AskedBase) {
  return group === null ? nobody : await compileSegment(group, world, base);
}

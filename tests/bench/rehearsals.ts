import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openEmbedded } from '../../db/embedded.ts';
import { statement } from '../../db/query.ts';
import { dayOf } from '../../functions/ground/platform/business-time.ts';
import { readDraft } from '../../functions/money/rehearsal/draft.ts';
import { rehearse } from '../../functions/money/rehearsal/rehearse.ts';
import { importOrders } from '../../functions/reach/imports/on-node/by-path.ts';
import { median } from './compare.ts';
import { buildEmpty } from './imports.ts';
import { remove } from './kept.ts';
import { contextOn } from './seed.ts';

const file = fileURLToPath(new URL('../../../shared/data/cdnow/orders.csv', import.meta.url));
const ROUNDS = 5;
const SPEND = 10_000n;
const timeZone = 'America/New_York';

export interface ComparedRehearsal {
  orders: number;
  ours_s: number;
  ceiling_s: number;
}

/** A rehearsal from the database beside a bare loop over the same rows in memory; null where the file is not at hand. */
export async function measureRehearsal(folder: string): Promise<ComparedRehearsal | null> {
  if (!existsSync(file)) return null;
  const path = `${folder}/rehearsal.db`;
  await buildEmpty(path);
  const db = openEmbedded(path);
  const ctx = contextOn(db);
  await importOrders(ctx, { path: file });
  const rule = {
    id: 'draft',
    name: 'Draft',
    scheme: 'every',
    spend: '100.00',
    back: '7.00',
    period: 'month',
  };
  const draft = readDraft({ currency: 'USD', timeZone, rules: [{ ...rule, from: '1990-01-01' }] });
  const sql = 'SELECT root_id, placed_at, total_minor FROM orders ORDER BY root_id, placed_at';
  const rows = (await db.read(statement(sql))).map(([root, at, total]) => ({
    root: String(root),
    at: Number(at),
    total: BigInt(total ?? 0),
  }));
  const times: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] };
  const sums = new Set<bigint>();
  for (let round = 0; round < ROUNDS; round += 1) {
    times.ours.push(await timed(async () => (await rehearse(ctx, draft, { since: null })).draftMinor, sums));
    times.bare.push(await timed(async () => replayBarely(rows), sums));
  }
  db.close();
  remove(path);
  if (sums.size !== 1) throw new Error(`other sums: ${[...sums].join(' and ')}`);
  return { orders: rows.length, ours_s: median(times.ours), ceiling_s: median(times.bare) };
}

async function timed(work: () => Promise<bigint>, sums: Set<bigint>): Promise<number> {
  const started = performance.now();
  sums.add(await work());
  return (performance.now() - started) / 1000;
}

/** Seven back for every hundred of an account's month, and what each month costs. */
function replayBarely(rows: readonly { root: string; at: number; total: bigint }[]): bigint {
  const months = new Map<string, bigint>();
  const spent = new Map<string, bigint>();
  let root = '';
  for (const row of rows) {
    if (row.root !== root) spent.clear();
    root = row.root;
    const month = dayOf(row.at, timeZone).slice(0, 7);
    const before = spent.get(month) ?? 0n;
    const after = before + row.total;
    spent.set(month, after);
    months.set(month, (months.get(month) ?? 0n) + (after / SPEND - before / SPEND) * 700n);
  }
  return [...months.values()].reduce((sum, minor) => sum + minor, 0n);
}

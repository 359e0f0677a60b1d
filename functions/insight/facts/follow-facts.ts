import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { beginsAnew, followChanges, stopFollowing } from '../../ground/feed/follow-changes.ts';
import type { Change, Follower } from '../../ground/feed/follower.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { dayInSql } from '../../ground/platform/day-sql.ts';
import { getBusiness } from '../../money/business/business.ts';
import { countAccounts } from './count-accounts.ts';
import { loadMarks } from './load-marks.ts';
import { listTouched, type Touched } from './queries.ts';

/** Whatever happens with an account may change its facts. */
export const factsFollower: Follower = { name: 'facts', start: 'beginning', step: 500, stepsMax: 40 };

/** Facts that were counted by another meaning of theirs are counted anew: grows with each. */
const MEANING = 2;
/** So many orders are counted in one unit, while everybody else who writes waits; an account of more is counted alone. */
const ORDERS_PER_UNIT = 1000;

/**
 * Counts anew every account with which something happened since. An account is counted from all its orders, once for its
 * newest change, so that sequence and repetition of changes make no difference. Another time zone begins anew.
 * @returns how many changes were passed
 */
export async function followFacts(ctx: Context, follower: Follower = factsFollower): Promise<number> {
  const { timeZone } = await getBusiness({ ...ctx, db: ctx.db.fresh });
  const count = (changes: readonly Change[]) => countTouched(ctx, changes, timeZone);
  const terms = termsOf(timeZone);
  return followChanges(ctx, follower, count, { terms, anew: [forgetting(terms)] });
}

/** What facts are counted under. */
export const termsOf = (timeZone: string) => `${MEANING} ${timeZone}`;

/** What is known stays to be read, as of before. */
const forgetting = (terms: string) =>
  statement(`UPDATE account_facts SET counted_seq = -1 WHERE ${beginsAnew}`, factsFollower.name, terms);

/**
 * Counts all accounts anew from the first change on. What is known stays to be read meanwhile; what an interruption leaves,
 * the job goes on with. @returns how many changes were passed
 * @throws {AppError} `forbidden`
 */
export async function rebuildFacts(
  ctx: Context,
  onProgress: (changes: number) => void = () => undefined,
): Promise<number> {
  allow(ctx.actor, 'customers:write');
  await stopFollowing(ctx, factsFollower);
  await ctx.db.write(leftovers);
  let all = 0;
  for (let passed = -1; passed !== 0 && ctx.isEnding?.() !== true; all += passed) {
    passed = await followFacts(ctx);
    onProgress(all + passed);
  }
  return all;
}

/** What is kept of accounts that are no root accounts in use. */
const leftovers: readonly Statement[] = [
  ['account_facts', 'account_id'],
  ['account_days', 'root_id'],
  ['account_categories', 'root_id'],
  ['account_levels', 'root_id'],
  ['account_years', 'root_id'],
].map(([table, column]) =>
  statement(
    `DELETE FROM ${table} WHERE ${column} NOT IN (SELECT id FROM accounts WHERE id = root_id AND withdrawn_at IS NULL)`,
  ),
);

/** Counts in units of bounded size; the last is left to be written together with the position. */
async function countTouched(
  ctx: Context,
  changes: readonly Change[],
  timeZone: string,
): Promise<Statement[] | undefined> {
  const db = ctx.db.fresh;
  const list = JSON.stringify(changes.map(({ accountId, seq }) => [accountId, seq]));
  const touched = await listTouched(db, { changes: list });
  const marks = await loadMarks(
    db,
    touched.filter(({ hasMarks }) => hasMarks).map(({ id }) => id),
  );
  const terms = {
    ...{ marks, timeZone },
    day: dayOfOrders(touched, timeZone),
    today: dayOf(ctx.now(), timeZone),
  };
  let pending: Statement[] | undefined;
  for (const ids of inUnits(touched)) {
    if (pending !== undefined) await ctx.db.write(pending);
    await new Promise((resolve) => setTimeout(resolve, 0));
    pending = countAccounts(ids, terms);
  }
  return pending;
}

function dayOfOrders(touched: readonly Touched[], timeZone: string): string {
  const placed = touched.flatMap(({ firstAt, lastAt }) =>
    firstAt === null || lastAt === null ? [] : [firstAt, lastAt],
  );
  const [from, to] = [Math.min(...placed), Math.max(...placed)];
  if (placed.length === 0) return 'NULL';
  return dayInSql('o.placed_at', { timeZone, from: dayOf(from, timeZone), to: dayOf(to, timeZone) });
}

function inUnits(accounts: readonly Touched[]): string[][] {
  const units: string[][] = [];
  let room = 0;
  for (const { id, orders } of accounts) {
    const unit = units.at(-1);
    if (unit === undefined || orders > room) {
      units.push([id]);
      room = ORDERS_PER_UNIT;
    } else unit.push(id);
    room -= orders;
  }
  return units;
}

import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { addDays, dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { dayInSql } from '../../ground/platform/day-sql.ts';
import { groupSql } from '../../insight/facts/find-groups.ts';
import type { PlanRow } from './queries.ts';

/** Where a plan is asked on, and in which terms. */
export interface PlanDay {
  today: string;
  timeZone: string;
  currency: string | null;
}

/** Some root accounts in the order of ids: those behind one, up to another; null for the last there is. */
export interface AccountSlice {
  behind: string;
  upTo: string | null;
}
const everybody: AccountSlice = { behind: '', upTo: null };

/** A customer whom a plan means, and when they are due. */
export interface DueCustomer {
  rootId: string;
  accountId: string;
  customerId: string;
  name: string | null;
  /** The company or household; null for somebody's own account. */
  accountName: string | null;
  /** When they last heard from us by the channel, or a task of the plan ended; null for never. */
  lastOn: string | null;
  dueOn: string;
  /** By what they stand in order: when they last heard from us; 0 where they were due as the plan began. */
  waitsSince: number;
}

/**
 * Who of a plan's group, of all or of a slice, is due today, behind one of them, who waits longest first: the interval has passed since
 * they last heard from us by its channel. Whoever has an open task of any plan, or cannot be reached by the channel at all, is left out.
 */
export async function listDue(
  db: Store,
  plan: PlanRow,
  { limit, after, within, ...terms }: PlanDay & DueAsked,
): Promise<DueCustomer[]> {
  const { today, timeZone } = terms;
  if (plan.sinceDay > today) return [];
  const waits = sql`CASE WHEN x.last_at < ${heardBefore(plan, plan.sinceDay, timeZone)} THEN 0 ELSE x.last_at END`;
  const isBehind =
    after === null ? sql`1` : sql`(${waits}, x.root_id) > (${after.waitsSince}, ${after.rootId})`;
  const rows = await ask(db, (query) =>
    query
      .select({
        rootId: sql<string>`x.root_id`,
        customerId: sql<string>`x.customer_id`,
        name: sql<string | null>`x.name`,
        accountName: sql<string | null>`x.account_name`,
        lastAt: sql<number>`x.last_at`.mapWith(Number),
        waitsSince: sql<number>`${waits}`.mapWith(Number),
      })
      .from(sql`(${lastHeardSql(plan, terms, within)}) AS x`)
      .where(sql`x.last_at < ${heardBefore(plan, today, timeZone)} AND ${isBehind}`)
      .orderBy(sql`${waits}, x.root_id`)
      .limit(limit),
  );
  return rows.map(({ lastAt, ...row }) => {
    const lastOn = lastAt === 0 ? null : dayOf(lastAt, timeZone);
    return { ...row, accountId: row.rootId, lastOn, dueOn: dueOn(plan, lastOn) };
  });
}

interface DueAsked {
  within?: AccountSlice | undefined;
  limit: number;
  after: DueCustomer | null;
}

/** Before which moment those last heard from us who are due on a day. */
const heardBefore = ({ intervalDays }: PlanRow, day: string, timeZone: string) =>
  startOfDay(addDays(day, 1 - intervalDays), timeZone);

function dueOn({ sinceDay, intervalDays }: PlanRow, lastOn: string | null): string {
  const due = lastOn === null ? sinceDay : addDays(lastOn, intervalDays);
  return due > sinceDay ? due : sinceDay;
}

/** How many of a plan's group, of all or of a slice, come due on each day up to one; those of today and before on today. */
export async function countDueByDay(
  db: Store,
  plan: PlanRow,
  { until, within, ...terms }: PlanDay & { until: string; within?: AccountSlice | undefined },
): Promise<ReadonlyMap<string, number>> {
  const { today, timeZone } = terms;
  const { sinceDay, intervalDays } = plan;
  const lastDay = sql.raw(dayInSql('x.last_at', { timeZone, from: '2000-01-01', to: today }));
  const dueDay = sql`CASE WHEN x.last_at < ${heardBefore(plan, sinceDay, timeZone)} THEN ${sinceDay}
    ELSE date(${lastDay}, ${`+${intervalDays} days`}) END`;
  const day = sql`max(d.due_on, ${today})`;
  const rows = await ask(db, (query) =>
    query
      .select({ day: sql<string>`${day}`, due: sql<number>`count(*)`.mapWith(Number) })
      .from(sql`(SELECT ${dueDay} AS due_on FROM (${lastHeardSql(plan, terms, within)}) AS x ${asItIs}) AS d`)
      .where(sql`d.due_on <= ${until}`)
      .groupBy(day),
  );
  return new Map(rows.map((row) => [row.day, row.due]));
}

/**
 * Keeps SQLite from putting what a column is made of into each place that names it: it would be worked out as often, and what the
 * query becomes takes longer to prepare than to run.
 */
const asItIs = sql.raw('LIMIT -1');

/**
 * A row for each account of the group and level that is not waiting for its task to be done, with when it last heard from us by the
 * channel, or a task of the plan ended; 0 for never.
 */
function lastHeardSql(
  { id, audience, level, channel }: PlanRow,
  terms: PlanDay,
  { behind, upTo }: AccountSlice = everybody,
): SQL {
  const isWithin = sql`${behind === '' ? sql`1` : sql`a.id > ${behind}`} AND ${upTo === null ? sql`1` : sql`a.id <= ${upTo}`}`;
  const { from, group } = groupSql(terms);
  const isMeant = level === null ? sql`1` : isOfLevel(sql`a.id`, sql`${level}`, terms.today);
  const last = sql`max(
    coalesce((SELECT max(k.at) FROM contacts AS k WHERE k.root_id = a.id AND k.channel = ${channel} AND k.direction = 'out'
      AND k.is_missed = 0 AND k.withdrawn_at IS NULL), 0),
    coalesce((SELECT max(t.ended_at) FROM contact_tasks AS t WHERE t.plan_id = ${id} AND t.root_id = a.id AND NOT EXISTS (
      SELECT 1 FROM contact_task_acts AS n WHERE n.task_id = t.id AND n.seq = t.act_seq AND n.why IS NOT NULL)), 0))`;
  return sql`SELECT a.id AS root_id, c.id AS customer_id, coalesce(c.name, c.email) AS name, nullif(a.name, '') AS account_name,
      ${last} AS last_at
    FROM accounts AS a CROSS JOIN customers AS c ON c.id = ${mainPerson} ${from}
    WHERE ${isWithin} AND a.id = a.root_id AND a.withdrawn_at IS NULL AND c.withdrawn_at IS NULL AND c.closed_at IS NULL
      AND ${isReached(channel)} AND (${group}) = ${audience} AND ${isMeant}
      AND NOT EXISTS (SELECT 1 FROM contact_tasks AS t WHERE t.root_id = a.id AND t.plan_id IS NOT NULL AND t.ended_at IS NULL)
    ${asItIs}`;
}

/** SQL of whether a root account is of a level on a day. */
export const isOfLevel = (rootId: SQL, level: SQL, today: string): SQL =>
  sql`EXISTS (SELECT 1 FROM account_levels AS l WHERE l.root_id = ${rootId} AND l.level = ${level}
    AND l.from_day <= ${today} AND (l.until_day IS NULL OR l.until_day > ${today}))`;

/** Who speaks for an account: its owner, else who manages it, else who has been there longest. */
const mainPerson =
  sql.raw(`coalesce(a.owner_id, (SELECT m.customer_id FROM memberships AS m WHERE m.account_id = a.id
  AND m.until IS NULL ORDER BY coalesce(m.role, '') <> 'manager', m.role IS NULL, m.since, m.customer_id LIMIT 1))`);

function isReached(channel: PlanRow['channel']): SQL {
  if (channel === 'mail') return sql`c.email IS NOT NULL`;
  return channel === 'post' ? sql`c.address IS NOT NULL` : sql`c.phone IS NOT NULL`;
}

/** The newest day up to `today` on which a plan by mail comes round; null before the first. */
export function roundOf(plan: PlanRow, today: string): string | null {
  const next = nextRound(plan, today);
  if (next === today) return next;
  return next === plan.sinceDay ? null : addDays(next, -plan.intervalDays);
}

/** The first day on or after `from` on which a plan by mail comes round. */
export function nextRound({ sinceDay, intervalDays }: PlanRow, from: string): string {
  let day = sinceDay;
  while (day < from) day = addDays(day, intervalDays);
  return day;
}

import { type SQL, sql } from 'drizzle-orm';
import { toStatement } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import { addDays, startOfDay } from '../../../ground/platform/business-time.ts';
import { dayInSql } from '../../../ground/platform/day-sql.ts';
import type { SegmentAsked } from '../../../ground/segments/segment-field.ts';
import { firstOfLast } from '../level.ts';

/** Purchases of root accounts as a rule limits them: pieces of SQL that stand together in one statement. */
export interface Purchases {
  from: SQL;
  /** Those that are not cancelled, within what is asked. */
  where: SQL;
  rootId: SQL;
  /** The purchase day. */
  day: SQL;
  /** What makes it one: it is not wholly refunded. */
  stands: SQL;
  /** Aggregates of the rows of one account. */
  orderCount: SQL;
  netMinor: SQL;
  currency: SQL;
}

/** Whether everything that is known is asked for, so that what was counted of each account answers it. */
export const isOfAll = ({ days, until, where }: SegmentAsked) =>
  days === null && until === null && Object.keys(where).length === 0;

/** What was counted by day answers where no moment cuts one in two; the orders themselves, with their lines where those are asked about. */
export function purchasesOf(asked: SegmentAsked): Purchases {
  const { until, where } = asked;
  if (until === null && Object.keys(where).length === 0) return byDay(asked);
  return where.sku === undefined && where.product === undefined && where.category === undefined
    ? byOrder(asked)
    : byLine(asked);
}

function byDay({ days, today, among }: SegmentAsked): Purchases {
  const span =
    days === null ? sql`d.day <= ${today}` : sql`d.day >= ${firstOfLast(days, today)} AND d.day <= ${today}`;
  return {
    from: sql`account_days AS d`,
    where: sql`${span} AND ${among(sql`d.root_id`)}`,
    rootId: sql`d.root_id`,
    day: sql`d.day`,
    stands: sql`d.order_count > 0`,
    orderCount: sql`sum(d.order_count)`,
    netMinor: sql`sum(d.spend_minor)`,
    currency: sql`d.currency`,
  };
}

const isLeft = (of: string) =>
  sql.raw(
    `(${of}.refunded_minor < ${of}.total_minor - ${of}.discount_minor OR ${of}.total_minor = ${of}.discount_minor)`,
  );

const net = (of: string) => sql.raw(`sum(${of}.total_minor - ${of}.discount_minor - ${of}.refunded_minor)`);

function byOrder(asked: SegmentAsked): Purchases {
  const { timeZone, today, where } = asked;
  const day = dayInSql('o.placed_at', { timeZone, from: '1970-01-01', to: today });
  return {
    from: sql`orders AS o`,
    where: sql`o.is_cancelled = 0 AND ${spanOf(asked)} AND ${isOneOf('o.source', where.source)}
      AND ${asked.among(sql`o.root_id`)}`,
    rootId: sql`o.root_id`,
    day: sql`coalesce(o.placed_on, ${sql.raw(day)})`,
    stands: isLeft('o'),
    orderCount: sql`count(*)`,
    netMinor: net('o'),
    currency: sql`o.currency`,
  };
}

function byLine(asked: SegmentAsked): Purchases {
  const { sku, product, category } = asked.where;
  const orders = byOrder(asked);
  return {
    ...orders,
    from: sql`orders AS o CROSS JOIN order_lines AS l ON l.order_id = o.id`,
    where: sql`${orders.where} AND ${isOneOf('l.sku', sku)} AND ${isOneOf('l.product', product)}
      AND ${isOneOf('l.category', category)}`,
    stands: sql`${isLeft('o')} AND ${isLeft('l')}`,
    orderCount: sql`count(DISTINCT o.id)`,
    netMinor: net('l'),
  };
}

function spanOf({ days, until, today, timeZone }: SegmentAsked): SQL {
  const ended =
    until === null
      ? sql`o.placed_at < ${startOfDay(addDays(today, 1), timeZone)}`
      : sql`o.placed_at <= ${until}`;
  if (days === null) return ended;
  const from = startOfDay(firstOfLast(days, today), timeZone);
  return sql`${ended} AND o.placed_at >= ${from} AND o.placed_at < ${startOfDay(addDays(today, 1), timeZone)}`;
}

function isOneOf(column: string, names: readonly string[] | undefined): SQL {
  if (names === undefined) return sql`1`;
  return sql`${sql.raw(column)} IN (SELECT value FROM json_each(${JSON.stringify(names)}))`;
}

/**
 * What was counted of an account where nothing of it is yet to come; else the value of the one row that days up to today
 * give. Few accounts have an order of a day to come, and mostly there is none at all. `facts` is the name of the account's row of facts.
 */
export const upToToday = (
  asked: SegmentAsked,
  fact: SQL,
  rows: (asked: SegmentAsked) => SQL,
  facts = 'f',
): SQL =>
  asked.isAnyToCome
    ? sql`CASE WHEN ${sql.raw(facts)}.last_on > ${asked.today}
    THEN (SELECT value FROM (${rows({ ...asked, among: (column) => sql`${column} = ${sql.raw(facts)}.account_id` })})) ELSE ${fact} END`
    : fact;

/** Whether any order is of a day to come: the first of each currency behind today is looked up. */
export async function isAnyToCome(
  db: Pick<Store, 'read'>,
  { today, timeZone }: Pick<SegmentAsked, 'today' | 'timeZone'>,
): Promise<boolean> {
  const behind = startOfDay(addDays(today, 1), timeZone);
  const [row] = await db.read(
    toStatement(sql`SELECT EXISTS (WITH RECURSIVE used (currency) AS (SELECT min(currency) FROM orders UNION ALL
    SELECT (SELECT min(currency) FROM orders WHERE currency > used.currency) FROM used WHERE used.currency IS NOT NULL)
    SELECT 1 FROM used CROSS JOIN orders AS o ON o.currency = used.currency
      AND o.placed_at >= ${behind})`),
  );
  return Number(row?.[0]) === 1;
}

/** How many business days ago a day was. */
export const daysAgo = (day: SQL, today: string): SQL =>
  sql`CAST(julianday(${today}) - julianday(${day}) AS INTEGER)`;

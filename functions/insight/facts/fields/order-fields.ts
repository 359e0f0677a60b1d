import { type SQL, sql } from 'drizzle-orm';
import type { SegmentAsked, SegmentField, SegmentSource } from '../../../ground/segments/segment-field.ts';
import { daysAgo, isOfAll, type Purchases, purchasesOf, upToToday } from './purchases.ts';

const limited = { takesDays: true, takesWhere: true } as const;

/** What segments ask about orders: those neither cancelled nor wholly refunded (DOMAIN §5). */
export const orderFields: readonly SegmentField[] = [
  {
    ...{ name: 'orders.count', kind: 'count', otherwise: 0, ...limited },
    source: (asked) =>
      known(asked, sql`f.order_count`, (one) => standing(one, ({ orderCount }) => orderCount)),
  },
  {
    ...{ name: 'orders.spend', kind: 'money', otherwise: 0, ...limited },
    source: (asked) => ({ rows: spent(asked, ({ netMinor }) => netMinor) }),
  },
  {
    ...{ name: 'orders.mean', kind: 'money', ...limited },
    source: (asked) => ({ rows: isOfAll(asked) ? meanOfAll(asked) : meanWithin(asked) }),
  },
  {
    ...{ name: 'orders.first', kind: 'days', ...limited },
    source: (asked) => knownDay(asked, sql`f.first_on`, ({ day }) => sql`min(${day})`),
  },
  {
    ...{ name: 'orders.last', kind: 'days', ...limited },
    source: (asked) => knownDay(asked, sql`f.last_on`, ({ day }) => sql`max(${day})`),
  },
  {
    ...{ name: 'orders.interval', kind: 'half_days', ...limited },
    source: (asked) => known(asked, sql`f.interval_half_days`, intervals),
  },
  {
    ...{ name: 'orders.days', kind: 'count', otherwise: 0, ...limited },
    source: (asked) =>
      known(asked, sql`f.purchase_days`, (one) => standing(one, ({ day }) => sql`count(DISTINCT ${day})`)),
  },
  {
    ...{ name: 'orders.bought', kind: 'flag', otherwise: 0, ...limited },
    source: (asked) => known(asked, sql`(f.order_count > 0)`, (one) => standing(one, () => sql`1`)),
  },
];

/** What was counted of an account, where everything is asked for; the rows of what is asked otherwise. */
const known = (asked: SegmentAsked, fact: SQL, rows: (asked: SegmentAsked) => SQL): SegmentSource =>
  isOfAll(asked) ? { value: upToToday(asked, fact, rows) } : { rows: rows(asked) };

/** The same of a purchase day: how many business days ago it was. */
function knownDay(asked: SegmentAsked, fact: SQL, day: (purchases: Purchases) => SQL): SegmentSource {
  const ago = (of: SQL) => daysAgo(of, asked.today);
  if (!isOfAll(asked)) return { rows: standing(asked, (purchases) => ago(day(purchases))) };
  const known = upToToday(asked, fact, (one) => standing(one, day));
  return { value: ago(known), day: known };
}

/** A row for each account with a purchase within what is asked. */
function standing(asked: SegmentAsked, value: (purchases: Purchases) => SQL): SQL {
  const purchases = purchasesOf(asked);
  const { from, where, rootId, stands } = purchases;
  return sql`SELECT ${rootId} AS root_id, ${value(purchases)} AS value FROM ${from} WHERE ${where} AND ${stands}
    GROUP BY ${rootId}`;
}

/** The same in the currency of the business, in minor units; of no account while it has none. */
function spent(
  asked: SegmentAsked,
  value: (purchases: Purchases) => SQL,
  only: (purchases: Purchases) => SQL = () => sql`1`,
): SQL {
  const purchases = purchasesOf(asked);
  const { from, where, rootId, currency } = purchases;
  return sql`SELECT ${rootId} AS root_id, ${value(purchases)} AS value FROM ${from}
    WHERE ${where} AND ${only(purchases)} AND ${currency} = ${asked.currency ?? ''} GROUP BY ${rootId}`;
}

const meanWithin = (asked: SegmentAsked) =>
  spent(
    asked,
    ({ netMinor, orderCount }) => sql`${netMinor} / ${orderCount}`,
    ({ stands }) => stands,
  );

/**
 * By what was summed up of each account: its orders are counted anew only where it bought in another currency, too, or has
 * orders of a day to come.
 */
function meanOfAll(asked: SegmentAsked): SQL {
  const own = sql`${asked.currency ?? ''}`;
  const mean = sql`s.spend_minor / nullif(CASE WHEN EXISTS (SELECT 1 FROM account_spend AS x
      WHERE x.root_id = s.root_id AND x.currency <> ${own}) THEN (SELECT sum(d.order_count) FROM account_days AS d
        WHERE d.root_id = s.root_id AND d.currency = ${own}) ELSE w.order_count END, 0)`;
  return sql`SELECT s.root_id, ${upToToday(asked, mean, meanWithin, 'w')} AS value
    FROM account_spend AS s CROSS JOIN account_facts AS w ON w.account_id = s.root_id
    WHERE s.currency = ${own} AND ${asked.among(sql`s.root_id`)}`;
}

/** The median of days between one purchase day and the next, in half days: as `intervalOf`. */
function intervals(asked: SegmentAsked): SQL {
  const { from, where, rootId, day, stands } = purchasesOf(asked);
  return sql`SELECT root_id, sum(gap * ((place = (n + 1) / 2) + (place = n / 2 + 1))) AS value FROM (
    SELECT root_id, gap, row_number() OVER (PARTITION BY root_id ORDER BY gap) AS place,
      count(*) OVER (PARTITION BY root_id) AS n FROM (
      SELECT root_id, CAST(julianday(day) - julianday(lag(day) OVER (PARTITION BY root_id ORDER BY day)) AS INTEGER) AS gap
      FROM (SELECT DISTINCT ${rootId} AS root_id, ${day} AS day FROM ${from} WHERE ${where} AND ${stands}))
    WHERE gap IS NOT NULL) GROUP BY root_id`;
}

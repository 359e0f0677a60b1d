import { statement } from '../../../db/query.ts';
import type { Row, Statement, Store, Value } from '../../../db/store.ts';
import { awaited } from './late.ts';
import type { OrderFilter } from './order-filter.ts';

/** Where an order stands in a list, the last placed first. */
export interface ListPlace {
  placedAt: number;
  id: string;
}

/**
 * The orders a filter means, the last placed first, after a place. Each question has an index that it is walked along no
 * further than is shown, so that a page costs the same however many orders there are; those of a source that has few are
 * all looked at.
 */
export async function findFiltered(
  db: Store,
  filter: OrderFilter,
  { after, limit }: { after: ListPlace | null; limit: number },
): Promise<ListPlace[]> {
  const rows = await db.read(pageOf(filter, { after, limit, isRare: await isOfRareSource(db, filter) }));
  return rows
    .map(([id, placedAt]) => ({ id: String(id), placedAt: Number(placedAt) }))
    .sort((a, b) => b.placedAt - a.placedAt || (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}

export interface FilteredTotal {
  currency: string;
  orders: number;
  /** Σ(total − discount − refunds) of those not cancelled. */
  spendMinor: bigint;
}

/** How many orders a filter means and what they came to, by currency. */
export async function sumFiltered(db: Store, filter: OrderFilter): Promise<FilteredTotal[]> {
  const isRare = await isOfRareSource(db, filter);
  const isByCurrency = isWalkedByCurrency(filter) && !isRare;
  const rows = await db.read(isByCurrency ? sumByCurrency(filter) : sumOfWalk(filter, isRare));
  return rows.map(totalOf).filter(({ orders }) => orders > 0);
}

const totalOf = ([currency, orders, spend]: Row): FilteredTotal => ({
  currency: String(currency),
  orders: Number(orders),
  spendMinor: BigInt(spend ?? 0),
});

const spend = 'sum(CASE WHEN is_cancelled = 1 THEN 0 ELSE total_minor - discount_minor - refunded_minor END)';

/** All orders of a source with so few are looked at: a walk through the others would be longer. */
const RARE_MAX = 5000;

async function isOfRareSource(db: Store, filter: OrderFilter): Promise<boolean> {
  if (filter.source === null || !isWalkedByCurrency(filter)) return false;
  const [row] = await db.read(
    statement(
      'SELECT count(*) FROM (SELECT 1 FROM orders INDEXED BY orders_business_key WHERE source = ? LIMIT ?)',
      ...[filter.source, RARE_MAX + 1],
    ),
  );
  return Number(row?.[0] ?? 0) <= RARE_MAX;
}

function sumOfWalk(filter: OrderFilter, isRare: boolean): Statement {
  const { from, where } = walkOf(filter, isRare);
  const conditions = [...where, ...conditionsOf(filter)];
  return statement(
    `SELECT currency, count(*), ${spend} FROM orders ${from} WHERE ${textOf(conditions)} GROUP BY currency`,
    ...conditions.flatMap(({ args }) => args),
  );
}

/** Each currency by itself, since grouping would sort all orders. */
function sumByCurrency(filter: OrderFilter): Statement {
  const conditions = conditionsOf(filter);
  return statement(
    `WITH RECURSIVE ${currencies}, sums(currency, found) AS (SELECT value, (SELECT json_array(count(*), CAST(${spend} AS TEXT))
       FROM orders INDEXED BY orders_listed WHERE currency = starts.value AND ${textOf(conditions)})
       FROM starts WHERE value IS NOT NULL)
     SELECT currency, found ->> 0, found ->> 1 FROM sums`,
    ...conditions.flatMap(({ args }) => args),
  );
}

const isWalkedByCurrency = ({ ids, lateOn, statuses }: OrderFilter): boolean =>
  ids === null && lateOn === null && !isByState(statuses);

interface Condition {
  sql: string;
  args: Value[];
}

const on = (sql: string, ...args: Value[]): Condition => ({ sql, args });
const textOf = (conditions: readonly Condition[]) =>
  conditions.length === 0 ? '1' : conditions.map(({ sql }) => sql).join(' AND ');

/** Where a filter that few orders meet is looked at, and what that index wants to be told. */
function walkOf(
  { ids, lateOn, statuses, source }: OrderFilter,
  isRare: boolean,
): { from: string; where: Condition[] } {
  if (isRare) return { from: 'INDEXED BY orders_business_key', where: [on('source = ?', source)] };
  if (ids !== null)
    return { from: '', where: [on('id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))] };
  if (lateOn !== null) return { from: 'INDEXED BY orders_awaited', where: [on(awaited)] };
  return {
    from: 'INDEXED BY orders_by_state',
    where: [
      on("status <> 'delivered'"),
      on('status IN (SELECT value FROM json_each(?))', JSON.stringify(statuses)),
    ],
  };
}

const currencies = `starts(value) AS (SELECT min(currency) FROM orders UNION ALL
  SELECT (SELECT min(currency) FROM orders WHERE currency > starts.value) FROM starts WHERE value IS NOT NULL)`;

const isByState = (statuses: OrderFilter['statuses']): boolean =>
  statuses !== null && !statuses.includes('delivered');

/** The signs before columns keep the walk the one that was chosen. */
function conditionsOf(filter: OrderFilter): Condition[] {
  const { placedSince, placedUntil, statuses, source, currency, amountFrom, amountTo, lateOn } = filter;
  const cost = '(total_minor - discount_minor + coalesce(shipping_minor, 0) + coalesce(tax_minor, 0))';
  return [
    ...(placedSince === null ? [] : [on('placed_at >= ?', placedSince)]),
    ...(placedUntil === null ? [] : [on('placed_at < ?', placedUntil)]),
    ...(statuses === null
      ? []
      : [on('+status IN (SELECT value FROM json_each(?))', JSON.stringify(statuses))]),
    ...(source === null ? [] : [on('+source = ?', source)]),
    ...(currency === null ? [] : [on('currency = ?', currency)]),
    ...(amountFrom === null ? [] : [on(`${cost} >= ?`, amountFrom)]),
    ...(amountTo === null ? [] : [on(`${cost} <= ?`, amountTo)]),
    ...(lateOn === null ? [] : [on(`${awaited} AND +promised_by < ?`, lateOn)]),
  ];
}

const order = 'ORDER BY placed_at DESC, id DESC LIMIT ?';

function pageOf(
  filter: OrderFilter,
  { after, limit, isRare }: { after: ListPlace | null; limit: number; isRare: boolean },
): Statement {
  const conditions = [
    ...conditionsOf(filter),
    ...(after === null ? [] : [on('(placed_at, id) < (?, ?)', after.placedAt, after.id)]),
  ];
  if (isRare || filter.ids !== null || filter.lateOn !== null) {
    const { from, where } = walkOf(filter, isRare);
    const all = [...where, ...conditions];
    return statement(
      `SELECT id, placed_at FROM orders ${from} WHERE ${textOf(all)} ${order}`,
      ...all.flatMap(({ args }) => args),
      limit,
    );
  }
  const lead = leadOf(filter);
  return statement(
    `WITH RECURSIVE ${lead.starts}
     SELECT found.value ->> 0, found.value ->> 1 FROM starts CROSS JOIN json_each((
       SELECT json_group_array(json_array(id, placed_at)) FROM (SELECT id, placed_at FROM orders INDEXED BY ${lead.index}
         WHERE ${lead.column} = starts.value AND ${textOf([...lead.where, ...conditions])} ${order}))) AS found
     WHERE starts.value IS NOT NULL`,
    ...lead.args,
    ...conditions.flatMap(({ args }) => args),
    limit,
  );
}

/** An index that leads with something of which there are few: each of these is walked by itself. */
function leadOf({ statuses }: OrderFilter) {
  if (isByState(statuses))
    return {
      ...{ index: 'orders_by_state', column: 'status', where: [on("status <> 'delivered'")] },
      starts: 'starts(value) AS (SELECT value FROM json_each(?))',
      args: [JSON.stringify(statuses)],
    };
  return {
    ...{ index: 'orders_listed', column: 'currency', where: [] },
    starts: currencies,
    args: [],
  };
}

/** The sources that orders came from, of which there are few. */
export async function listSources(db: Store): Promise<string[]> {
  const rows = await db.read(statement(fewOf('source')));
  return rows.map(([source]) => String(source));
}

/** The currencies of orders. */
export async function listCurrencies(db: Store): Promise<string[]> {
  const rows = await db.read(statement(fewOf('currency')));
  return rows.map(([currency]) => String(currency));
}

const fewOf = (column: 'source' | 'currency') =>
  `WITH RECURSIVE found(value) AS (SELECT min(${column}) FROM orders UNION ALL
     SELECT (SELECT min(${column}) FROM orders WHERE ${column} > found.value) FROM found WHERE value IS NOT NULL)
   SELECT value FROM found WHERE value IS NOT NULL`;

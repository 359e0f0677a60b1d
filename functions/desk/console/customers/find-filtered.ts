import { statement } from '../../../../db/query.ts';
import type { Store, Value } from '../../../../db/store.ts';
import type { CustomerFilter, CustomerOrder, CustomerSort } from './customer-filter.ts';

/** Where a customer stands in a list: what it is sorted by, then the id. */
export interface CustomerPlace {
  by: string | number;
  id: string;
}

/**
 * The customers a filter means, in an order, after a place. Each order has an index that it is walked along no further than
 * is shown; where `isFew` says that the walk would go far for each of them, all are looked through and the few sorted.
 */
export async function findFiltered(
  db: Store,
  filter: CustomerFilter,
  {
    order,
    isFew,
    after,
    limit,
  }: { order: CustomerOrder; isFew: boolean; after: CustomerPlace | null; limit: number },
): Promise<CustomerPlace[]> {
  const { sort, isFalling } = order;
  const [column, id] = [columns[sort], sort === 'name' ? 'c.id' : 'f.customer_id'];
  const direction = isFalling ? 'DESC' : 'ASC';
  const conditions = [
    ...conditionsOf(filter),
    // The first says to the walk where to begin, which it does not see in the pair.
    ...(after === null
      ? []
      : [
          on(`${column} ${isFalling ? '<=' : '>='} ?`, after.by),
          on(`(${column}, ${id}) ${isFalling ? '<' : '>'} (?, ?)`, after.by, after.id),
        ]),
  ];
  const rows = await db.read(
    statement(
      `SELECT ${id}, ${column} FROM ${walkOf(filter, { sort, isFew })} WHERE ${textOf(conditions)}
       ORDER BY ${column} ${direction}, ${id} ${direction} LIMIT ?`,
      ...conditions.flatMap(({ args }) => args),
      limit,
    ),
  );
  return rows.map(([found, by]) => ({ id: String(found), by: sort === 'name' ? String(by) : Number(by) }));
}

/** How many a filter means. */
export async function countFiltered(db: Store, filter: CustomerFilter): Promise<number> {
  const conditions = conditionsOf(filter);
  const rows = await db.read(
    statement(
      `SELECT count(*) FROM customer_figures AS f WHERE ${textOf(conditions)}`,
      ...conditions.flatMap(({ args }) => args),
    ),
  );
  return Number(rows[0]?.[0] ?? 0);
}

const columns: Record<CustomerSort, string> = {
  name: "coalesce(c.name, c.email, '')",
  joined: 'f.joined_at',
  spend: 'f.spend_minor',
  last: 'f.last_placed_at',
  balance: 'f.balance_minor',
};

const indexes: Record<Exclude<CustomerSort, 'name'>, string> = {
  joined: 'customer_figures_joined',
  spend: 'customer_figures_spend',
  last: 'customer_figures_last',
  balance: 'customer_figures_balance',
};

interface Walk {
  sort: CustomerSort;
  isFew: boolean;
}

function walkOf(filter: CustomerFilter, walk: Walk): string {
  if (walk.sort !== 'name') return figuresIn(filter, walk);
  const isWalked = filter.ids === null && filter.hasDebt !== true && !walk.isFew;
  return isWalked
    ? 'customers AS c INDEXED BY customers_listed CROSS JOIN customer_figures AS f ON f.customer_id = c.id'
    : `${figuresIn(filter, walk)} CROSS JOIN customers AS c ON c.id = f.customer_id`;
}

function figuresIn({ ids, hasDebt }: CustomerFilter, { sort, isFew }: Walk): string {
  if (ids !== null) return 'customer_figures AS f';
  if (hasDebt === true) return `customer_figures AS f INDEXED BY ${indexes.balance}`;
  return `customer_figures AS f ${isFew || sort === 'name' ? 'NOT INDEXED' : `INDEXED BY ${indexes[sort]}`}`;
}

interface Condition {
  sql: string;
  args: Value[];
}

const on = (sql: string, ...args: Value[]): Condition => ({ sql, args });
const textOf = (conditions: readonly Condition[]) =>
  conditions.length === 0 ? '1' : conditions.map(({ sql }) => sql).join(' AND ');

function conditionsOf(filter: CustomerFilter): Condition[] {
  const { kind, isInClub, isClaimed, hasDebt, hasLapsed, wantsNews, own, ids } = filter;
  const isSo = (column: string, wanted: boolean | null) =>
    wanted === null ? [] : [on(`f.${column} = ?`, wanted ? 1 : 0)];
  const compared = (sql: string, value: Value | null) => (value === null ? [] : [on(sql, value)]);
  return [
    ...(ids === null ? [] : [on('f.customer_id IN (SELECT value FROM json_each(?))', JSON.stringify(ids))]),
    ...compared('f.kind = ?', kind),
    ...isSo('is_in_club', isInClub),
    ...isSo('is_claimed', isClaimed),
    ...isSo('has_lapsed', hasLapsed),
    ...isSo('wants_news', wantsNews),
    ...(hasDebt === null ? [] : [on(`f.balance_minor ${hasDebt ? '<' : '>='} 0`)]),
    ...compared('f.spend_minor >= ?', filter.spendFrom),
    ...compared('f.spend_minor <= ?', filter.spendTo),
    ...compared('f.last_placed_at >= ?', filter.lastSince),
    ...compared('f.last_placed_at < ?', filter.lastUntil),
    ...compared('f.joined_at >= ?', filter.joinedSince),
    ...compared('f.joined_at < ?', filter.joinedUntil),
    ...(own === null ? [] : [holds(own)]),
  ];
}

function holds({ key, values, isPart }: NonNullable<CustomerFilter['own']>): Condition {
  const wanted = JSON.stringify(values);
  const matches = isPart
    ? 'EXISTS (SELECT 1 FROM json_each(?) AS wanted WHERE instr(o.value, wanted.value) > 0)'
    : 'o.value IN (SELECT value FROM json_each(?))';
  return on(
    `f.customer_id IN (SELECT o.customer_id FROM own_field_values AS o WHERE o.field_key = ? AND ${matches})`,
    key,
    wanted,
  );
}

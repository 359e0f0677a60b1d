import { statement } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import {
  allOf,
  conditionsOf,
  inTraits,
  type NarrowCondition,
  rowsOf,
  type Sql,
  traitsOf,
} from './conditions.ts';
import {
  COUNTED_MAX,
  type CustomerFilter,
  type CustomerOrder,
  type CustomerSort,
} from './customer-filter.ts';

/** Where a customer stands in a list: what it is sorted by, then the id. */
export interface CustomerPlace {
  by: string | number;
  id: string;
}

export interface FoundCustomers {
  places: CustomerPlace[];
  /** Where to look further when it was looked through enough before the page was full; null when it was not. */
  goOn: CustomerPlace | null;
}

/** Of each number of traits so many are looked through along an order, where others have to be left out. */
const LOOKED_MAX = 5000;

interface Page {
  order: CustomerOrder;
  after: CustomerPlace | null;
  limit: number;
}

/**
 * The customers a filter means, in an order, after a place. Kind and answers that are yes or no are walked along the order
 * itself, one walk for each number of traits; what else is asked is either met by few, who are sorted, or by so many that
 * the walk meets them soon. Where it does not it stops, and tells where to go on.
 */
export async function findFiltered(db: Store, filter: CustomerFilter, page: Page): Promise<FoundCustomers> {
  const [traits, all] = [traitsOf(filter), conditionsOf(filter)];
  const along = all.filter(({ column }) => column === columns[page.order.sort]);
  const others = all.filter((condition) => !along.includes(condition));
  const lead = others.length === 0 ? null : await findLead(db, all);
  if (lead !== null && !lead.isMany)
    return { places: await sortFew(db, { traits, lead, all }, page), goOn: null };
  return walk(db, { traits, along, others }, page);
}

/** How many a filter means; where it says `isOpen` there may be more. */
export async function countFiltered(
  db: Store,
  filter: CustomerFilter,
): Promise<{ count: number; isOpen: boolean }> {
  const all = conditionsOf(filter);
  const traits = inTraits(traitsOf(filter));
  const lead = all.length === 0 ? null : await findLead(db, all);
  const source = lead?.condition.source ?? rowsOf('customer_figures_by_joined', [traits]);
  const tests = [
    ...(lead === null || lead.condition.column !== null ? [] : [traits]),
    ...all.filter((one) => one !== lead?.condition).map(({ test }) => test),
  ];
  const rest = allOf(tests);
  const looked: Sql =
    tests.length === 0
      ? source
      : {
          sql: `(SELECT f.* FROM ${source.sql} LIMIT ?) AS f WHERE ${rest.sql}`,
          args: [...source.args, COUNTED_MAX * 2, ...rest.args],
        };
  const [row] = await db.read(
    statement(`SELECT count(*) FROM (SELECT 1 FROM ${looked.sql} LIMIT ?)`, ...looked.args, COUNTED_MAX + 1),
  );
  const found = Number(row?.[0] ?? 0);
  return { count: Math.min(found, COUNTED_MAX), isOpen: found > COUNTED_MAX || lead?.isMany === true };
}

interface Lead {
  condition: NarrowCondition;
  /** More meet it than are looked at whole. */
  isMany: boolean;
}

/** The condition that the fewest meet, counted no further than is looked at. */
async function findLead(db: Store, conditions: readonly NarrowCondition[]): Promise<Lead | null> {
  const counted = await Promise.all(
    conditions.map(async (condition) => {
      const { sql, args } = condition.source;
      const [row] = await db.read(
        statement(`SELECT count(*) FROM (SELECT 1 FROM ${sql} LIMIT ?)`, ...args, COUNTED_MAX + 1),
      );
      return { condition, count: Number(row?.[0] ?? 0) };
    }),
  );
  const [least] = counted.sort((a, b) => a.count - b.count);
  return least === undefined ? null : { condition: least.condition, isMany: least.count > COUNTED_MAX };
}

const columns = {
  name: 'name_key',
  joined: 'joined_at',
  spend: 'spend_minor',
  last: 'last_placed_at',
  balance: 'balance_minor',
} as const satisfies Record<CustomerSort, string>;

interface Direction {
  column: string;
  direction: 'ASC' | 'DESC';
  after: Sql[];
}

function directionOf({ order: { sort, isFalling }, after }: Page): Direction {
  const column = `f.${columns[sort]}`;
  const place: Sql[] =
    after === null
      ? []
      : [
          // The first says to the walk where to begin, which it does not see in the pair.
          { sql: `${column} ${isFalling ? '<=' : '>='} ?`, args: [after.by] },
          { sql: `(${column}, f.customer_id) ${isFalling ? '<' : '>'} (?, ?)`, args: [after.by, after.id] },
        ];
  // Whose name has yet to be put in order stands nowhere.
  const known = sort === 'name' ? [{ sql: `${column} IS NOT NULL`, args: [] }] : [];
  return { column, direction: isFalling ? 'DESC' : 'ASC', after: [...known, ...place] };
}

async function sortFew(
  db: Store,
  { traits, lead, all }: { traits: string; lead: Lead; all: readonly NarrowCondition[] },
  page: Page,
): Promise<CustomerPlace[]> {
  const { column, direction, after } = directionOf(page);
  const { source } = lead.condition;
  const others = all.filter((condition) => condition !== lead.condition);
  const rest = allOf([inTraits(traits), ...others.map(({ test }) => test), ...after]);
  const rows = await db.read(
    statement(
      `SELECT ${column}, f.customer_id FROM ${source.sql} AND ${rest.sql}
       ORDER BY 1 ${direction}, 2 ${direction} LIMIT ?`,
      ...source.args,
      ...rest.args,
      page.limit,
    ),
  );
  return rows.map(([by, id]) => toPlace(by, id, page));
}

interface Walk {
  traits: string;
  /** On the column that is walked along. */
  along: readonly NarrowCondition[];
  others: readonly NarrowCondition[];
}

async function walk(db: Store, { traits, along, others }: Walk, page: Page): Promise<FoundCustomers> {
  const { column, direction, after } = directionOf(page);
  const index = `customer_figures_by_${page.order.sort}`;
  const source = rowsOf(index, [
    { sql: 'f.traits = t.value', args: [] },
    ...along.map(({ test }) => test),
    ...after,
  ]);
  const order = `ORDER BY ${column} ${direction}, f.customer_id ${direction}`;
  const found =
    others.length === 0 ? { sql: `${source.sql} ${order}`, args: source.args } : tried(source, order, others);
  const end = others.length === 0 ? nothing : endOf(source, { column, order });
  const rows = await db.read(
    statement(
      `SELECT p.value ->> 0, p.value ->> 1, p.value ->> 2 FROM json_each(?) AS t CROSS JOIN json_each((
         SELECT json_group_array(json_array(by, id, is_end)) FROM (
           SELECT * FROM (SELECT ${column} AS by, f.customer_id AS id, 0 AS is_end FROM ${found.sql} LIMIT ?) ${end.sql}))) AS p
       ORDER BY 1 ${direction}, 2 ${direction}, 3 LIMIT ?`,
      traits,
      ...found.args,
      page.limit,
      ...end.args,
      page.limit,
    ),
  );
  const at = rows.findIndex(([, , isEnd]) => Number(isEnd) === 1);
  const places = rows.map(([by, id]) => toPlace(by, id, page));
  return at === -1 ? { places, goOn: null } : { places: places.slice(0, at), goOn: places[at] ?? null };
}

const nothing: Sql = { sql: '', args: [] };

/** What a walk finds, looking no further than it may. */
function tried(source: Sql, order: string, others: readonly NarrowCondition[]): Sql {
  const rest = allOf(others.map(({ test }) => test));
  return {
    sql: `(SELECT f.* FROM ${source.sql} ${order} LIMIT ${LOOKED_MAX}) AS f WHERE ${rest.sql}`,
    args: [...source.args, ...rest.args],
  };
}

/** Where a walk was long enough is a place among what it found: the list is whole no further than there. */
function endOf(source: Sql, { column, order }: { column: string; order: string }): Sql {
  return {
    sql: `UNION ALL SELECT * FROM (SELECT ${column} AS by, f.customer_id AS id, 1 AS is_end
      FROM ${source.sql} ${order} LIMIT 1 OFFSET ${LOOKED_MAX - 1})`,
    args: source.args,
  };
}

const toPlace = (by: unknown, id: unknown, { order }: Page): CustomerPlace => ({
  by: order.sort === 'name' ? String(by) : Number(by),
  id: String(id),
});

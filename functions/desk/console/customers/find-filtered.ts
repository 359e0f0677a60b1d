import { statement } from '../../../../db/query.ts';
import type { Row, Store, Value } from '../../../../db/store.ts';
import {
  allOf,
  asksNoTraits,
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

/** So many are looked through along an order, where others have to be left out. */
const LOOKED_MAX = 6000;
/** So many are sorted sooner than a walk meets a page of them. */
const FEW_MAX = 5000;

interface Page {
  order: CustomerOrder;
  after: CustomerPlace | null;
  limit: number;
}

/**
 * The customers a filter means, in an order, after a place. Kind and answers that are yes or no are walked along the order
 * itself, all numbers of traits together; what else is asked is either met by few, who are sorted, or by so many that the
 * walk meets them soon. Where it does not it stops, and tells where to go on.
 */
export async function findFiltered(
  db: Store,
  { filter, all, lead }: Sought,
  page: Page,
): Promise<FoundCustomers> {
  const traits = traitsOf(filter);
  const along = all.filter(({ column }) => column === columns[page.order.sort]);
  const others = all.filter((condition) => !along.includes(condition));
  const few = others.length === 0 || lead === null || lead.isMany ? null : lead;
  if (few !== null && few.count <= FEW_MAX) return sorted(db, { traits, lead: few, all }, page);
  const walked = await walk(db, { traits, along, others }, page);
  const isWhole = others.length === 0 || walked.places.length === page.limit;
  if (isWhole) return walked;
  return few === null ? walked : sorted(db, { traits, lead: few, all }, page);
}

/** How many a filter means; where it says `isOpen` there may be more. */
export async function countFiltered(
  db: Store,
  { filter, all, lead }: Sought,
): Promise<{ count: number; isOpen: boolean }> {
  const traits = inTraits(traitsOf(filter));
  const source = lead?.condition.source ?? rowsOf('customer_figures_by_joined', [traits]);
  const isOfAll = lead === null || lead.condition.column !== null || asksNoTraits(filter);
  const tests = [
    ...(isOfAll ? [] : [traits]),
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
  const found =
    lead !== null && lead.condition.column !== null && tests.length === 0
      ? lead.count
      : await countOf(db, looked);
  return { count: Math.min(found, COUNTED_MAX), isOpen: found > COUNTED_MAX || lead?.isMany === true };
}

/** No further than is counted. */
async function countOf(db: Store, { sql, args }: Sql): Promise<number> {
  const counted = `SELECT count(*) FROM (SELECT 1 FROM ${sql} LIMIT ?)`;
  const [row] = await db.read(statement(counted, ...args, COUNTED_MAX + 1));
  return Number(row?.[0] ?? 0);
}

/** A filter with its conditions, and the one of them that the fewest meet; null where it sets none. */
export interface Sought {
  filter: CustomerFilter;
  all: readonly NarrowCondition[];
  lead: Lead | null;
}

interface Lead {
  condition: NarrowCondition;
  count: number;
  /** More meet it than are looked at whole. */
  isMany: boolean;
}

/** Counts what a filter sets, each condition no further than is looked at. */
export async function seek(db: Store, filter: CustomerFilter): Promise<Sought> {
  const all = conditionsOf(filter);
  const counted = await Promise.all(
    all.map(async (condition) => ({
      condition,
      count: await countOf(db, condition.counted ?? condition.source),
    })),
  );
  const [least] = counted.sort((a, b) => a.count - b.count);
  return { filter, all, lead: least === undefined ? null : { ...least, isMany: least.count > COUNTED_MAX } };
}

const columns = {
  name: 'name_key',
  joined: 'joined_at',
  spend: 'spend_minor',
  last: 'last_placed_at',
  balance: 'balance_minor',
} as const satisfies Record<CustomerSort, string>;

async function sorted(
  db: Store,
  { traits, lead, all }: { traits: string; lead: Lead; all: readonly NarrowCondition[] },
  page: Page,
): Promise<FoundCustomers> {
  const { sort, isFalling } = page.order;
  const column = `f.${columns[sort]}`;
  const direction = isFalling ? 'DESC' : 'ASC';
  const { source } = lead.condition;
  const others = all.filter((condition) => condition !== lead.condition);
  const after =
    page.after === null
      ? []
      : [
          {
            sql: `(${column}, f.customer_id) ${isFalling ? '<' : '>'} (?, ?)`,
            args: [page.after.by, page.after.id],
          },
        ];
  const rest = allOf([
    inTraits(traits),
    ...others.map(({ test }) => test),
    ...standing(page.order),
    ...after,
  ]);
  const rows = await db.read(
    statement(
      `SELECT ${column}, f.customer_id FROM ${source.sql} AND ${rest.sql}
       ORDER BY 1 ${direction}, 2 ${direction} LIMIT ?`,
      ...source.args,
      ...rest.args,
      page.limit,
    ),
  );
  return { places: rows.map((row) => toPlace(row, page)), goOn: null };
}

/** Whose name has yet to be put in order stands nowhere. */
const standing = ({ sort }: CustomerOrder): Sql[] =>
  sort === 'name' ? [{ sql: `f.${columns[sort]} IS NOT NULL`, args: [] }] : [];

interface Walk {
  traits: string;
  /** On the column that is walked along. */
  along: readonly NarrowCondition[];
  others: readonly NarrowCondition[];
}

/**
 * Along the order through all numbers of traits at once: the next of each stand in the queue of the recursion, the first of
 * these is told and the one behind it comes in its place, so that nobody is read who comes later.
 */
async function walk(db: Store, { traits, along, others }: Walk, page: Page): Promise<FoundCustomers> {
  const { sort, isFalling } = page.order;
  const column = columns[sort];
  const direction = isFalling ? 'DESC' : 'ASC';
  const meets = allOf(others.map(({ test }) => test));
  const tests = allOf([...along.map(({ test }) => test), ...standing(page.order)]);
  const next = (traits: string, place: Sql): Sql => ({
    sql: `(SELECT f.customer_id FROM customer_figures AS f INDEXED BY customer_figures_by_${sort}
      WHERE f.traits = ${traits} AND ${place.sql} AND ${tests.sql}
      ORDER BY f.${column} ${direction}, f.customer_id ${direction} LIMIT 1)`,
    args: [...place.args, ...tests.args],
  });
  // By two seeks, since of a pair only the first column would be sought, through everybody who is equal in it.
  const behind = (traits: string, by: Sql, id: Sql): Sql => {
    const sign = isFalling ? '<' : '>';
    const equal = next(traits, {
      sql: `f.${column} = ${by.sql} AND f.customer_id ${sign} ${id.sql}`,
      args: [...by.args, ...id.args],
    });
    const other = next(traits, { sql: `f.${column} ${sign} ${by.sql}`, args: by.args });
    return { sql: `coalesce(${equal.sql}, ${other.sql})`, args: [...equal.args, ...other.args] };
  };
  const told = (value: Value): Sql => ({ sql: '?', args: [value] });
  const first =
    page.after === null
      ? next('t.value', plain('1'))
      : behind('t.value', told(page.after.by), told(page.after.id));
  const following = behind('w.traits', plain('w.by'), plain('w.id'));
  const shown = `SELECT f.${column}, f.customer_id, f.traits, ${meets.sql}`;
  const walked = statement(
    `WITH RECURSIVE walk(by, id, traits, meets) AS (
       ${shown} FROM json_each(?) AS t CROSS JOIN customer_figures AS f ON f.customer_id = ${first.sql}
       UNION ALL ${shown} FROM walk AS w CROSS JOIN customer_figures AS f ON f.customer_id = ${following.sql}
       ORDER BY 1 ${direction}, 2 ${direction} LIMIT ${LOOKED_MAX})`,
    ...[...meets.args, traits, ...first.args, ...meets.args, ...following.args],
  );
  const rows = await db.read(
    statement(
      `${walked.sql} SELECT by, id, meets FROM (SELECT *, row_number() OVER () AS looked FROM walk)
       WHERE meets OR looked = ${LOOKED_MAX} LIMIT ?`,
      ...walked.args,
      page.limit,
    ),
  );
  const places = rows.filter(([, , meets]) => Number(meets) === 1).map((row) => toPlace(row, page));
  const last = rows.find(([, , meets]) => Number(meets) === 0);
  return { places, goOn: last === undefined ? null : toPlace(last, page) };
}

const plain = (sql: string): Sql => ({ sql, args: [] });

const toPlace = ([by, id]: Row, { order }: Page): CustomerPlace => ({
  by: order.sort === 'name' ? String(by) : Number(by),
  id: String(id),
});

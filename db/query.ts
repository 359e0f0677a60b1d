import { Column, type GetColumnData, getTableColumns, is, Param, Placeholder, SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { getTableConfig, SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import type { Row, Statement, Store, Value } from './store.ts';

const onPort = drizzle(() => Promise.reject(new Error('Drizzle words queries, the port runs them')));

export type QueryBuilder = typeof onPort;

/** What Drizzle has built: its text and parameters, the columns it selects and the type of its rows. */
interface Built<Rows> {
  readonly _: { readonly config: { fields: Record<string, unknown> } };
  toSQL(): { sql: string; params: unknown[] };
  prepare(): { all(): Promise<Rows> };
}

/**
 * A reading query, worded by Drizzle once for the whole process: `const findOrder = query((db) => db.select()…)`, then
 * `await findOrder(store, { source, number })` with the values of its placeholders.
 */
export function query<Rows>(
  build: (db: QueryBuilder) => Built<Rows>,
): (store: Pick<Store, 'read'>, values?: Record<string, unknown>) => Promise<Rows> {
  let compiled: Compiled<Rows> | null = null;
  return async (store, values = {}) => {
    compiled ??= compile(build(onPort));
    return compiled.read(await store.read({ sql: compiled.sql, args: compiled.bind(values) }));
  };
}

/** The same for a query that finds one row at the most: that row, or null. */
export function queryOne<Found>(
  build: (db: QueryBuilder) => Built<Found[]>,
): (store: Pick<Store, 'read'>, values?: Record<string, unknown>) => Promise<Found | null> {
  let compiled: Compiled<Found[]> | null = null;
  return async (store, values = {}) => {
    compiled ??= compile(build(onPort));
    const args = compiled.bind(values);
    return compiled.read(await store.read({ sql: compiled.sql, args, isSingle: true }))[0] ?? null;
  };
}

interface Compiled<Rows> {
  sql: string;
  bind: (values: Record<string, unknown>) => Value[];
  read: (rows: Row[]) => Rows;
}

/** Drizzle's own runner takes every query apart again at each call and looks up how to read each of its values. */
function compile<Rows>(built: Built<Rows>): Compiled<Rows> {
  const { sql, params } = built.toSQL();
  const binders = params.map(binderOf);
  const { read } = readerOf(built._.config.fields, 0);
  return {
    sql,
    bind: (values) => binders.map((bind) => bind(values)),
    read: (rows) => {
      const records: unknown = rows.map(read);
      if (!isTyped<Rows>(records)) throw new TypeError('rows are a list');
      return records;
    },
  };
}

interface Reader<Value> {
  read: (row: Row) => Value;
  /** How many columns of the row it reads. */
  width: number;
}

function readerOf(columns: object, start: number): Reader<Record<string, unknown>> {
  let next = start;
  const fields = Object.entries(columns).map(([name, column]) => {
    const field = fieldOf(column, next);
    next += field.width;
    return { name, read: field.read };
  });
  const read = (row: Row) => {
    const record: Record<string, unknown> = {};
    for (const field of fields) record[field.name] = field.read(row);
    return record;
  };
  return { read, width: next - start };
}

/** A group of columns that are all null is null itself: a joined table has no such row. */
function fieldOf(column: unknown, index: number): Reader<unknown> {
  const decode = decoderOf(column);
  if (decode !== null) {
    const read = (row: Row) => {
      const value = row[index] ?? null;
      return value === null ? null : decode(value);
    };
    return { read, width: 1 };
  }
  const group = readerOf(Object(column), index);
  const read = (row: Row) => {
    const record = group.read(row);
    return Object.values(record).every((value) => value === null) ? null : record;
  };
  return { read, width: group.width };
}

/** Drizzle tells the type of a query's rows, which nothing at run time can prove. */
function isTyped<Rows>(rows: unknown): rows is Rows {
  return Array.isArray(rows);
}

function binderOf(param: unknown): (values: Record<string, unknown>) => Value {
  const { encoder, value } = is(param, Param) ? param : { encoder: null, value: param };
  if (!is(value, Placeholder)) {
    const fixed = asValue(encoder === null ? value : encoder.mapToDriverValue(value));
    return () => fixed;
  }
  const name = String(value.name);
  return (values) => {
    const given = values[name];
    if (given === undefined) throw new Error(`No value for placeholder "${name}" was provided`);
    return asValue(encoder === null || given === null ? given : encoder.mapToDriverValue(given));
  };
}

/** How a column or expression is read; null for a group of them. */
function decoderOf(field: unknown): ((value: unknown) => unknown) | null {
  if (is(field, Column)) return (value) => field.mapFromDriverValue(value);
  const expression = is(field, SQL.Aliased) ? field.sql : is(field, SQL) ? field : null;
  if (expression === null) return null;
  const decoder = Reflect.get(expression, 'decoder');
  return (value) => decoder.mapFromDriverValue(value);
}

type RecordOf<Columns extends Record<string, SQLiteColumn>> = {
  [Name in keyof Columns]: GetColumnData<Columns[Name]>;
};

/**
 * Rows of another table as one value of an outer row, which costs the driver less than a query of their own. `from` is
 * what follows FROM; the outer query has to join tables, so that columns keep their tables' names. The rows come in no
 * certain order, since sqld 0.24 cannot parse one inside an aggregate.
 */
export function rowsWithin<Columns extends Record<string, SQLiteColumn>>(
  columns: Columns,
  from: SQL,
): SQL<RecordOf<Columns>[]> {
  const { read } = readerOf(columns, 0);
  const values = Object.values(columns).map((column) => (isMoney(column) ? exactly(column) : column));
  return sql<
    RecordOf<Columns>[]
  >`(SELECT json_group_array(json_array(${sql.join(values, sql`, `)})) FROM ${from})`.mapWith((text) => {
    const rows: Row[] = JSON.parse(text);
    const records: unknown = rows.map(read);
    if (!isTyped<RecordOf<Columns>[]>(records)) throw new TypeError('rows are a list');
    return records;
  });
}

const isMoney = (column: SQLiteColumn) => typeof column.mapFromDriverValue(0) === 'bigint';

/** A number of JSON is no integer of 64 bits, a text is. */
const exactly = (column: SQLiteColumn) => sql`CAST(${column} AS TEXT)`;

/** A query that is put together at the call, such as a search with optional filters. */
export function ask<Rows>(store: Store, build: (db: QueryBuilder) => Built<Rows>): Promise<Rows> {
  return query(build)(store);
}

/**
 * The inserting statement of a table, its text built once. Left-out columns are NULL.
 * `onConflict` is appended as it is.
 */
export function insertInto<Table extends SQLiteTable>(
  table: Table,
  onConflict = '',
): (row: Table['$inferInsert']) => Statement {
  const columns = columnsOf(table);
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const sql =
    `INSERT INTO "${getTableConfig(table).name}" (${names}) VALUES (${marks}) ${onConflict}`.trimEnd();
  return (row) => {
    const values: Record<string, unknown> = row;
    return { sql, args: columns.map(([key, column]) => bound(column, values[key])) };
  };
}

function columnsOf(table: SQLiteTable): [string, SQLiteColumn][] {
  return Object.entries(getTableColumns(table));
}

function bound(column: SQLiteColumn, value: unknown): Value {
  if (value === undefined || value === null) return null;
  return asValue(column.mapToDriverValue(value));
}

function asValue(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'bigint' || typeof value === 'number')
    return value;
  throw new TypeError('only texts and numbers can be bound');
}

/** A statement of one's own, for updates and upserts whose text is written out. */
export function statement(sql: string, ...args: Value[]): Statement {
  return { sql, args };
}

const dialect = new SQLiteSyncDialect();

/** The statement that a piece of SQL is by itself, with all that was bound in it. */
export function toStatement(piece: SQL): Statement {
  const { sql: text, params } = dialect.sqlToQuery(piece);
  return { sql: text, args: params.map(asValue) };
}

/** Re-exported so that rooms import their SQL words from one place. */
export type { SQL };

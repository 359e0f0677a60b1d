import type { SQL } from 'drizzle-orm';
import { DrizzleQueryError, getTableColumns } from 'drizzle-orm';
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import type { Row, Statement, Store, Value } from './store.ts';

let handedOver: Store | null = null;

/**
 * Drizzle on the storage port. A prepared query is built once for the whole process and handed its
 * store at each call: Drizzle calls the port before its first `await`, so the hand-over is synchronous.
 */
const onPort = drizzle(async (sql, params, method) => {
  const store = handedOver;
  if (store === null) throw new Error('a query ran without its store');
  const rows: Row[] = await store.read({ sql, args: params });
  return { rows: method === 'get' ? (rows[0] ?? []) : rows };
});

export type QueryBuilder = typeof onPort;

interface Prepared<Rows> {
  all(values?: Record<string, unknown>): Promise<Rows>;
}

/**
 * A reading query, prepared once: `const findOrder = query((db) => db.select()…)`, then
 * `await findOrder(store, { source, number })` with the values of its placeholders.
 */
export function query<Rows>(
  build: (db: QueryBuilder) => { prepare(): Prepared<Rows> },
): (store: Store, values?: Record<string, unknown>) => Promise<Rows> {
  let prepared: Prepared<Rows> | null = null;
  return (store, values = {}) => {
    prepared ??= build(onPort).prepare();
    handedOver = store;
    try {
      return prepared.all(values).catch(throwWithoutValues);
    } finally {
      handedOver = null;
    }
  };
}

/** Drizzle's own error carries every bound value in its message; the port's error under it carries none. */
function throwWithoutValues(error: unknown): never {
  throw error instanceof DrizzleQueryError ? (error.cause ?? new Error('a query failed')) : error;
}

/** A query that is put together at the call, such as a search with optional filters. */
export function ask<Rows>(
  store: Store,
  build: (db: QueryBuilder) => { prepare(): Prepared<Rows> },
): Promise<Rows> {
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
  const driverValue: unknown = column.mapToDriverValue(value);
  if (typeof driverValue === 'string' || typeof driverValue === 'bigint' || typeof driverValue === 'number') {
    return driverValue;
  }
  throw new TypeError(`${column.name} cannot be bound`);
}

/** A statement of one's own, for updates and upserts whose text is written out. */
export function statement(sql: string, ...args: Value[]): Statement {
  return { sql, args };
}

/** Re-exported so that rooms import their SQL words from one place. */
export type { SQL };

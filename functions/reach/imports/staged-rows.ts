import { keepReason } from './reason.ts';
import type { RowError } from './staged-line.ts';
import type { StagingDatabase } from './staging-database.ts';

/** Makes the tables of a new staging database. */
export function createTables(db: StagingDatabase): void {
  db.exec(tables);
}

/** Once all rows are there. */
export function sortKeys(db: StagingDatabase): void {
  db.exec('CREATE INDEX rows_sorted ON rows (account_key, placed_at, order_key)');
}

/** Rows as they are inserted; `orderKey` is made by `orderKey`. */
export type StagingRow = [accountKey: string, placedAtMs: number, orderKey: string, packed: string];

/** Orders sort by number, then source; neither has control characters. */
export function orderKey(order: { source: string; number: string }): string {
  return `${order.number}\x1f${order.source}`;
}

/** Rows that take goods back may bear the number of their order and another time: they are kept apart from it. */
export function creditKey(credit: { source: string; number: string }): string {
  return `${orderKey(credit)}${creditMark}`;
}

export const creditMark = '\x1fcredit';

export function splitKey(key: string): { source: string; number: string } {
  const cut = key.indexOf('\x1f');
  const source = key.endsWith(creditMark) ? key.slice(cut + 1, -creditMark.length) : key.slice(cut + 1);
  return { number: key.slice(0, cut), source };
}

/** Inserts many rows in few statements and commits every 5,000. */
export function openWriter(db: StagingDatabase): { add(row: StagingRow): void; finish(): void } {
  const many = db.prepare(`INSERT INTO rows VALUES ${Array(batch).fill('(?,?,?,?)').join()}`);
  const one = db.prepare('INSERT INTO rows VALUES (?,?,?,?)');
  let values: (string | number)[] = [];
  let uncommitted = 0;
  db.exec('BEGIN');
  return {
    add(row) {
      values.push(...row);
      if (values.length < batch * row.length) return;
      many.run(values);
      values = [];
      uncommitted += batch;
      if (uncommitted < perCommit) return;
      db.exec('COMMIT; BEGIN');
      uncommitted = 0;
    },
    finish() {
      for (let at = 0; at < values.length; at += rowWidth) one.run(values.slice(at, at + rowWidth));
      values = [];
      db.exec('COMMIT');
    },
  };
}

/** Keeps the first error of every order, and every error of a row that names none. */
export function openErrors(db: StagingDatabase): { add(error: RowError, source: string): void } {
  const insert = db.prepare('INSERT OR IGNORE INTO errors VALUES (?,?,?,?)');
  return {
    add({ line, order, reason }, source) {
      const key = order === null ? null : orderKey({ source, number: order });
      insert.run([line, order, key, keepReason(reason)]);
    },
  };
}

const batch = 50;
const perCommit = 5000;
const rowWidth = 4;

const tables = `
  CREATE TABLE rows (account_key TEXT, placed_at INTEGER, order_key TEXT, packed TEXT);
  CREATE TABLE errors (line INTEGER, number TEXT, order_key TEXT UNIQUE, reason TEXT);
  CREATE TABLE repeats (order_key TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE heads (number TEXT PRIMARY KEY, cells TEXT) WITHOUT ROWID;
  CREATE TABLE waiting (line INTEGER PRIMARY KEY, number TEXT, cells TEXT);
  CREATE TABLE joined_credits (credit_key TEXT PRIMARY KEY, account_key TEXT, named_key TEXT) WITHOUT ROWID;
  CREATE TABLE refunds (order_key TEXT, line INTEGER, packed TEXT);
  CREATE TABLE names (email TEXT PRIMARY KEY, name TEXT) WITHOUT ROWID;
`;

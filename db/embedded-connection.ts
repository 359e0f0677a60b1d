import { existsSync } from 'node:fs';
import Database from 'libsql';
import { bindable, type Row, type Statement, StoreUnavailable, type Value } from './store.ts';

/**
 * How long the driver waits for another process's lock, in milliseconds. It waits with the whole process; longer waits
 * are made by timers, so that reads go on.
 */
export const LOCK_WAIT_MS = 10;

/** Told when a connection could no longer be trusted and another one was opened, or could not be. */
export type OnReopen = (outcome: 'opened' | 'failed') => void;

/** How much memory a connection may keep pages in. A small one beside others reads the file again instead of mapping it. */
export type PageMemory = 'large' | 'small';

const pageMemory = {
  large: ['cache_size = -65536', 'mmap_size = 1073741824'],
  small: ['cache_size = -8192', 'mmap_size = 0'],
} as const;

const pragmas = [
  'journal_mode = WAL',
  // What is deleted is overwritten: nobody who was erased is left in free parts of the file.
  'secure_delete = ON',
  'synchronous = FULL',
  'foreign_keys = ON',
  'temp_store = MEMORY',
  'wal_autocheckpoint = 4000',
];

export interface EmbeddedConnection {
  database: Database.Database;
  statements: StatementCache;
}

/** @throws {Error} when the file cannot be opened or a pragma did not hold */
export function connect(
  path: string,
  { patience_ms, pages }: { patience_ms: number; pages: PageMemory },
): EmbeddedConnection {
  const database = new Database(path, { timeout: patience_ms });
  for (const pragma of [...pragmas, ...pageMemory[pages]]) database.exec(`PRAGMA ${pragma}`);
  const statements = statementCache(database);
  assertPragma(statements, 'journal_mode', 'wal');
  assertPragma(statements, 'synchronous', 2n);
  assertPragma(statements, 'foreign_keys', 1n);
  database.exec(`PRAGMA busy_timeout = ${LOCK_WAIT_MS}`);
  return { database, statements };
}

export interface Link {
  /** @throws {StoreUnavailable} when the connection broke and no other can be had now */
  open: () => EmbeddedConnection;
  /** After a failure: ends what was begun, and leaves a connection that cannot end it. */
  mend: (failure: Error) => void;
  close: () => void;
}

/** What the driver says of a connection that holds on to a statement or a transaction (tursodatabase/libsql-client-ts#352). */
const poison = /statements in progress|within a transaction|no transaction is active/;

/** The connection to a file, replaced by a new one when it is poisoned. */
export function createLink(
  path: string,
  { make, onReopen }: { make: () => EmbeddedConnection; onReopen: OnReopen | undefined },
): Link {
  let current: EmbeddedConnection | null = make();
  let isClosed = false;

  function reopen(): EmbeddedConnection {
    // Whoever comes late, by a timer or a stream, must not reach a closed connection: the driver ends the process.
    if (isClosed) throw new StoreUnavailable('SQLITE_MISUSE');
    try {
      // Never makes a new, empty database in the place of one that was moved away.
      if (!existsSync(path)) throw new StoreUnavailable('SQLITE_CANTOPEN');
      current = make();
      onReopen?.('opened');
      return current;
    } catch (error) {
      onReopen?.('failed');
      throw new StoreUnavailable(error instanceof StoreUnavailable ? error.code : 'SQLITE_CANTOPEN');
    }
  }

  return {
    open: () => current ?? reopen(),
    mend: ({ message }) => {
      if (current === null) return;
      const { database } = current;
      try {
        if (database.inTransaction) database.exec('ROLLBACK');
        if (!database.inTransaction && !poison.test(message)) return;
      } catch {
        // A transaction that cannot be ended ends with its connection.
      }
      current = null;
      try {
        database.close();
      } catch {
        // What cannot even be closed is left to the collector.
      }
    },
    close: () => {
      isClosed = true;
      current?.database.close();
      current = null;
    },
  };
}

interface StatementCache {
  run(statement: Statement): Row[];
  text(sql: string): void;
}

function statementCache(database: Database.Database): StatementCache {
  type Kept = Map<string, { statement: Database.Statement; isReader: boolean }>;
  const kept: Kept = new Map();
  // One row is read by a statement of its own: after all rows, `get` of the driver answers once more what was asked before.
  const keptForOne: Kept = new Map();
  const prepare = (sql: string, statements: Kept = kept) => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    const entry = { statement, isReader: statement.reader };
    if (entry.isReader) statement.raw(true).safeIntegers(true);
    statements.set(sql, entry);
    return entry;
  };
  return {
    run: ({ sql, args, isSingle = false }) => {
      const { statement, isReader } = prepare(sql, isSingle ? keptForOne : kept);
      const bound = args.map((value: Value) => bindable(value));
      if (!isReader) {
        statement.run(bound);
        return [];
      }
      const rows: unknown[] = isSingle ? [statement.get(bound)].filter(isRow) : statement.all(bound);
      return areRaw(rows) ? rows : [];
    },
    text: (sql) => {
      prepare(sql).statement.run([]);
    },
  };
}

const isRow = (row: unknown): row is Row => Array.isArray(row);
/** Statements are set to give all rows as lists, so that the first tells for all. */
const areRaw = (rows: unknown[]): rows is Row[] => rows.length === 0 || isRow(rows[0]);

function assertPragma(statements: StatementCache, name: string, expected: string | bigint): void {
  const value = statements.run({ sql: `PRAGMA ${name}`, args: [] })[0]?.[0];
  if (value !== expected) throw new Error(`PRAGMA ${name} is ${value}, not ${expected}`);
}

export function setForeignKeys(link: Link, isOn: boolean): void {
  const { database, statements } = link.open();
  database.exec(`PRAGMA foreign_keys = ${isOn ? 'ON' : 'OFF'}`);
  assertPragma(statements, 'foreign_keys', isOn ? 1n : 0n);
}

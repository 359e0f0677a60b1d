import Database from 'libsql';
import {
  bindable,
  ComposedStore,
  type Outcome,
  type Row,
  type Statement,
  type Store,
  StoreUnavailable,
  storeError,
  type Value,
} from './store.ts';

export interface EmbeddedOptions {
  /** How long a write waits for another process's write, in milliseconds. */
  busy_timeout_ms?: number;
  /** Called once when the connection can no longer be trusted (SQLITE_BUSY, tursodatabase/libsql-client-ts#352). */
  onPoisoned?: (error: StoreUnavailable) => void;
}

interface Unit {
  statements: readonly Statement[];
  resolve: (outcome: Outcome) => void;
}

/** Keeps one turn of the event loop short: beyond this many units the rest waits for the next turn. */
const UNITS_PER_COMMIT_MAX = 256;

const pragmas = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'cache_size = -65536',
  'mmap_size = 1073741824',
  'temp_store = MEMORY',
  'wal_autocheckpoint = 4000',
];

/**
 * Opens a libSQL file in this process. Writes that arrive together share one durable commit (group commit);
 * a refusal undoes only its own unit.
 * @throws {Error} when the file cannot be opened or a pragma did not hold
 */
export function openEmbedded(path: string, options: EmbeddedOptions = {}): Store {
  const database = new Database(path, { timeout: options.busy_timeout_ms ?? 5000 });
  for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`);
  const statements = statementCache(database);
  assertPragma(statements, 'journal_mode', 'wal');
  assertPragma(statements, 'synchronous', 2n);
  assertPragma(statements, 'foreign_keys', 1n);
  const { commit, commitAlone } = groupCommit(database, statements, options);

  return new ComposedStore({
    engine: 'embedded',
    read: async (statement) => {
      try {
        return statements.run(statement);
      } catch (error) {
        throw storeError(error);
      }
    },
    write: async (unit) => {
      const outcome = await commit(unit);
      if (!outcome.ok) throw outcome.error;
      return outcome.results;
    },
    writeMany: (units) => Promise.all(units.map(commit)),
    writeSchema: async (unit) => {
      // No transaction is open here, inside of which the pragma would do nothing.
      database.exec('PRAGMA foreign_keys = OFF');
      assertPragma(statements, 'foreign_keys', 0n);
      const outcome = commitAlone(unit);
      database.exec('PRAGMA foreign_keys = ON');
      assertPragma(statements, 'foreign_keys', 1n);
      if (!outcome.ok) throw outcome.error;
    },
    script: async (sql) => {
      database.exec(sql);
    },
    close: () => database.close(),
  });
}

interface StatementCache {
  run(statement: Statement): Row[];
  text(sql: string): void;
}

function statementCache(database: Database.Database): StatementCache {
  const kept = new Map<string, { statement: Database.Statement; isReader: boolean }>();
  const prepare = (sql: string) => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    const entry = { statement, isReader: statement.reader };
    if (entry.isReader) statement.raw(true).safeIntegers(true);
    kept.set(sql, entry);
    return entry;
  };
  return {
    run: ({ sql, args, isSingle = false }) => {
      const { statement, isReader } = prepare(sql);
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

function groupCommit(database: Database.Database, statements: StatementCache, options: EmbeddedOptions) {
  let waiting: Unit[] = [];
  let poisoned: StoreUnavailable | null = null;

  /** Waits for one more turn while units still come in: they then share the commit instead of waiting for it. */
  function flushWhenSettled(counted: number): void {
    if (waiting.length > counted && waiting.length < UNITS_PER_COMMIT_MAX) wait();
    else flush();
  }

  function wait(): void {
    const counted = waiting.length;
    setImmediate(() => flushWhenSettled(counted));
  }

  function flush(): void {
    const units = waiting.slice(0, UNITS_PER_COMMIT_MAX);
    waiting = waiting.slice(UNITS_PER_COMMIT_MAX);
    if (waiting.length > 0) wait();
    const outcomes = commitTogether(units);
    units.forEach((unit, index) => {
      const outcome = outcomes[index];
      if (outcome !== undefined) unit.resolve(outcome);
    });
  }

  function commitTogether(units: readonly Unit[]): Outcome[] {
    if (poisoned !== null) return units.map(() => ({ ok: false, error: poisoned }));
    try {
      return commitAll(units, runPlainly);
    } catch (error) {
      const failure = storeError(error);
      if (units.length === 1 || failure instanceof StoreUnavailable) return giveUp(units, failure);
    }
    try {
      rollBack();
      return commitAll(units, runInSavepoint);
    } catch (error) {
      return giveUp(units, storeError(error));
    }
  }

  function commitAll(units: readonly Unit[], run: (unit: Unit) => Outcome): Outcome[] {
    statements.text('BEGIN IMMEDIATE');
    const outcomes = units.map(run);
    statements.text('COMMIT');
    return outcomes;
  }

  /** Refusals are rare and savepoints copy every page they touch: they are paid for only when a unit was refused. */
  function runPlainly(unit: Unit): Outcome {
    return { ok: true, results: unit.statements.map((statement) => statements.run(statement)) };
  }

  function runInSavepoint(unit: Unit): Outcome {
    statements.text('SAVEPOINT unit');
    try {
      const results = unit.statements.map((statement) => statements.run(statement));
      statements.text('RELEASE unit');
      return { ok: true, results };
    } catch (error) {
      if (!database.inTransaction) throw error;
      statements.text('ROLLBACK TO unit');
      statements.text('RELEASE unit');
      return { ok: false, error: storeError(error) };
    }
  }

  function giveUp(units: readonly Unit[], error: Error): Outcome[] {
    rollBack();
    if (error instanceof StoreUnavailable && error.code === 'SQLITE_BUSY') {
      poisoned = error;
      options.onPoisoned?.(error);
    }
    return units.map(() => ({ ok: false, error }));
  }

  function rollBack(): void {
    if (database.inTransaction) database.exec('ROLLBACK');
  }

  return {
    commit: (unit: readonly Statement[]): Promise<Outcome> =>
      new Promise((resolve) => {
        waiting.push({ statements: unit, resolve });
        if (waiting.length === 1) wait();
      }),
    /** At once, in a transaction of its own. */
    commitAlone: (unit: readonly Statement[]): Outcome => {
      const [outcome] = commitTogether([{ statements: unit, resolve: () => undefined }]);
      return outcome ?? { ok: false, error: new Error('nothing was committed') };
    },
  };
}

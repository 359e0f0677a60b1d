import type { Database, SqlJsStatic } from 'sql.js/dist/sql-wasm-browser.js';
import type { StagingDatabase, StagingStatement } from '../staging-database.ts';

/**
 * A database in the memory of an isolate, where no file can be written: SQLite as WebAssembly, loaded when the first import
 * needs it.
 */
export async function withStagingInMemory<T>(use: (db: StagingDatabase) => Promise<T>): Promise<T> {
  const { Database } = await loadSqlite();
  const db = new Database();
  try {
    db.exec(setUp);
    return await use({
      sortsKeys: true,
      exec: (sql) => void db.exec(sql),
      prepare: (sql) => statementOf(db, sql),
    });
  } finally {
    db.close();
  }
}

/** What is begun here is never undone. */
const setUp = 'PRAGMA journal_mode = OFF; PRAGMA cache_size = -4096';

let loading: Promise<SqlJsStatic> | null = null;

function loadSqlite(): Promise<SqlJsStatic> {
  loading ??= load();
  return loading;
}

async function load(): Promise<SqlJsStatic> {
  const [{ default: open }, { default: compiled }] = await Promise.all([
    import('sql.js/dist/sql-wasm-browser.js'),
    import('sql.js/dist/sql-wasm-browser.wasm'),
  ]);
  // It takes an isolate for a worker of a page, and asks at once where its script lies, which isolates do not tell.
  Reflect.set(globalThis, 'location', { href: '' });
  try {
    return open({
      instantiateWasm: (imports, done) => {
        void WebAssembly.instantiate(compiled, imports).then(done);
        return {};
      },
    });
  } finally {
    Reflect.deleteProperty(globalThis, 'location');
  }
}

function statementOf(db: Database, sql: string): StagingStatement {
  const statement = db.prepare(sql);
  return {
    run: (values) => statement.run([...values]),
    get(values) {
      statement.bind([...values]);
      const row = statement.step() ? statement.get() : null;
      statement.reset();
      return row;
    },
    all: (values) => [...rowsOf(statement, values)],
    iterate: (values) => rowsOf(statement, values),
  };
}

function* rowsOf(
  statement: ReturnType<Database['prepare']>,
  values: Parameters<StagingStatement['all']>[0],
): Generator<unknown> {
  statement.bind([...values]);
  try {
    while (statement.step()) yield statement.get();
  } finally {
    statement.reset();
  }
}

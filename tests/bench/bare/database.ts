import Database from 'libsql';

export type Cell = string | number | null;

/** A statement that is prepared once and kept. */
export interface Kept {
  run: (...values: Cell[]) => void;
  rows: (...values: Cell[]) => Cell[][];
  row: (...values: Cell[]) => Cell[];
}

export interface BareDatabase {
  keep: (sql: string) => Kept;
  /** Writes that came in one turn of the event loop share one durable commit. */
  together: <Result>(work: () => Result) => Promise<Result>;
}

const pragmas = [
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
  'cache_size = -65536',
  'mmap_size = 1073741824',
  'temp_store = MEMORY',
  'wal_autocheckpoint = 4000',
];

/** The `libsql` package and nothing above it, under the pragmas of ours; the tables without their triggers. */
export function openBare(path: string): BareDatabase {
  const database = new Database(path, { timeout: 5000 });
  for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`);
  const keep = (sql: string): Kept => {
    const statement = database.prepare(sql);
    if (statement.reader) statement.raw(true);
    const rows = (...values: Cell[]) => statement.all(values).filter(isRow);
    return {
      run: (...values) => void statement.run(values),
      rows,
      row: (...values) => {
        const row: unknown = statement.get(values);
        return isRow(row) ? row : [];
      },
    };
  };
  for (const [name] of keep("SELECT name FROM sqlite_master WHERE type = 'trigger'").rows())
    database.exec(`DROP TRIGGER "${name}"`);
  return { keep, together: groupCommit(database) };
}

const isRow = (row: unknown): row is Cell[] => Array.isArray(row);

function groupCommit(database: Database.Database): BareDatabase['together'] {
  let waiting: (() => () => void)[] = [];
  const flush = () => {
    const units = waiting;
    waiting = [];
    database.exec('BEGIN IMMEDIATE');
    const answers = units.map((unit) => unit());
    database.exec('COMMIT');
    for (const answer of answers) answer();
  };
  return (work) =>
    new Promise((resolve) => {
      waiting.push(() => {
        const result = work();
        return () => resolve(result);
      });
      if (waiting.length === 1) setImmediate(flush);
    });
}

import type { Row, Store, Value } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { valueJson } from '../../ground/tables/cells.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import type { HeldPlace } from './place.ts';
import type { ReadRow } from './read-file.ts';
import { quoted } from './read-table.ts';

/** Rows that wait in a table of their own until all of them are known to be right. */
export interface Staging {
  /** The table; each row is a JSON list of the columns of {@link stagedColumns}. */
  table: string;
  /** How many rows each table has so far. */
  counts: ReadonlyMap<string, number>;
  /** Of all tables. */
  rows: () => number;
  /** Those of a part that do not wait already. @returns false when the turn was over before the part was */
  add: (
    table: TableFile,
    part: { part: string; rows: readonly ReadRow[]; isOver: () => boolean },
  ) => Promise<boolean>;
  /** Notes that a file is put into the store, so that it can be taken away again. */
  noteFile: (name: string) => Promise<void>;
  /** Says that the import is under way; for what lets no timer run. */
  stay: () => Promise<void>;
  /** Whether it is there still: it goes with the unit that brings its rows in. */
  isThere: () => Promise<boolean>;
  /** Takes it away, and the files that were noted. */
  remove: () => Promise<void>;
}

const ROWS_PER_STATEMENT = 500;
const LEFTOVERS = 'archive_rows_%';
/** Under this name no table waits, but the names of files do. */
const FILES = '';

/**
 * Opens the staging of whoever holds the place, as it was left; what somebody else left behind is taken away.
 */
export async function openStaging(
  ctx: Pick<Context, 'db' | 'config' | 'files'>,
  { holder, place }: { holder: string; place: HeldPlace },
): Promise<Staging> {
  const { db } = ctx;
  const table = `archive_rows_${holder}`;
  for (const name of await leftovers(db)) if (name !== table) await takeAway(ctx, name);
  await db.script(
    `CREATE TABLE IF NOT EXISTS ${table} (file TEXT NOT NULL, place INTEGER NOT NULL, part TEXT NOT NULL,
      line INTEGER NOT NULL, key TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (file, place)) STRICT;
     CREATE INDEX IF NOT EXISTS ${table}_key ON ${table} (file, key)`,
  );
  const counts = await countsIn(db, table);
  let files = counts.get(FILES) ?? 0;
  counts.delete(FILES);
  const waiting = new Map(counts);
  const seen = new Map<string, number>();
  const sql = `INSERT INTO ${table} (file, place, part, line, key, row)
    SELECT ?, ? + one.key, ?, json_extract(one.value, '$[0]'), json_extract(one.value, '$[1]'),
      json_extract(one.value, '$[2]') FROM json_each(?) AS one`;
  return {
    table,
    counts,
    rows: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    add: async (file, { part, rows, isOver }) => {
      const before = seen.get(file.name) ?? 0;
      seen.set(file.name, before + rows.length);
      const first = Math.max(0, (waiting.get(file.name) ?? 0) - before);
      for (let start = first; start < rows.length; start += ROWS_PER_STATEMENT) {
        const some = rows.slice(start, start + ROWS_PER_STATEMENT);
        const lines = some.map((row) => lineJson(file, row, ctx)).join(',');
        await place.stay();
        await db.write([{ sql, args: [file.name, before + start, part, `[${lines}]`] }]);
        counts.set(file.name, before + start + some.length);
        if (isOver()) return false;
      }
      return true;
    },
    noteFile: async (name) => {
      const note = `INSERT INTO ${table} (file, place, part, line, key, row) VALUES (?, ?, ?, 0, ?, '[]')`;
      await db.write([{ sql: note, args: [FILES, files, name, name] }]);
      files += 1;
    },
    stay: place.stay,
    isThere: async () => (await leftovers(db)).includes(table),
    remove: () => takeAway(ctx, table),
  };
}

/** The table goes last, since it says which files there are; and it goes, also where one of them cannot be taken away. */
async function takeAway({ db, files }: Pick<Context, 'db' | 'files'>, table: string): Promise<void> {
  try {
    const sql = `SELECT part FROM ${quoted(table)} WHERE file = ?`;
    for (const [name] of await db.fresh.read({ sql, args: [FILES] })) await files?.delete(String(name));
  } finally {
    await db.script(`DROP TABLE IF EXISTS ${quoted(table)}`);
  }
}

async function countsIn(db: Store, table: string): Promise<Map<string, number>> {
  const rows = await db.fresh.read({ sql: `SELECT file, count(*) FROM ${table} GROUP BY file`, args: [] });
  return new Map(rows.map(([file, count]) => [String(file), Number(count)]));
}

async function leftovers(db: Store): Promise<string[]> {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE ?";
  const rows: Row[] = await db.fresh.read({ sql, args: [LEFTOVERS] });
  return rows.map(([name]) => String(name));
}

/** All columns of a table: those of its file, then those that are filled in. */
export function stagedColumns({ columns, options }: TableFile): string[] {
  return [...columns.map(({ name }) => name), ...Object.keys(options.without ?? {})];
}

/** SQL of a column of a staged row. */
export function stagedValue(table: TableFile, column: string, alias = ''): string {
  return `json_extract(${alias}row, '$[${stagedColumns(table).indexOf(column)}]')`;
}

function lineJson(table: TableFile, { line, values }: ReadRow, ctx: Pick<Context, 'config'>): string {
  const filled = Object.values(table.options.without ?? {}).map((fill) => fill(values, ctx));
  const cells = [...table.columns.map(({ name }) => values[name] ?? null), ...filled];
  return `[${line},${JSON.stringify(keyOf(table, values))},[${cells.map(valueJson).join(',')}]]`;
}

/** A single column as its text, so that others can name it; several as JSON. */
function keyOf({ key }: TableFile, values: Readonly<Record<string, Value>>): string {
  const parts = key.map((name) => values[name] ?? null);
  return parts.length === 1 ? String(parts[0]) : `[${parts.map(valueJson).join(',')}]`;
}

import type { Store, Value } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { valueJson } from '../../ground/tables/cells.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import {
  archiveRowsOf,
  listArchiveHolders,
  NOTED_FILES,
  removeArchiveRows,
} from '../../reach/imports/runs/archive-rows.ts';
import { type NotedFiles, openNotedFiles } from './noted-files.ts';
import type { HeldPlace } from './place.ts';
import type { ReadRow } from './read-file.ts';

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
  /** How far its files are, so that they can be taken away again and none is put twice. */
  files: NotedFiles;
  /** Says that the import is under way; for what lets no timer run. */
  stay: () => Promise<void>;
  /** Whether it is there still: it goes with the unit that brings its rows in. */
  isThere: () => Promise<boolean>;
}

const ROWS_PER_STATEMENT = 500;

/**
 * Opens the staging of whoever holds the place, as it was left; what somebody else left behind is taken away.
 */
export async function openStaging(
  ctx: Pick<Context, 'db' | 'config' | 'files' | 'log'>,
  { holder, place }: { holder: string; place: HeldPlace },
): Promise<Staging> {
  const { db } = ctx;
  const table = archiveRowsOf(holder);
  for (const other of await listArchiveHolders(db)) if (other !== holder) await removeArchiveRows(ctx, other);
  await db.script(
    `CREATE TABLE IF NOT EXISTS ${table} (file TEXT NOT NULL, place INTEGER NOT NULL, part TEXT NOT NULL,
      line INTEGER NOT NULL, key TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (file, place)) STRICT;
     CREATE INDEX IF NOT EXISTS ${table}_key ON ${table} (file, key)`,
  );
  const counts = await countsIn(db, table);
  counts.delete(NOTED_FILES);
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
    files: await openNotedFiles(db, table),
    stay: place.stay,
    isThere: async () => (await listArchiveHolders(db)).includes(holder),
  };
}

async function countsIn(db: Store, table: string): Promise<Map<string, number>> {
  const rows = await db.fresh.read({ sql: `SELECT file, count(*) FROM ${table} GROUP BY file`, args: [] });
  return new Map(rows.map(([file, count]) => [String(file), Number(count)]));
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

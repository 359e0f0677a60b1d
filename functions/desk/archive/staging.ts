import type { Row, Store, Value } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { valueJson } from '../../ground/tables/cells.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import type { ReadRow } from './read-file.ts';
import { quoted } from './read-table.ts';

/** Rows that wait in a table of their own until all of them are known to be right. */
export interface Staging {
  /** The table; each row is a JSON list of the columns of {@link stagedColumns}. */
  table: string;
  /** How many rows each table has so far. */
  counts: ReadonlyMap<string, number>;
  add: (table: TableFile, part: string, rows: readonly ReadRow[]) => Promise<void>;
  /** Whether it is there still: it goes with the unit that brings its rows in. */
  isThere: () => Promise<boolean>;
  remove: () => Promise<void>;
}

const ROWS_PER_STATEMENT = 500;
const LEFTOVERS = 'archive_rows_%';
/** Below this age somebody may be at it. */
const YOUNG_MS = 60 * 60_000;

/**
 * What an import that was killed left behind is taken away once it is an hour old.
 * @throws {AppError} `database_not_empty` while another import may be under way
 */
export async function openStaging(ctx: Pick<Context, 'db' | 'config' | 'now'>): Promise<Staging> {
  const { db } = ctx;
  for (const name of await leftovers(db)) {
    if (ctx.now() - begunAt(name) < YOUNG_MS) throw underWay();
    await db.script(`DROP TABLE IF EXISTS ${quoted(name)}`);
  }
  const table = `archive_rows_${ctx.now()}_${newId()}`;
  await db.script(
    `CREATE TABLE ${table} (file TEXT NOT NULL, place INTEGER NOT NULL, part TEXT NOT NULL, line INTEGER NOT NULL,
      key TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (file, place)) STRICT;
     CREATE INDEX ${table}_key ON ${table} (file, key)`,
  );
  const counts = new Map<string, number>();
  const sql = `INSERT INTO ${table} (file, place, part, line, key, row)
    SELECT ?, ? + one.key, ?, json_extract(one.value, '$[0]'), json_extract(one.value, '$[1]'),
      json_extract(one.value, '$[2]') FROM json_each(?) AS one`;
  return {
    table,
    counts,
    add: async (file, part, rows) => {
      for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
        const some = rows.slice(start, start + ROWS_PER_STATEMENT);
        const place = counts.get(file.name) ?? 0;
        const lines = some.map((row) => lineJson(file, row, ctx)).join(',');
        await db.write([{ sql, args: [file.name, place, part, `[${lines}]`] }]);
        counts.set(file.name, place + some.length);
      }
    },
    isThere: async () => (await leftovers(db)).includes(table),
    remove: () => db.script(`DROP TABLE IF EXISTS ${table}`),
  };
}

function begunAt(name: string): number {
  return Number(/^archive_rows_(\d+)_/.exec(name)?.[1] ?? 0);
}

function underWay(): AppError {
  const message =
    'An archive is being brought in already. If that import was ended, what it left is taken away an hour after it began.';
  return new AppError('database_not_empty', message);
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

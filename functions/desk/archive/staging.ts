import type { Store, Value } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { valueJson } from '../../ground/tables/cells.ts';
import type { TableFile } from '../../ground/tables/table-file.ts';
import {
  archiveRowsOf,
  listArchiveHolders,
  removeArchiveRows,
} from '../../reach/imports/runs/archive-rows.ts';
import { type NotedFiles, openNotedFiles } from './noted-files.ts';
import { type NotedSteps, openNotedSteps } from './noted-steps.ts';
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
  /** Whether all rows of a part wait already. */
  has: (part: string) => boolean;
  /** Those of a part that do not wait already. @returns false when the turn was over before the part was */
  add: (
    table: TableFile,
    part: { part: string; rows: Iterable<ReadRow>; isOver: () => boolean },
  ) => Promise<boolean>;
  /** How far its files are, so that they can be taken away again and none is put twice. */
  files: NotedFiles;
  /** What else is done. */
  steps: NotedSteps;
  /** Since when all who look know that an archive comes in. */
  announcedAt: number;
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
  ctx: Pick<Context, 'db' | 'config' | 'files' | 'log' | 'now'>,
  { holder, place, tables }: { holder: string; place: HeldPlace; tables: readonly TableFile[] },
): Promise<Staging> {
  const { db } = ctx;
  const table = archiveRowsOf(holder);
  for (const other of await listArchiveHolders(db)) if (other !== holder) await removeArchiveRows(ctx, other);
  await db.script(
    `CREATE TABLE IF NOT EXISTS ${table} (file TEXT NOT NULL, place INTEGER NOT NULL, part TEXT NOT NULL,
      line INTEGER NOT NULL, key TEXT NOT NULL, row TEXT NOT NULL, PRIMARY KEY (file, place)) STRICT;
     CREATE INDEX IF NOT EXISTS ${table}_key ON ${table} (file, key)`,
  );
  const counts = await countsIn(db, table, tables);
  const steps = await openNotedSteps(db, table);
  if (place.isNew || steps.find(ANNOUNCED) === null) await steps.keep(ANNOUNCED, String(ctx.now()));
  const sql = `INSERT INTO ${table} (file, place, part, line, key, row)
    SELECT ?, ? + one.key, ?, json_extract(one.value, '$[0]'), json_extract(one.value, '$[1]'),
      json_extract(one.value, '$[2]') FROM json_each(?) AS one WHERE true ON CONFLICT (file, place) DO NOTHING`;
  return {
    table,
    counts,
    rows: () => [...counts.values()].reduce((sum, count) => sum + count, 0),
    has: (part) => steps.find(partStep(part)) !== null,
    add: async (file, { part, rows, isOver }) => {
      const first = Number(steps.find(tableStep(file)) ?? 0);
      let at = first;
      for (const { some, isLast } of groupsOf(rows, ROWS_PER_STATEMENT)) {
        const next = at + some.length;
        if (next <= (counts.get(file.name) ?? 0) && !isLast) {
          at = next;
          continue;
        }
        const lines = some.map((row) => lineJson(file, row, ctx)).join(',');
        const notes = isLast
          ? [steps.note(partStep(part), String(next - first)), steps.note(tableStep(file), String(next))]
          : [];
        await place.stay();
        await db.write([
          { sql, args: [file.name, at, part, `[${lines}]`] },
          ...notes.map(({ rides }) => rides),
        ]);
        for (const { done } of notes) done();
        counts.set(file.name, next);
        at = next;
        if (isOver()) return false;
      }
      return true;
    },
    ...{ files: await openNotedFiles(db, table), steps, announcedAt: Number(steps.find(ANNOUNCED)) },
    stay: place.stay,
    isThere: async () => (await listArchiveHolders(db)).includes(holder),
  };
}

const ANNOUNCED = 'announced';
const partStep = (part: string) => `part ${part}`;
/** How many rows of a table its whole parts have. */
const tableStep = ({ name }: TableFile) => `table ${name}`;

/** The last one may be empty. */
function* groupsOf<One>(all: Iterable<One>, size: number): Generator<{ some: One[]; isLast: boolean }> {
  let some: One[] = [];
  for (const one of all) {
    if (some.length === size) {
      yield { some, isLast: false };
      some = [];
    }
    some.push(one);
  }
  yield { some, isLast: true };
}

/** By the last place of each, since they are numbered without gaps: counting would go through all of them in each turn. */
async function countsIn(
  db: Store,
  table: string,
  tables: readonly TableFile[],
): Promise<Map<string, number>> {
  const last = tables.map(({ name }) => `(SELECT max(place) + 1 FROM ${table} WHERE file = '${name}')`);
  const [row = []] = await db.fresh.read({ sql: `SELECT ${last.join(', ')}`, args: [] });
  return new Map(
    tables.flatMap(({ name }, index) => {
      const count = Number(row[index] ?? 0);
      return count === 0 ? [] : [[name, count]];
    }),
  );
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

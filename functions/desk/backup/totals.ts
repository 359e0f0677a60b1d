import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { FileColumn, LeftTables, TableFile } from '../../ground/tables/table-file.ts';
import type { ReadRow } from '../archive/read-file.ts';
import { quoted } from '../archive/read-table.ts';

/** What can be counted of a table in the database and in its file alike. */
interface TableTotals {
  rows: number;
  /** Of each column of money or counts; decimal text, since they may be of any length. */
  sums: Record<string, string>;
}

/** By table; of one without rows nothing is said. */
export type Totals = Record<string, TableTotals>;

const isSummed = ({ kind }: FileColumn) => kind === 'money' || kind === 'count';

/** Half of a sum each, so that neither is too large for an integer of the database. */
const HALF = 1_000_000n;

/** A server gives a read five seconds. */
const TABLES_PER_READ = 4;

/** Everything that an archive takes out, counted at its moment. */
export async function countTables(
  moment: Pick<Store, 'read'>,
  { tables, tablesLeft }: Context['house'],
): Promise<Totals> {
  const totals: Totals = {};
  for (let at = 0; at < tables.length; at += TABLES_PER_READ) {
    const some = tables.slice(at, at + TABLES_PER_READ);
    const sql = some.map((table) => `SELECT '${table.name}', ${countOf(table, tablesLeft)}`);
    for (const [name, counted] of await moment.read({ sql: sql.join(' UNION ALL '), args: [] })) {
      const [rows = 0, ...halves]: number[] = JSON.parse(String(counted));
      const columns = some.find((table) => table.name === name)?.columns.filter(isSummed) ?? [];
      if (rows > 0) totals[String(name)] = { rows, sums: sumsOf(columns, halves) };
    }
  }
  return totals;
}

function countOf({ name, columns, options }: TableFile, left: LeftTables): string {
  const where = options.only === undefined ? '' : ` WHERE ${options.only(left)}`;
  const halves = columns
    .filter(isSummed)
    .flatMap((column) =>
      ['/', '%'].map((half) => `coalesce(sum(${quoted(column.name)} ${half} ${HALF}), 0)`),
    );
  return `(SELECT json_array(${['count(*)', ...halves].join(', ')}) FROM ${quoted(name)}${where})`;
}

function sumsOf(columns: readonly FileColumn[], halves: readonly number[]): Record<string, string> {
  return Object.fromEntries(
    columns.map(({ name }, index) => {
      const [large = 0, small = 0] = halves.slice(index * 2, index * 2 + 2);
      return [name, String(BigInt(large) * HALF + BigInt(small))];
    }),
  );
}

/** Adds rows of a table's file to what was counted before. */
export function addRows(totals: Totals, table: TableFile, rows: Iterable<ReadRow>): void {
  const before = totals[table.name];
  const columns = table.columns.filter(isSummed).map(({ name }) => name);
  const sums = columns.map((name) => BigInt(before?.sums[name] ?? 0));
  let count = before?.rows ?? 0;
  for (const { values } of rows) {
    count += 1;
    for (const [index, name] of columns.entries())
      sums[index] = (sums[index] ?? 0n) + BigInt(values[name] ?? 0);
  }
  const read = columns.map((name, index): [string, string] => [name, String(sums[index])]);
  totals[table.name] = { rows: count, sums: Object.fromEntries(read) };
}

/**
 * Where what was read differs from what was counted when it was written, or from what it says of itself: `table` or
 * `table.column` each.
 */
export function differencesOf(
  read: Totals,
  { counted, tables }: { counted: Totals; tables: readonly TableFile[] },
): string[] {
  const named = [...new Set([...Object.keys(counted), ...Object.keys(read)])];
  const unlike = named.flatMap((name) => {
    const [there, here] = [counted[name], read[name]];
    const columns = Object.keys({ ...there?.sums, ...here?.sums });
    return [
      ...((there?.rows ?? 0) === (here?.rows ?? 0) ? [] : [name]),
      ...columns
        .filter((column) => (there?.sums[column] ?? '0') !== (here?.sums[column] ?? '0'))
        .map((column) => `${name}.${column}`),
    ];
  });
  const miscounted = tables.flatMap(({ name, options }) =>
    Object.entries(options.repeats ?? {}).flatMap(([column, { table }]) =>
      (read[name]?.sums[column] ?? '0') === String(read[table]?.rows ?? 0)
        ? []
        : [`${name}.${column} of ${table}`],
    ),
  );
  return [...unlike, ...miscounted];
}

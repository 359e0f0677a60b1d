import type { Row, Store, Value } from '../../../db/store.ts';
import type { SheetRow, Table } from '../../ground/formats/table.ts';
import { toCell } from '../../ground/tables/cells.ts';
import type { LeftTables, TableFile } from '../../ground/tables/table-file.ts';

/** Few enough that texts of any length stay flat in memory. */
const ROWS_PER_PAGE = 500;

/** A table in the order of its key, page by page. */
export function readTable(db: Pick<Store, 'read'>, file: TableFile, left: LeftTables): Table {
  const columns = file.columns.map(({ name }) => name);
  return { columns, pages: listPages(db, file, left) };
}

async function* listPages(
  db: Pick<Store, 'read'>,
  file: TableFile,
  left: LeftTables,
): AsyncGenerator<SheetRow[]> {
  const places = file.key.map((name) => file.columns.findIndex((column) => column.name === name));
  for (let after: Value[] | null = null; ; ) {
    const rows: Row[] = await db.read(pageAfter(file, left, after));
    if (rows.length > 0)
      yield rows.map((row) => file.columns.map((column, at) => toCell(column, row[at] ?? null)));
    const last = rows.at(-1);
    if (last === undefined || rows.length < ROWS_PER_PAGE) return;
    after = places.map((place) => last[place] ?? null);
  }
}

function pageAfter(
  { name, columns, key, options }: TableFile,
  left: LeftTables,
  after: readonly Value[] | null,
) {
  const keys = key.map(quoted).join(', ');
  const conditions = [
    ...(options.only === undefined ? [] : [options.only(left)]),
    ...(after === null ? [] : [`(${keys}) > (${after.map(() => '?').join(', ')})`]),
  ];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const names = columns.map((column) => quoted(column.name)).join(', ');
  const sql = `SELECT ${names} FROM ${quoted(name)}${where} ORDER BY ${keys} LIMIT ${ROWS_PER_PAGE}`;
  return { sql, args: after ?? [] };
}

export const quoted = (name: string) => `"${name}"`;

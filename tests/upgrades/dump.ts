import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Row, Statement, Store } from '../../db/store.ts';

const ROWS_PER_INSERT = 100;
const breakpoint = '\n--> statement-breakpoint\n';

/**
 * A whole database as compressed SQL: tables, rows, indexes, triggers. The same database gives the same bytes. Of an index
 * of words, which tells no text, the tables that it keeps its own rows in are taken as they are.
 */
export async function dump(db: Store): Promise<Buffer> {
  const schema = await db.read({
    sql: `SELECT master.type, master.name, sql, listed.type FROM sqlite_master AS master
      LEFT JOIN pragma_table_list AS listed ON listed.name = master.name AND listed.schema = 'main' WHERE sql IS NOT NULL
      ORDER BY CASE master.type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, master.name`,
    args: [],
  });
  const ofType = (wanted: string) => schema.filter(([type]) => type === wanted);
  const isShadow = ([, , , kind]: Row) => kind === 'shadow';
  const texts = ofType('table').flatMap((table) => (isShadow(table) ? [] : String(table[2])));
  for (const table of ofType('table')) {
    const name = String(table[1]);
    if (table[3] === 'virtual') continue;
    if (isShadow(table)) texts.push(`DELETE FROM "${name}"`);
    const rows = isShadow(table)
      ? await readQuoted(db, name)
      : (await db.read({ sql: `SELECT * FROM "${name}"`, args: [] })).map(rowText);
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT)
      texts.push(`INSERT INTO "${name}" VALUES ${rows.slice(from, from + ROWS_PER_INSERT).join(',\n')}`);
  }
  texts.push(...[...ofType('index'), ...ofType('trigger')].map(([, , sql]) => String(sql)));
  return brotliCompressSync(texts.join(breakpoint), { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } });
}

/** Rows whose bytes the storage port does not hand out, as SQL writes them. */
async function readQuoted(db: Store, table: string): Promise<string[]> {
  const columns = await db.read({ sql: 'SELECT name FROM pragma_table_info(?) ORDER BY cid', args: [table] });
  const quoted = columns.map(([name]) => `quote("${name}")`).join();
  const rows = await db.read({ sql: `SELECT ${quoted} FROM "${table}" ORDER BY 1, 2`, args: [] });
  return rows.map((row) => `(${row.join()})`);
}

/** Fills an empty database, which is then the one that was dumped. */
export async function load(db: Store, dumped: Buffer): Promise<void> {
  const texts = brotliDecompressSync(dumped).toString('utf8').split(breakpoint);
  await db.writeSchema(texts.map((sql): Statement => ({ sql, args: [] })));
}

function rowText(row: Row): string {
  const values = row.map((value) =>
    typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL'),
  );
  return `(${values.join(',')})`;
}

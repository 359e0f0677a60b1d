import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { Row, Statement, Store } from '../../db/store.ts';

const ROWS_PER_INSERT = 100;
const breakpoint = '\n--> statement-breakpoint\n';

/** A whole database as compressed SQL: tables, rows, indexes, triggers. The same database gives the same bytes. */
export async function dump(db: Store): Promise<Buffer> {
  const schema = await db.read({
    sql: `SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL
      ORDER BY CASE type WHEN 'table' THEN 0 WHEN 'index' THEN 1 ELSE 2 END, name`,
    args: [],
  });
  const ofType = (wanted: string) => schema.filter(([type]) => type === wanted);
  const texts = ofType('table').map(([, , sql]) => String(sql));
  for (const [, name] of ofType('table')) {
    const rows = await db.read({ sql: `SELECT * FROM "${name}"`, args: [] });
    for (let from = 0; from < rows.length; from += ROWS_PER_INSERT)
      texts.push(
        `INSERT INTO "${name}" VALUES ${rows
          .slice(from, from + ROWS_PER_INSERT)
          .map(rowText)
          .join(',\n')}`,
      );
  }
  texts.push(...[...ofType('index'), ...ofType('trigger')].map(([, , sql]) => String(sql)));
  return brotliCompressSync(texts.join(breakpoint), { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } });
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

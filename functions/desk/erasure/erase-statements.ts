import { closePass, openPass } from '../../../db/erasable.ts';
import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import { clearTexts, eraseSql, layTexts } from '../../ground/personal/fate-sql.ts';
import { bindWords, inOrder, rowsOf } from '../../ground/personal/rows-of.ts';
import { type Erasing, readTexts } from '../../ground/personal/texts-of.ts';
import type { Context } from '../../ground/platform/context.ts';

/** All that goes of somebody, as every room says it of its tables; `beside` is written within. */
export async function eraseStatements(
  { db, house: { tables: files } }: Pick<Context, 'db' | 'house'>,
  erasing: Erasing,
  beside: readonly Statement[],
): Promise<Statement[]> {
  const texts = await readTexts(db.fresh, erasing);
  const names = inOrder(erasing.tables);
  const also = names.flatMap((name) => erasing.tables[name]?.also ?? []);
  const changes = names.flatMap((name) => {
    const table = erasing.tables[name];
    return table === undefined ? [] : (eraseSql(name, table, { erasing, texts }) ?? []);
  });
  const stored = files.flatMap(({ name, options }) =>
    options.files === undefined || !isTheirs(erasing, name)
      ? []
      : [leaveFiles(name, options.files.name, erasing)],
  );
  return [
    openPass,
    ...layTexts(texts),
    ...stored,
    ...also.map((sql) => toStatement(bindWords(sql, erasing))),
    ...changes.map(toStatement),
    ...beside,
    clearTexts,
    closePass,
  ];
}

const isTheirs = ({ tables }: Erasing, name: string) => (tables[name]?.of ?? null) !== null;

/** What lies in the file store is deleted once this is written. */
function leaveFiles(table: string, column: string, erasing: Erasing): Statement {
  const { sql, args } = rowsOf(erasing, table);
  return statement(
    `INSERT INTO erased_files (stored_as) SELECT ${column} FROM ${table} WHERE ${sql} ON CONFLICT DO NOTHING`,
    ...args,
  );
}

const toStatement = ({ sql, args }: Statement): Statement => ({ sql, args });

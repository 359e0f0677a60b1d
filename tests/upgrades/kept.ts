import { readFile } from 'node:fs/promises';
import type { Migration } from '../../db/migrate.ts';
import manifest from '../../db/migrations/manifest.json' with { type: 'json' };
import type { Store } from '../../db/store.ts';
import { load } from './dump.ts';

/** The filled database of a release, as it was when its newest migration was `name`. */
export async function loadKept(db: Store, name: string): Promise<void> {
  await load(db, await readFile(new URL(`./${name}.br`, import.meta.url)));
}

/** What this release's migrations are, to put more behind them. */
export function releasedMigrations(): Promise<Migration[]> {
  return Promise.all(
    manifest.map(async ({ name, hash }) => {
      const sql = await readFile(new URL(`../../db/migrations/${name}`, import.meta.url), 'utf8');
      return { name, hash, sql };
    }),
  );
}

export const aMigration = (...statements: string[]): Migration => ({
  name: '9999_of_the_test.sql',
  hash: 'of the test',
  sql: statements.join('\n--> statement-breakpoint\n'),
});

/**
 * Statements that write a table anew, as drizzle-kit does; `rows` are those to keep, all unless it is given.
 * `change` is done to the new table's text.
 */
export async function rebuild(
  db: Store,
  table: string,
  { rows = '', change = (sql: string) => sql }: { rows?: string; change?: (sql: string) => string } = {},
): Promise<string[]> {
  const kept = await db.read({
    sql: `SELECT type, sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND type IN ('table', 'index')`,
    args: [table],
  });
  const texts = (wanted: string) => kept.filter(([type]) => type === wanted).map(([, sql]) => String(sql));
  const columns = await db.read({ sql: 'SELECT name FROM pragma_table_info(?)', args: [table] });
  const names = columns.map(([name]) => `"${name}"`).join(', ');
  const [old = ''] = texts('table');
  return [
    change(old).replace(/^CREATE TABLE [`"]?\w+[`"]?/, `CREATE TABLE \`__new_${table}\``),
    `INSERT INTO \`__new_${table}\` (${names}) SELECT ${names} FROM \`${table}\` ${rows}`,
    `DROP TABLE \`${table}\``,
    `ALTER TABLE \`__new_${table}\` RENAME TO \`${table}\``,
    ...texts('index'),
  ];
}

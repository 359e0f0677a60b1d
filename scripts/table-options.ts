/** Tables whose rows are too large to be kept in their primary key's tree, or whose key is the number of the row. */
const wideTables = [
  'feed_changes',
  'outbox',
  'papers',
  'product_baskets',
  'idempotency_keys',
  'imports',
  'programmes',
  'search_texts',
  'settings',
  'waiting_sales',
];

/**
 * Finishes what drizzle-kit wrote: tables become STRICT and, where rows are small, WITHOUT ROWID, which it cannot say.
 * A table written anew (`__new_X`) keeps the options that X has in `earlier`, the migrations before. Keys are switched
 * by the migrator, since inside of a transaction the pragma does nothing.
 */
export function finishMigration(sql: string, earlier: readonly string[]): string {
  const withoutPragmas = sql.replace(/^PRAGMA foreign_keys=\w+;(--> statement-breakpoint)?\n?/gm, '');
  return withoutPragmas.replace(/CREATE TABLE `(\w+)` \(([\s\S]*?)\n\);/g, (whole, name: string) => {
    const table = name.replace(/^__new_/, '');
    const options =
      optionsOf(table, earlier) ?? (wideTables.includes(table) ? 'STRICT' : 'STRICT, WITHOUT ROWID');
    return whole.replace(/\);$/, `) ${options};`);
  });
}

function optionsOf(table: string, earlier: readonly string[]): string | undefined {
  const created = new RegExp(`CREATE TABLE \`(?:__new_)?${table}\` \\([\\s\\S]*?\\n\\) ([A-Z, ]+);`, 'g');
  return earlier.flatMap((sql) => [...sql.matchAll(created)].map(([, options]) => options)).at(-1);
}

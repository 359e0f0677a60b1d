import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/**
 * Lets drizzle-kit write the next migration from `db/schema`, makes its tables STRICT (and, where rows are
 * small, WITHOUT ROWID), which drizzle-kit cannot say, and lists every migration with its hash.
 * Usage: npm run db:generate -- --name add-something
 */
const folder = 'db/migrations';
const wideTables = ['outbox', 'idempotency_keys', 'imports', 'programmes', 'settings'];

execFileSync('drizzle-kit', ['generate', ...process.argv.slice(2)], { stdio: 'inherit' });
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort();
const newest = names.at(-1);
if (newest !== undefined)
  writeFileSync(`${folder}/${newest}`, strict(readFileSync(`${folder}/${newest}`, 'utf8')));
rmSync(`${folder}/manifest.json`, { force: true });
const manifest = names.map((name) => ({ name, hash: sha256(readFileSync(`${folder}/${name}`, 'utf8')) }));
writeFileSync(`${folder}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);

function strict(sql: string): string {
  return sql.replace(/CREATE TABLE `(\w+)` \(([\s\S]*?)\n\);/g, (whole, table: string) => {
    const options = wideTables.includes(table) ? 'STRICT' : 'STRICT, WITHOUT ROWID';
    return whole.replace(/\);$/, `) ${options};`);
  });
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

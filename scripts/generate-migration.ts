import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { finishMigration } from './table-options.ts';

/**
 * Lets drizzle-kit write the next migration from `db/schema`, finishes what it cannot say, and lists every migration
 * with its hash. Run again after changing the newest one by hand.
 * Usage: npm run db:generate -- --name add-something
 */
const folder = 'db/migrations';

execFileSync('drizzle-kit', ['generate', ...process.argv.slice(2)], { stdio: 'inherit' });
const names = readdirSync(folder)
  .filter((name) => name.endsWith('.sql'))
  .sort();
const texts = names.map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
const newest = names.at(-1);
if (newest !== undefined)
  writeFileSync(`${folder}/${newest}`, finishMigration(texts.at(-1) ?? '', texts.slice(0, -1)));
rmSync(`${folder}/manifest.json`, { force: true });
const manifest = names.map((name) => ({ name, hash: sha256(readFileSync(`${folder}/${name}`, 'utf8')) }));
writeFileSync(`${folder}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

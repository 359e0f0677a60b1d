import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import manifest from './migrations/manifest.json' with { type: 'json' };
import { appliedMigrations, existingTriggers, hasTriggers } from './schema-problem.ts';
import type { Statement, Store } from './store.ts';
import { triggerStatements } from './triggers.ts';

const migrationsTable =
  'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT';

/**
 * Applies every migration that is missing, each in one atomic write, and re-creates the triggers.
 * @returns the names that were applied
 * @throws {MigrationError} when an applied migration differs from the committed one, a file was
 * changed, or foreign keys do not hold afterwards
 */
export async function migrate(store: Store, now: number): Promise<string[]> {
  await store.write([{ sql: migrationsTable, args: [] }]);
  const applied = await appliedMigrations(store);
  assertKnown(applied);
  const missing = manifest.filter(({ name }) => !applied.has(name));
  for (const { name, hash } of missing) {
    const sql = await readFile(new URL(`./migrations/${name}`, import.meta.url), 'utf8');
    if (sha256(sql) !== hash) throw new MigrationError(`${name} is not the file that was released`);
    await store.write([
      ...statementsOf(sql),
      { sql: 'INSERT INTO migrations (name, hash, applied_at) VALUES (?, ?, ?)', args: [name, hash, now] },
    ]);
  }
  if (missing.length > 0 || !(await hasTriggers(store))) await restoreTriggers(store);
  await assertForeignKeys(store);
  return missing.map(({ name }) => name);
}

export class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MigrationError';
  }
}

function assertKnown(applied: ReadonlyMap<string, string>): void {
  for (const [name, hash] of applied) {
    const released = manifest.find((migration) => migration.name === name);
    if (released === undefined)
      throw new MigrationError(`the database has ${name}, which this release does not know`);
    if (released.hash !== hash) throw new MigrationError(`${name} was applied from a different file`);
  }
}

function statementsOf(sql: string): Statement[] {
  return sql
    .split('--> statement-breakpoint')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({ sql: text, args: [] }));
}

async function restoreTriggers(store: Store): Promise<void> {
  const existing = await existingTriggers(store);
  await store.write(triggerStatements([...existing.keys()]));
}

async function assertForeignKeys(store: Store): Promise<void> {
  const broken = await store.read({ sql: 'SELECT "table" FROM pragma_foreign_key_check LIMIT 1', args: [] });
  if (broken[0] !== undefined) throw new MigrationError(`foreign keys are broken in ${broken[0][0]}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

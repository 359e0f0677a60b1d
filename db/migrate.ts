import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import manifest from './migrations/manifest.json' with { type: 'json' };
import type { Statement, Store } from './store.ts';
import { triggerStatements, triggers } from './triggers.ts';

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

/**
 * Whether the database is the one this release expects: all migrations with their hashes, all triggers
 * with their texts. A reason when it is not.
 */
export async function findSchemaProblem(store: Store): Promise<string | null> {
  const applied = await appliedMigrations(store);
  const missing = manifest.find(({ name, hash }) => applied.get(name) !== hash);
  if (missing !== undefined) return `migration ${missing.name} is not applied`;
  if (!(await hasTriggers(store))) return 'a trigger is missing or changed';
  return null;
}

export class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MigrationError';
  }
}

async function appliedMigrations(store: Store): Promise<Map<string, string>> {
  const known = await store.read({ sql: "SELECT 1 FROM sqlite_master WHERE name = 'migrations'", args: [] });
  if (known.length === 0) return new Map();
  const rows = await store.read({ sql: 'SELECT name, hash FROM migrations', args: [] });
  return new Map(rows.map(([name, hash]) => [String(name), String(hash)]));
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

async function existingTriggers(store: Store): Promise<Map<string, string>> {
  const rows = await store.read({
    sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    args: [],
  });
  return new Map(rows.map(([name, sql]) => [String(name), String(sql)]));
}

async function hasTriggers(store: Store): Promise<boolean> {
  const existing = await existingTriggers(store);
  return existing.size === triggers.length && triggers.every(({ name, sql }) => existing.get(name) === sql);
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

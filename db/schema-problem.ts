import manifest from './migrations/manifest.json' with { type: 'json' };
import type { Store } from './store.ts';
import { triggers } from './triggers.ts';

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

/** The migrations a database has, by name, with their hashes. */
export async function appliedMigrations(store: Store): Promise<Map<string, string>> {
  const known = await store.read({ sql: "SELECT 1 FROM sqlite_master WHERE name = 'migrations'", args: [] });
  if (known.length === 0) return new Map();
  const rows = await store.read({ sql: 'SELECT name, hash FROM migrations', args: [] });
  return new Map(rows.map(([name, hash]) => [String(name), String(hash)]));
}

/** The triggers a database has, by name, with their texts. */
export async function existingTriggers(store: Store): Promise<Map<string, string>> {
  const rows = await store.read({
    sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    args: [],
  });
  return new Map(rows.map(([name, sql]) => [String(name), String(sql)]));
}

export async function hasTriggers(store: Store): Promise<boolean> {
  const existing = await existingTriggers(store);
  return existing.size === triggers.length && triggers.every(({ name, sql }) => existing.get(name) === sql);
}

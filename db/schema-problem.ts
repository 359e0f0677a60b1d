import manifest from './migrations/manifest.json' with { type: 'json' };
import type { Store } from './store.ts';
import { triggers } from './triggers.ts';

/** Why a database is not the one this release expects. */
export interface SchemaProblem {
  reason: string;
  /** A later release was here, and nobody but that one knows what the data means by now. */
  isLater: boolean;
}

/**
 * Whether the database is the one this release expects: all migrations with their hashes and no others, all triggers
 * with their texts. A problem when it is not.
 */
export async function findSchemaProblem(store: Store): Promise<SchemaProblem | null> {
  const applied = await appliedMigrations(store);
  const later = laterMigration(applied, manifest);
  if (later !== null) return { reason: `it has ${later}, which this release does not know`, isLater: true };
  const missing = manifest.find(({ name, hash }) => applied.get(name) !== hash);
  if (missing !== undefined) return { reason: `migration ${missing.name} is not applied`, isLater: false };
  if (await hasTriggers(store)) return null;
  return { reason: 'a trigger is missing or changed', isLater: false };
}

/** The newest applied migration that is not among the known ones. */
export function laterMigration(
  applied: ReadonlyMap<string, string>,
  known: readonly { name: string }[],
): string | null {
  const unknown = [...applied.keys()].filter((name) => known.every((migration) => migration.name !== name));
  return unknown.toSorted().at(-1) ?? null;
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

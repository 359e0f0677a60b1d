import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import manifest from './migrations/manifest.json' with { type: 'json' };
import { appliedMigrations, existingTriggers, hasTriggers, laterMigration } from './schema-problem.ts';
import { isConflictOn, type Statement, type Store, StoreConflict } from './store.ts';
import { triggerStatements } from './triggers.ts';

/** One step of the schema; `hash` is the SHA-256 of its text as it was released. */
export interface Migration {
  name: string;
  hash: string;
  sql: string;
}

const migrationsTable =
  'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT';

/**
 * Brings a database to this release: see {@link applyMigrations}.
 * @returns the names that were applied
 * @throws {MigrationError} when a file is not the one that was released, and as {@link applyMigrations}
 */
export async function migrate(store: Store, now: number): Promise<string[]> {
  const released = await Promise.all(manifest.map(readReleased));
  return applyMigrations(store, { migrations: released, now });
}

/**
 * Applies every migration that is missing and restores the triggers, all in one atomic unit: whatever happens on the
 * way leaves the database as it was. Foreign keys are off meanwhile, so that a table that others reference can be
 * rebuilt; each rebuilt table has to keep its number of rows, and all keys have to hold at the end.
 * @returns the names that were applied
 * @throws {MigrationError} when an applied migration differs from the given one, or a check failed
 */
export async function applyMigrations(
  store: Store,
  given: { migrations: readonly Migration[]; now: number },
): Promise<string[]> {
  const applied = await appliedMigrations(store);
  assertKnown(applied, given.migrations);
  const missing = given.migrations.filter(({ name }) => !applied.has(name));
  if (missing.length === 0 && (await hasTriggers(store))) return [];
  try {
    await store.writeSchema(await statementsFor(store, { missing, now: given.now }));
  } catch (error) {
    // Somebody else was faster: what they applied is looked at anew.
    if (isConflictOn(error, 'migrations.name')) return applyMigrations(store, given);
    throw error instanceof StoreConflict ? new MigrationError(refusalOf(error)) : error;
  }
  if (!(await hasTriggers(store))) throw new MigrationError('the triggers are not those of this release');
  return missing.map(({ name }) => name);
}

export class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MigrationError';
  }
}

async function readReleased({ name, hash }: { name: string; hash: string }): Promise<Migration> {
  const sql = await readFile(new URL(`./migrations/${name}`, import.meta.url), 'utf8');
  if (createHash('sha256').update(sql).digest('hex') !== hash)
    throw new MigrationError(`${name} is not the file that was released`);
  return { name, hash, sql };
}

function assertKnown(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): void {
  const later = laterMigration(applied, migrations);
  if (later !== null)
    throw new MigrationError(`it is of a later release, which applied ${later}; nothing was changed`);
  for (const { name, hash } of migrations) {
    if ((applied.get(name) ?? hash) !== hash)
      throw new MigrationError(`${name} was applied from a different file`);
  }
}

/** Triggers go first, since no table can be dropped or renamed while one of them names it. */
async function statementsFor(
  store: Store,
  { missing, now }: { missing: readonly Migration[]; now: number },
): Promise<Statement[]> {
  const triggers = triggerStatements([...(await existingTriggers(store)).keys()]);
  return [
    plain(migrationsTable),
    ...missing.map(({ name, hash }) => ({
      sql: 'INSERT INTO migrations (name, hash, applied_at) VALUES (?, ?, ?)',
      args: [name, hash, now],
    })),
    ...triggers.dropped,
    plain(checksTable(missing.flatMap(({ sql }) => rebuiltTables(sql)))),
    ...missing.flatMap(({ sql }) => checked(sql)),
    plain(`INSERT INTO migration_checks SELECT 'keys', 0, count(*) FROM pragma_foreign_key_check`),
    plain('DROP TABLE migration_checks'),
    ...triggers.created,
  ];
}

/**
 * Neither engine can be asked in the middle of a unit, so that the checks are rows of a table whose constraints refuse
 * the unit. `before` and `after` are numbers of rows.
 */
function checksTable(rebuilt: readonly string[]): string {
  const constraints = [...new Set(rebuilt)].map(
    (table) => `, CONSTRAINT ${rowsKept}${table} CHECK (what <> 'rows of ${table}' OR before = after)`,
  );
  return `CREATE TABLE migration_checks (what TEXT NOT NULL, before INTEGER NOT NULL, after INTEGER,
    CONSTRAINT ${keysHold} CHECK (what <> 'keys' OR before = after)${constraints.join('')}) STRICT`;
}

const keysHold = 'foreign_keys_hold';
const rowsKept = 'rows_kept_in_';

function checked(sql: string): Statement[] {
  const rebuilt = rebuiltTables(sql);
  return [
    ...rebuilt.map((table) =>
      plain(`INSERT INTO migration_checks SELECT 'rows of ${table}', count(*), NULL FROM ${table}`),
    ),
    ...statementsOf(sql),
    ...rebuilt.map((table) =>
      plain(`UPDATE migration_checks SET after = (SELECT count(*) FROM ${table})
        WHERE what = 'rows of ${table}' AND after IS NULL`),
    ),
  ];
}

function refusalOf({ rule }: StoreConflict): string {
  const table = new RegExp(`${rowsKept}(\\w+)`).exec(rule)?.[1];
  if (table !== undefined) return `a migration would lose or add rows of ${table}; nothing was changed`;
  if (rule.includes(keysHold)) return 'a migration would break foreign keys; nothing was changed';
  return `a migration was refused, nothing was changed: ${rule}`;
}

/** The tables that a migration writes anew under another name and then renames. */
function rebuiltTables(sql: string): string[] {
  return [...sql.matchAll(/ALTER TABLE `__new_(\w+)` RENAME TO/g)].flatMap(([, table = '']) => table);
}

function statementsOf(sql: string): Statement[] {
  return sql
    .split('--> statement-breakpoint')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map(plain);
}

const plain = (sql: string): Statement => ({ sql, args: [] });

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import manifest from './migrations/manifest.json' with { type: 'json' };
import { appliedMigrations, existingTriggers, hasTriggers, laterMigration } from './schema-problem.ts';
import { isConflictOn, type Statement, type Store, StoreConflict, StoreUnavailable } from './store.ts';
import { triggerStatements } from './triggers.ts';

/** One step of the schema; `hash` is the SHA-256 of its text as it was released. */
export interface Migration {
  name: string;
  hash: string;
  sql: string;
}

/** What may be done beside a migration. */
export interface Beside {
  /**
   * Done before a file that was in use already is migrated, while nobody else can write to it. What it throws leaves
   * everything as it is.
   */
  onOlder?: ((missing: readonly string[]) => void) | undefined;
  /** Told once when another process holds the database, which is then waited for. */
  onWait?: (() => void) | undefined;
}

const migrationsTable =
  'CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT';

/** How long another process is waited for, which may be migrating as well. */
const PATIENCE_MS = 10 * 60_000;
/** How often in a row somebody else may be faster; each time they have applied something. */
const FASTER_MAX = 20;

/**
 * Brings a database to this release: see {@link applyMigrations}.
 * @returns the names that were applied
 * @throws {MigrationError} when a file is not the one that was released, and as {@link applyMigrations}
 */
export async function migrate(store: Store, now: number, beside: Beside = {}): Promise<string[]> {
  const released = await Promise.all(manifest.map(readReleased));
  return applyMigrations(store, { migrations: released, now, ...beside });
}

/**
 * Applies every migration that is missing and restores the triggers, all in one atomic unit: whatever happens on the
 * way leaves the database as it was. Of several that migrate at once one does it, the others wait and find it done.
 * Foreign keys are off meanwhile, so that a table that others reference can be rebuilt; each rebuilt table has to keep
 * its number of rows, and all keys have to hold at the end.
 * @returns the names that were applied
 * @throws {MigrationError} when an applied migration differs from the given one, or a check failed
 */
export async function applyMigrations(store: Store, given: Given): Promise<string[]> {
  const deadline = performance.now() + PATIENCE_MS;
  let faster = 0;
  for (let waits = 0; ; ) {
    try {
      return await applyOnce(store, given);
    } catch (error) {
      if (isConflictOn(error, nobodyFaster) && faster < FASTER_MAX) {
        faster += 1;
        await pause(faster * 10);
        continue;
      }
      if (!isHeldByAnother(error) || performance.now() > deadline)
        throw error instanceof StoreConflict ? new MigrationError(refusalOf(error)) : error;
      if (waits === 0) given.onWait?.();
      waits += 1;
      await pause(Math.random() * pauseMax(store, waits));
    }
  }
}

interface Given extends Beside {
  migrations: readonly Migration[];
  now: number;
}

async function applyOnce(store: Store, { migrations, now, onOlder }: Given): Promise<string[]> {
  const applied = await appliedMigrations(store);
  assertKnown(applied, migrations);
  const missing = migrations.filter(({ name }) => !applied.has(name));
  const existing = [...(await existingTriggers(store)).keys()];
  if (missing.length === 0 && (await hasTriggers(store))) return [];
  const names = missing.map(({ name }) => name);
  const isOlder = applied.size > 0 && missing.length > 0;
  await store.writeSchema(statementsFor({ missing, existing, now }), {
    checks: checksFor({ missing, existing, applied }),
    onPassed: isOlder ? () => onOlder?.(names) : undefined,
  });
  if (!(await hasTriggers(store))) throw new MigrationError('the triggers are not those of this release');
  return names;
}

/** A file's lock is taken, or a server took it away from us, which it does after five seconds while others wait. */
function isHeldByAnother(error: unknown): boolean {
  return error instanceof StoreUnavailable && /BUSY|TRANSACTION_TIMEOUT/.test(error.code);
}

/**
 * A file is waited for by its driver. Two that migrate on a server for longer than it lets a lock be held would take it
 * from each other for ever, if they did not pause for longer and longer.
 */
function pauseMax(store: Store, waits: number): number {
  return store.engine === 'embedded' ? 100 : Math.min(60_000, 2500 * 2 ** waits);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

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
function statementsFor({
  missing,
  existing,
  now,
}: {
  missing: readonly Migration[];
  existing: readonly string[];
  now: number;
}): Statement[] {
  const triggers = triggerStatements(existing);
  return [
    ...missing.map(({ name, hash }) => ({
      sql: 'INSERT INTO migrations (name, hash, applied_at) VALUES (?, ?, ?)',
      args: [name, hash, now],
    })),
    ...triggers.dropped,
    ...missing.flatMap(({ sql }) => checked(sql)),
    plain(`INSERT INTO migration_checks SELECT 'keys', 0, count(*) FROM pragma_foreign_key_check`),
    plain('DROP TABLE migration_checks'),
    ...triggers.created,
  ];
}

/** The database has to be as it was looked at: the same migrations and the same names of triggers. */
function checksFor({
  missing,
  existing,
  applied,
}: {
  missing: readonly Migration[];
  existing: readonly string[];
  applied: ReadonlyMap<string, string>;
}): Statement[] {
  const lines = [...[...applied].map(([name, hash]) => `${name} ${hash}`), ...existing];
  return [
    plain(migrationsTable),
    plain(checksTable(missing.flatMap(({ sql }) => rebuiltTables(sql)))),
    {
      sql: `INSERT INTO migration_checks SELECT 'state', 0, coalesce(group_concat(line, char(10)), '') <> ? FROM (
        SELECT name || ' ' || hash AS line FROM migrations
        UNION ALL SELECT name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1)`,
      args: [lines.toSorted().join('\n')],
    },
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
    CONSTRAINT ${nobodyFaster} CHECK (what <> 'state' OR before = after),
    CONSTRAINT ${keysHold} CHECK (what <> 'keys' OR before = after)${constraints.join('')}) STRICT`;
}

const nobodyFaster = 'nobody_was_faster';
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

import { migrate } from '../../db/migrate.ts';
import { findSchemaProblem } from '../../db/schema-problem.ts';
import type { Store } from '../../db/store.ts';
import { openFiles } from '../files/open-files.ts';
import { createAccountQueue } from '../platform/account-queue.ts';
import { createCaches } from '../platform/caches.ts';
import { type Config, readConfig } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { newToken } from '../platform/ids.ts';
import { CliError } from './command.ts';
import { defaultDatabaseUrl, openDatabase, type Place, placeOf } from './database.ts';
import { openLog } from './log.ts';
import { keptSecret } from './secret-file.ts';

export interface Wanted {
  /** The command signs or checks links: on a database server SECRET has to be set. */
  usesSecret?: boolean;
}

/**
 * Opens the database of DATABASE_URL for one command, on behalf of whoever runs it, and closes it afterwards. A file
 * is migrated by itself.
 * @throws {CliError} when a database server lacks a migration, or the database is of a later release
 */
export async function withContext<Result>(
  work: (ctx: Context) => Promise<Result>,
  wanted: Wanted = {},
): Promise<Result> {
  const { config, place } = readSettings(wanted);
  const db = await openDatabase(place, config.databaseAuthToken);
  try {
    await prepare(db, place);
    return await work(contextOver(db, config));
  } finally {
    db.close();
  }
}

/** The settings of the environment; an embedded deployment keeps its secret beside its database. */
export function readSettings({ usesSecret = false }: Wanted = {}): { config: Config; place: Place } {
  const { env } = process;
  const place = placeOf(env.DATABASE_URL?.trim() || defaultDatabaseUrl);
  const isSet = (env.SECRET ?? '').trim() !== '';
  return { place, config: readConfig(env, isSet ? undefined : secretFor(place, usesSecret)) };
}

export function contextOver(db: Store, config: Config): Context {
  return {
    config,
    log: openLog({ isJson: false, level: 'warning' }),
    now: Date.now,
    queue: createAccountQueue(),
    cache: createCaches(),
    files: openFiles(config),
    db,
    actor: { kind: 'system', name: 'cli' },
    // Waiting mail goes out with the server's next run of its jobs.
    wakeMail: () => null,
  };
}

/**
 * Brings a file to this release; of a server's database only looks whether it is.
 * @throws {CliError} when it is not, or is of a later one
 */
export async function prepare(db: Store, place: Place): Promise<void> {
  const problem = await findSchemaProblem(db);
  if (problem === null) return;
  if (problem.isLater) {
    throw new CliError(
      `The database is from a later release: ${problem.reason}. Start that release, or restore a backup from before it.`,
    );
  }
  if (place.kind === 'server') {
    throw new CliError(
      `The database is not of this release (${problem.reason}). Run: npm run -s regulars -- migrate`,
    );
  }
  await migrate(db, Date.now());
}

function secretFor(place: Place, usesSecret: boolean): string | undefined {
  if (!usesSecret) return newToken();
  return place.kind === 'file' ? keptSecret(place.path) : undefined;
}

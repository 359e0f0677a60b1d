import { findSchemaProblem } from '../../../db/schema-problem.ts';
import type { Store } from '../../../db/store.ts';
import { openLargeFolder } from '../../ground/files/large-folder.ts';
import { openFiles } from '../../ground/files/open-files.ts';
import type { Identity } from '../../ground/identity/identity.ts';
import { createAccountQueue } from '../../ground/platform/account-queue.ts';
import { createCaches } from '../../ground/platform/caches.ts';
import { type Config, readConfig } from '../../ground/platform/config.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newToken } from '../../ground/platform/ids.ts';
import type { House } from '../../ground/room.ts';
import { openBackupTools } from '../backup/on-node/open-backup-tools.ts';
import { CliError } from './command.ts';
import { type DatabasePlace, defaultDatabaseUrl, openDatabase, placeOf } from './database.ts';
import { openLog } from './log.ts';
import { keptSecret } from './secret-file.ts';
import { upgrade } from './upgrade.ts';

export interface Wanted {
  /** The command signs or checks links: on a database server SECRET has to be set. */
  usesSecret?: boolean;
  /** The command changes accounts, runs jobs of the rooms or writes their mail. */
  house?: House;
}

/**
 * Opens the database of DATABASE_URL for one command, on behalf of whoever runs it, and closes it afterwards. A file
 * is migrated by itself.
 * @throws {CliError} when a database server lacks a migration, or the database is of a later release
 */
export async function withContext<Result>(
  defaults: Identity,
  work: (ctx: Context) => Promise<Result>,
  wanted: Wanted = {},
): Promise<Result> {
  const { config, place } = readSettings(wanted);
  const db = await openDatabase(place, config.databaseAuthToken);
  try {
    await prepare(db, place);
    return await work(contextOver(db, { config, defaults, house: wanted.house }));
  } finally {
    db.close();
  }
}

/** The settings of the environment; an embedded deployment keeps its secret beside its database. */
export function readSettings({ usesSecret = false }: Wanted = {}): { config: Config; place: DatabasePlace } {
  const { env } = process;
  const place = placeOf(env.DATABASE_URL?.trim() || defaultDatabaseUrl);
  const isSet = (env.SECRET ?? '').trim() !== '';
  return { place, config: readConfig(env, isSet ? undefined : secretFor(place, usesSecret)) };
}

export function contextOver(
  db: Store,
  { config, defaults, house = noHouse }: { config: Config; defaults: Identity; house?: House | undefined },
): Context {
  return {
    house,
    defaults,
    config,
    log: openLog({ isJson: false, level: 'warning' }),
    now: Date.now,
    queue: createAccountQueue(),
    cache: createCaches(),
    files: openFiles(config),
    largeFiles: openLargeFolder(config),
    backups: openBackupTools(config),
    db,
    actor: { kind: 'system', name: 'cli' },
    // Waiting mail goes out with the server's next run of its jobs.
    wakeMail: () => null,
  };
}

/** For commands that need none of it. */
const noHouse = new Proxy<House>(
  {
    routes: [],
    hooks: [],
    jobs: [],
    policies: [],
    moments: [],
    retentions: [],
    features: [],
    exports: [],
    tables: [],
    tablesLeft: {},
    followers: [],
    conflicts: [],
    waiting: [],
    letters: new Map(),
    kept: new Map(),
    historyKinds: [],
    auditKinds: [],
    personal: {},
    audiences: [],
    audienceUses: [],
    ownFieldUses: [],
    segmentFields: [],
    ownSegmentFields: [],
    newcomers: [],
    mailContents: [],
    mailTakers: [],
    surveyOccasions: [],
    waivers: [],
    unasked: [],
    replyStandards: [],
    orderFollowers: [],
  },
  { get: () => refuseHouse() },
);

function refuseHouse(): never {
  throw new Error('this command has to load the house');
}

/**
 * Brings a file to this release, with a copy of it as it was before; of a server's database only looks whether it is.
 * @throws {CliError} when it is not, or is of a later one
 */
export async function prepare(
  db: Store,
  place: DatabasePlace,
  { isCopied = true }: { isCopied?: boolean } = {},
): Promise<void> {
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
  await upgrade(db, place, { isCopied });
}

function secretFor(place: DatabasePlace, usesSecret: boolean): string | undefined {
  if (!usesSecret) return newToken();
  return place.kind === 'file' ? keptSecret(place.path) : undefined;
}

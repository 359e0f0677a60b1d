import type { Logger } from '@logtape/logtape';
import { MigrationError, migrate } from '../../../db/migrate.ts';
import { type Store, StoreUnavailable } from '../../../db/store.ts';
import product from '../../../package.json' with { type: 'json' };
import { AppError } from '../../ground/platform/errors.ts';
import { type CopyBeforeUpgrade, copyBeforeUpgrade } from '../backup/copy-before-upgrade.ts';
import type { DatabasePlace } from './database.ts';
import { openLog } from './log.ts';

export interface Upgraded {
  applied: string[];
  /** Where a file lies as it was before; null when it was new, of this release already, or not copied. */
  copy: string | null;
}

/**
 * Brings a database to this release. A file that was in use is copied before, beside itself, and the log tells where.
 * @throws {AppError} when there is no room for the copy
 * @throws {MigrationError} and as `migrate`
 */
export async function upgrade(
  db: Store,
  place: DatabasePlace,
  { isCopied = true }: { isCopied?: boolean } = {},
): Promise<Upgraded> {
  const now = Date.now();
  const log = openLog({ isJson: false, level: 'info' });
  const copy =
    place.kind === 'file' && isCopied
      ? copyBeforeUpgrade({ databasePath: place.path, release: product.version, now })
      : null;
  const onWait = () =>
    log.info('Another process holds the database, perhaps to bring it to this release; waiting.');
  try {
    const applied = await migrate(db, now, { onOlder: copy?.make, onWait });
    if (applied.length === 0) copy?.discard();
    return { applied, copy: copy === null ? null : finish(copy, log) };
  } catch (error) {
    if (isHarmless(error)) copy?.discard();
    throw error;
  }
}

function finish(copy: CopyBeforeUpgrade, log: Logger): string | null {
  const path = copy.path();
  if (path === null) return null;
  copy.keepNewest();
  log.info('The database is now of release {release}; as it was before it is kept in {path}', {
    release: product.version,
    path,
  });
  return path;
}

/** Nothing was written and nothing is damaged: a copy would be one of many when it is tried again. */
function isHarmless(error: unknown): boolean {
  if (error instanceof StoreUnavailable) return error.code === 'SQLITE_FULL' || error.code === 'SQLITE_BUSY';
  return error instanceof MigrationError || error instanceof AppError;
}

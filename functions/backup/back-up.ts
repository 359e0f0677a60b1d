import { closeSync, constants, openSync, rmSync } from 'node:fs';
import type { Store } from '../../db/store.ts';
import { AppError } from '../platform/errors.ts';

/**
 * Copies a file database, live or not, to a new file: whole, compact, of one moment. Leaves nothing behind when it fails.
 * @throws {AppError} `bad_request` when the file exists, or the database is a server's
 */
export async function backUp(db: Store, path: string): Promise<void> {
  if (db.engine !== 'embedded') {
    throw new AppError('bad_request', 'The backup of a database server is the job of that server.');
  }
  reserve(path);
  try {
    await db.script(`VACUUM INTO '${path.replaceAll("'", "''")}'`);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

/** VACUUM INTO fills an empty file and refuses any other; the reserving keeps two backups from one file. */
function reserve(path: string): void {
  try {
    closeSync(openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    throw new AppError('bad_request', `${path} exists already; a backup goes to a new file.`);
  }
}

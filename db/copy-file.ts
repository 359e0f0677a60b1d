import Database from 'libsql';
import { storeError } from './store.ts';

/**
 * Copies a database as it was last committed, with what lies in its log, to an empty file: by a connection of its own, so
 * that another one may hold the lock for writing meanwhile. Returns when it is done; nothing else runs in between.
 * @throws {StoreUnavailable} `SQLITE_FULL` when the disk is full
 */
export function copyFile(path: string, copyPath: string): void {
  const database = new Database(path);
  try {
    database.exec(`VACUUM INTO '${copyPath.replaceAll("'", "''")}'`);
  } catch (error) {
    throw storeError(error);
  } finally {
    database.close();
  }
}

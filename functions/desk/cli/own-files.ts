import { chmodSync, closeSync, constants, openSync, statSync } from 'node:fs';

/**
 * Makes a database file that its owner alone may read, and takes an existing one back from everybody else: it holds
 * names, addresses and voucher codes. SQLite gives its log and index the rights of the database. Answers what was changed.
 */
export function keepToOwner(path: string): string[] {
  try {
    closeSync(openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_RDWR, 0o600));
  } catch (error) {
    if (!isCode(error, 'EEXIST', 'EISDIR')) throw error;
  }
  return ['', '-wal', '-shm'].map((end) => `${path}${end}`).filter(tighten);
}

/** Whoever does not own the file, or a file system without rights, leaves it as it is. */
function tighten(path: string): boolean {
  try {
    const found = statSync(path);
    if (!found.isFile() || (found.mode & 0o077) === 0) return false;
    chmodSync(path, 0o600);
    return (statSync(path).mode & 0o077) === 0;
  } catch (error) {
    if (isCode(error, 'ENOENT', 'EPERM', 'EROFS', 'ENOTSUP')) return false;
    throw error;
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}

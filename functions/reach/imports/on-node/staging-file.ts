import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import Database from 'libsql';
import { HOUR_MS } from '../../../ground/platform/calendar.ts';
import { FilesUnavailable } from '../../../ground/platform/file-store.ts';
import type { StagingStatement, StagingValue, WithStagingDatabase } from '../staging-database.ts';

/**
 * A database file in a folder of the business, where there is room for what it brings in; what is sorted lies there too. Where
 * there is no such folder, or nothing can be written into it, the system's temporary one takes its place. Its own folder is the owner's alone, and the file is unlinked while still open, so that not even a kill leaves it behind. A
 * system that keeps open files (Windows) removes it at the end, also on errors, and what was left there before is removed. A disk that fails is `FilesUnavailable`.
 */
export function stagingIn(wanted: string | null): WithStagingDatabase {
  return async (use) => {
    let folder: string | null = null;
    try {
      folder = openFolderIn(wanted);
      const parent = dirname(folder);
      removeLeft(parent, statSync(folder).mtimeMs);
      const db = new Database(join(folder, 'staging.db'));
      try {
        sortIn(db, resolve(parent));
        db.exec(setUp);
        if (platform() !== 'win32') rmSync(folder, removal);
        return await use({ exec: (sql) => void db.exec(sql), prepare: (sql) => statementOf(db, sql) });
      } finally {
        db.close();
      }
    } catch (error) {
      throw isOfDisk(error) ? new FilesUnavailable(error.code) : error;
    } finally {
      if (folder !== null) rmSync(folder, removal);
    }
  };
}

const prefix = 'staging-';

function openFolderIn(wanted: string | null): string {
  if (wanted === null) return mkdtempSync(join(tmpdir(), prefix));
  try {
    mkdirSync(wanted, { recursive: true, mode: 0o700 });
    return mkdtempSync(join(wanted, prefix));
  } catch (error) {
    if (!isOfDisk(error)) throw error;
    return mkdtempSync(join(tmpdir(), prefix));
  }
}

/** What the portal's own database says comes as an error of the store, so that such a code is of this file. */
function isOfDisk(error: unknown): error is Error & { code: string } {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return false;
  return 'syscall' in error || /^SQLITE_(?:FULL|IOERR|CANTOPEN|READONLY)/.test(error.code);
}

/** Nobody opens a file for so long. */
const LEFT_MS = HOUR_MS;

/** One that is still in use cannot be removed where it was not unlinked. */
function removeLeft(parent: string, now: number): void {
  for (const name of readdirSync(parent).filter((name) => name.startsWith(prefix))) {
    const path = join(parent, name);
    try {
      if (now - statSync(path).mtimeMs > LEFT_MS) rmSync(path, removal);
    } catch {
      // Somebody else is at it.
    }
  }
}

/** Of the whole process: SQLite would take the system's temporary folder, which may be memory. */
function sortIn(db: Database.Database, folder: string): void {
  const before = db.prepare('PRAGMA temp_store_directory').raw().get();
  if (Array.isArray(before) && before[0] === folder) return;
  db.exec(`PRAGMA temp_store_directory = '${folder.replaceAll("'", "''")}'`);
}

const removal = { recursive: true, force: true };

/** Sorting must not happen in memory, which is this build's default. */
const setUp = `
  PRAGMA journal_mode = OFF;
  PRAGMA synchronous = OFF;
  PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA cache_size = -4096;
  PRAGMA temp_store = FILE;
`;

function statementOf(db: Database.Database, sql: string): StagingStatement {
  const statement = db.prepare(sql);
  const cells = () => statement.raw();
  return {
    run: (values: readonly StagingValue[]) => void statement.run(values),
    get: (values) => cells().get(values) ?? null,
    all: (values) => cells().all(values),
    iterate: (values) => cells().iterate(values),
  };
}

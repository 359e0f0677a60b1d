import { mkdtempSync, rmSync } from 'node:fs';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import type { StagingDatabase, StagingStatement, StagingValue } from '../staging-database.ts';

/**
 * A database file in the system's temporary folder. Its folder is the owner's alone, and the file is unlinked while still
 * open, so that not even a kill leaves it behind; a system that keeps open files (Windows) removes it at the end, also on
 * errors.
 */
export async function withStagingFile<T>(use: (db: StagingDatabase) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-import-'));
  try {
    const db = new Database(join(folder, 'staging.db'));
    try {
      db.exec(setUp);
      if (platform() !== 'win32') rmSync(folder, removal);
      return await use({ exec: (sql) => void db.exec(sql), prepare: (sql) => statementOf(db, sql) });
    } finally {
      db.close();
    }
  } finally {
    rmSync(folder, removal);
  }
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

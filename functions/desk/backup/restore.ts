import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  statSync,
} from 'node:fs';
import { openEmbedded } from '../../../db/embedded.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { draftOf, removeDraft, sweepDrafts } from './drafts.ts';

/**
 * Puts a backup in the place of a database that does not exist or is empty, once its pages were checked and `prepare` has
 * done what it has to with the copy. Whatever fails, nothing is left where the database would be, and the next try finds
 * the place as it was; the backup stays as it is.
 * @returns what `prepare` returns
 * @throws {AppError} `bad_request` when there is a database already, or the backup is none or damaged
 */
export async function restore<Result>(
  { backupPath, databasePath }: { backupPath: string; databasePath: string },
  prepare: (draftPath: string) => Promise<Result>,
): Promise<Result> {
  if (!existsSync(backupPath)) throw new AppError('bad_request', `There is no file ${backupPath}.`);
  if (existsSync(databasePath) && statSync(databasePath).size > 0) {
    throw new AppError('bad_request', `${databasePath} holds a database already; move it away first.`);
  }
  sweepDrafts(databasePath);
  const draft = draftOf(databasePath);
  try {
    copyFileSync(backupPath, draft);
    await assertWhole(draft, backupPath);
    const result = await prepare(draft);
    await settle(draft);
    if (existsSync(databasePath)) renameSync(draft, databasePath);
    else linkSync(draft, databasePath);
    return result;
  } finally {
    removeDraft(databasePath);
  }
}

/** All of it into the one file, and onto the disk: what was only copied may lie in memory alone. */
export async function settle(path: string): Promise<void> {
  const db = openEmbedded(path);
  try {
    await db.script('PRAGMA wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
  const wal = `${path}-wal`;
  assert(!existsSync(wal) || statSync(wal).size === 0, 'nothing of the copy lies beside it');
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** @throws {AppError} `bad_request` when a file is no backup or damaged */
export async function assertWhole(path: string, backupPath: string): Promise<void> {
  const problem = await integrityProblem(path);
  if (problem !== null) throw new AppError('bad_request', `${backupPath} is not a whole backup: ${problem}.`);
}

async function integrityProblem(path: string): Promise<string | null> {
  try {
    const db = openEmbedded(path);
    try {
      const tables = await db.read({
        sql: "SELECT count(*) FROM sqlite_master WHERE name = 'accounts'",
        args: [],
      });
      if (tables[0]?.[0] !== 1n) return 'it holds no accounts';
      const rows = await db.read({ sql: 'PRAGMA integrity_check', args: [] });
      const [first] = rows.flat();
      return first === 'ok' ? null : String(first);
    } finally {
      db.close();
    }
  } catch (error) {
    return error instanceof Error && /not a database|malformed|NOTADB|CORRUPT/.test(error.message)
      ? 'it is no database, or damaged'
      : String(error);
  }
}

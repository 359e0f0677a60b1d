import { copyFileSync, existsSync, linkSync, renameSync, rmSync, statSync } from 'node:fs';
import { openEmbedded } from '../../db/embedded.ts';
import { AppError } from '../platform/errors.ts';

/**
 * Puts a backup in the place of a database that does not exist or is empty, after its pages were checked. The backup
 * stays as it is.
 * @throws {AppError} `bad_request` when there is a database already, or the backup is none or damaged
 */
export async function restore(backupPath: string, databasePath: string): Promise<void> {
  if (!existsSync(backupPath)) throw new AppError('bad_request', `There is no file ${backupPath}.`);
  if (existsSync(databasePath) && statSync(databasePath).size > 0) {
    throw new AppError('bad_request', `${databasePath} holds a database already; move it away first.`);
  }
  const draft = `${databasePath}.${process.pid}.restoring`;
  try {
    copyFileSync(backupPath, draft);
    await assertWhole(draft, backupPath);
    if (existsSync(databasePath)) renameSync(draft, databasePath);
    else linkSync(draft, databasePath);
  } finally {
    for (const end of ['', '-wal', '-shm']) rmSync(`${draft}${end}`, { force: true });
  }
}

async function assertWhole(path: string, backupPath: string): Promise<void> {
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
    return error instanceof Error && /not a database|malformed/.test(error.message)
      ? 'it is no database, or damaged'
      : String(error);
  }
}

import { closeSync, existsSync, linkSync, openSync } from 'node:fs';
import type { Store } from '../../../db/store.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { draftOf, removeDraft, sweepDrafts } from './drafts.ts';

/**
 * Copies a file database, live or not, to a new file: whole, compact, of one moment. The file is there once it is whole;
 * what a backup that was killed left behind is taken away.
 * @throws {AppError} `bad_request` when the file exists, or the database is a server's
 */
export async function backUp(db: Store, path: string): Promise<void> {
  await withCopy(db, path, async (draft) => moveTo(path, draft));
}

/**
 * The same copy, for as long as `use` takes, beside where `path` would be.
 * @throws {AppError} as {@link backUp}
 */
export async function withCopy<Result>(
  db: Store,
  path: string,
  use: (draft: string) => Promise<Result>,
): Promise<Result> {
  if (db.engine !== 'embedded') {
    throw new AppError('bad_request', 'The backup of a database server is the job of that server.');
  }
  if (existsSync(path)) throw existsAlready(path);
  sweepDrafts(path);
  const draft = draftOf(path);
  try {
    // VACUUM INTO fills an empty file, and leaves it as it was made: readable by its owner alone.
    closeSync(openSync(draft, 'wx', 0o600));
    await db.script(`VACUUM INTO '${draft.replaceAll("'", "''")}'`);
    return await use(draft);
  } finally {
    removeDraft(path);
  }
}

/** A link, unlike a move, refuses to replace what somebody else has put there meanwhile. */
function moveTo(path: string, draft: string): void {
  try {
    linkSync(draft, path);
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === 'EEXIST' ? existsAlready(path) : error;
  }
}

function existsAlready(path: string): AppError {
  return new AppError('bad_request', `${path} exists already; a backup goes to a new file.`);
}

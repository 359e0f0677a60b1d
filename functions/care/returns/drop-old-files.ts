import { statement } from '../../../db/query.ts';
import type { RetentionSlice } from '../../ground/jobs/retention.ts';
import type { Context } from '../../ground/platform/context.ts';

/** Deletes files of returns of long ago, each before the row that names it: what fails is found again. */
export async function dropOldReturnFiles(
  { db, files }: Context,
  { before, limit }: RetentionSlice,
): Promise<number> {
  if (files === null) return 0;
  const old = await db.fresh.read(
    statement('SELECT id, stored_as FROM return_files WHERE at < ? ORDER BY at LIMIT ?', before, limit),
  );
  if (old.length === 0) return 0;
  for (const [, storedAs] of old) await files.delete(String(storedAs));
  const ids = JSON.stringify(old.map(([id]) => id));
  await db.write([statement('DELETE FROM return_files WHERE id IN (SELECT value FROM json_each(?))', ids)]);
  return old.length;
}

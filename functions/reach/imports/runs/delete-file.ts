import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { reasonOf } from '../../../ground/platform/reason-of.ts';

/**
 * Deletes the file of a run that ended. One that may still be coming keeps its mark: who sends it may be killed before it
 * deletes what came since.
 */
export function deleteFile(ctx: Context, id: string): Promise<void> {
  const gone = statement('UPDATE import_runs SET file_bytes = NULL WHERE id = ? AND file_bytes > 0', id);
  return deleteNoting(ctx, { name: id, gone });
}

/** Deletes a file and notes that it is gone; where that fails it is logged, and `tidyRuns` comes back to it. */
export async function deleteNoting(
  ctx: Context,
  { name, gone }: { name: string; gone: Statement },
): Promise<void> {
  if (ctx.largeFiles === null) return;
  try {
    await ctx.largeFiles.delete(name);
    await ctx.db.write([gone]);
  } catch (error) {
    ctx.log.warn('A file of an import could not be deleted yet: {reason}', {
      name,
      reason: reasonOf(error),
    });
  }
}

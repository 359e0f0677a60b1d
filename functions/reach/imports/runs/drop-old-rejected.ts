import { statement } from '../../../../db/query.ts';
import type { RetentionSlice } from '../../../ground/jobs/retention.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { deleteNoting } from './delete-file.ts';
import { listOldRejected } from './queries.ts';
import { rejectedName } from './run-tools.ts';

/** Deletes files of refused rows that nobody mended; one that cannot be deleted now is found again. */
export async function dropOldRejected(ctx: Context, { before }: RetentionSlice): Promise<number> {
  const old = await listOldRejected(ctx.db.fresh, { before });
  if (ctx.largeFiles === null) return 0;
  for (const { id } of old) {
    const gone = statement('UPDATE import_runs SET rejected_rows = 0 WHERE id = ?', id);
    await deleteNoting(ctx, { name: rejectedName(id), gone });
  }
  const left = await listOldRejected(ctx.db.fresh, { before });
  return old.length - left.length;
}

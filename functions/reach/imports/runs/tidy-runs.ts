import { statement } from '../../../../db/query.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { DAY_MS, HOUR_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { deleteFile, deleteNoting } from './delete-file.ts';
import { moveRun } from './move-run.ts';
import { listForgotten, listLeftFiles } from './queries.ts';
import { forgetRun } from './run-tools.ts';

/** Files that nobody goes on with hold what customers are called and buy. */
const FORGOTTEN_DAYS = 7;
/** Whoever ends a run deletes its file at once. */
const LEFT_MS = HOUR_MS;

/**
 * Deletes files that were left alone for a week, and what a run that ended could not delete itself.
 */
export async function tidyRuns(ctx: Context): Promise<void> {
  const now = ctx.now();
  for (const { id, state } of await listForgotten(ctx.db.fresh, { before: now - FORGOTTEN_DAYS * DAY_MS })) {
    await moveRun(ctx, id, (run) =>
      run.state === state ? { to: 'cancelled', set: { finished_at: now }, rows: forgetRun(id) } : unchanged,
    );
    await deleteFile(ctx, id);
  }
  for (const { id } of await listLeftFiles(ctx.db.fresh, { before: now - LEFT_MS })) {
    const gone = statement('UPDATE import_runs SET file_bytes = NULL WHERE id = ?', id);
    await deleteNoting(ctx, { name: id, gone });
  }
  await ctx.db.write([
    statement(
      "UPDATE import_runs SET look = NULL WHERE look IS NOT NULL AND state IN ('done', 'cancelled', 'undone')",
    ),
  ]);
}

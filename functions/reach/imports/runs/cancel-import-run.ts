import { type Unchanged, unchanged } from '../../../ground/decision/decision.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { removeArchiveRows } from './archive-rows.ts';
import { deleteFile } from './delete-file.ts';
import { assertIn, type MovedRun, moveRun, type RunMove } from './move-run.ts';
import { allowKind, type ImportRun, openStates } from './run.ts';
import { forgetRun } from './run-tools.ts';

/**
 * Stops a run. Before it began, nothing of the file was written and the file is deleted; while it runs, what is written
 * already stays and can be undone; of an archive nothing is written before all of it is.
 * @throws {AppError} `scope_missing`, `forbidden`, `not_found`, `import_run_moved`
 */
export async function cancelImportRun(
  ctx: Context,
  { id }: { id: string },
  options: Alongside<MovedRun> = {},
): Promise<MovedRun> {
  let isWorkedOn = false;
  const cancel = (run: ImportRun): RunMove | Unchanged => {
    isWorkedOn = run.claimedBy !== null;
    allowKind(ctx.actor, run.kind);
    if (run.state === 'cancelled') return unchanged;
    assertIn(run, [...openStates, 'failed', 'running']);
    return {
      to: 'cancelled',
      set: { finished_at: ctx.now() },
      audit: 'import.cancelled',
      rows: forgetRun(id),
    };
  };
  const moved = await moveRun(ctx, id, cancel, options);
  await deleteFile(ctx, id);
  // Whoever is at it sees that it was stopped, and takes away what waits.
  if (!isWorkedOn) await removeArchiveRows(ctx, id);
  return moved;
}

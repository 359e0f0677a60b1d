import { unchanged } from '../../../ground/decision/decision.ts';
import { allowRole } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { deleteFile } from './delete-file.ts';
import { assertIn, moveRun } from './move-run.ts';
import { importRoles, openStates } from './run.ts';
import { forgetRun } from './run-tools.ts';

/**
 * Stops a run. Before it began, nothing of the file was written and the file is deleted; while it runs, what is written
 * already stays and can be undone.
 * @throws {AppError} `forbidden`, `not_found`, `import_run_moved`
 */
export async function cancelImportRun(ctx: Context, { id }: { id: string }): Promise<void> {
  allowRole(ctx.actor, importRoles);
  await moveRun(ctx, id, (run) => {
    if (run.state === 'cancelled') return unchanged;
    assertIn(run, [...openStates, 'failed', 'running']);
    return {
      to: 'cancelled',
      set: { finished_at: ctx.now() },
      audit: 'import.cancelled',
      rows: forgetRun(id),
    };
  });
  await deleteFile(ctx, id);
}

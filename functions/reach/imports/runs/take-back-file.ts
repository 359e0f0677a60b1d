import type { Context } from '../../../ground/platform/context.ts';
import { AppError, assert } from '../../../ground/platform/errors.ts';
import { undoImport } from '../undo-import.ts';
import { findImport } from '../undo-queries.ts';
import { moveRun } from './move-run.ts';
import type { ProgressTeller } from './progress.ts';
import type { ImportRun } from './run.ts';

/** Takes back what a run brought; where something was built on it, the run stays what it was and says what. */
export async function takeBackFile(
  ctx: Context,
  { run, progress }: { run: ImportRun; progress: ProgressTeller },
): Promise<void> {
  assert(run.importId !== null, 'only what was imported is undone');
  try {
    await undoImport(ctx, run.importId, (accounts) => progress.at('undo', accounts, null));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'import_not_undoable') throw error;
    progress.stop();
    const [found] = await findImport(ctx.db.fresh, { id: run.importId });
    // A process that undid it may have ended before it moved the run.
    if (found === undefined || found.undoneAt === null) {
      await moveRun(ctx, run.id, () => ({ to: 'done', set: { failure: error.message } }));
      return;
    }
  }
  progress.stop();
  await moveRun(ctx, run.id, () => ({ to: 'undone' }));
}

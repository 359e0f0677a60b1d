import type { Context } from '../../../ground/platform/context.ts';
import { AppError, assert } from '../../../ground/platform/errors.ts';
import { keepFailure } from '../refused-file.ts';
import { undoImportSlice } from '../undo-import.ts';
import { findImport } from '../undo-queries.ts';
import { moveRun } from './move-run.ts';
import { left, type ProgressTeller } from './progress.ts';
import type { ImportRun } from './run.ts';
import type { RunTools } from './run-tools.ts';

/** Takes back what a run brought; where something was built on it, the run stays what it was and says what. */
export async function takeBackFile(
  ctx: Context,
  { run, tools, progress }: { run: ImportRun; tools: RunTools; progress: ProgressTeller },
): Promise<void> {
  assert(run.importId !== null, 'only what was imported is undone');
  try {
    const told = await undoImportSlice(ctx, run.importId, {
      isOver: tools.isOver,
      onProgress: (accounts) => progress.at('undo', accounts, null),
    });
    if (told === null) throw left();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'import_not_undoable') throw error;
    progress.stop();
    const [found] = await findImport(ctx.db.fresh, { id: run.importId });
    // A process that undid it may have ended before it moved the run.
    if (found === undefined || found.undoneAt === null) {
      await moveRun(ctx, run.id, () => ({ to: 'done', set: { failure: keepFailure(error) } }));
      return;
    }
  }
  progress.stop();
  await moveRun(ctx, run.id, () => ({ to: 'undone' }));
}

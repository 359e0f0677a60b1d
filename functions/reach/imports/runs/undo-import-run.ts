import { insertInto } from '../../../../db/query.ts';
import { importRunSteps, importRuns } from '../../../../db/schema/index.ts';
import { type Unchanged, unchanged } from '../../../ground/decision/decision.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { assertIn, type MovedRun, moveRun, type RunMove } from './move-run.ts';
import { findOtherImport } from './queries.ts';
import type { ImportRun } from './run.ts';
import { isStillWritten } from './still-written.ts';

const insertRun = insertInto(importRuns, 'ON CONFLICT DO NOTHING');
const insertStep = insertInto(importRunSteps, 'ON CONFLICT DO NOTHING');

/**
 * Has an import of orders taken back, in the background; see `undoImport` for what stands in the way. One of the command
 * line becomes a run by this, under the import's own id.
 * @throws {AppError} `scope_missing`, `forbidden`, `not_found`, `import_run_moved`
 */
export async function undoImportRun(
  ctx: Context,
  { id }: { id: string },
  options: Alongside<MovedRun> = {},
): Promise<MovedRun> {
  allow(ctx.actor, 'imports:write');
  await adopt(ctx, id);
  const undo = (run: ImportRun): RunMove | Unchanged => {
    if (run.state === 'undoing') return unchanged;
    if (run.importId === null) throw new AppError('import_run_moved', 'Nothing of this file can be undone.');
    assertIn(run, ['done', 'failed', 'cancelled']);
    return { to: 'undoing', set: { failure: null } };
  };
  return moveRun(ctx, id, undo, options);
}

async function adopt(ctx: Context, id: string): Promise<void> {
  const [found] = await findOtherImport(ctx.db.fresh, { id });
  if (found === undefined || found.undoneAt !== null) return;
  if (found.kind !== 'orders') throw new AppError('import_run_moved', 'Nothing of this file can be undone.');
  if (isStillWritten(found, ctx.now()))
    throw new AppError(
      'import_run_moved',
      'This import is still being written, or was cut off less than a day ago: it can be undone a day after its beginning.',
    );
  const run = { id, kind: 'orders', fileName: found.fileName, state: 'done', seq: 1, rowsDone: 0 } as const;
  const since = { startedAt: found.startedAt, startedBy: found.actor, finishedAt: found.finishedAt };
  const by = { at: ctx.now(), actor: actorName(ctx.actor) };
  await writeDecision(ctx, {
    rows: [
      insertRun({ ...run, importId: id, ...since }),
      insertStep({ runId: id, seq: 1, state: 'done', ...by }),
    ],
  });
}

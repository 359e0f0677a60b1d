import { type Unchanged, unchanged } from '../../../ground/decision/decision.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { assertIn, type MovedRun, moveRun, type RunMove } from './move-run.ts';
import { allowKind, type ImportRun } from './run.ts';

/**
 * Has a file imported that was looked through; it waits for those before it. Pressed twice, it is imported once.
 * @throws {AppError} `scope_missing`, `forbidden`, `not_found`, `import_run_moved`, `proof_needed` for an archive
 */
export async function beginImportRun(
  ctx: Context,
  { id }: { id: string },
  options: Alongside<MovedRun> = {},
): Promise<MovedRun> {
  const begin = (run: ImportRun): RunMove | Unchanged => {
    allowKind(ctx.actor, run.kind);
    if (run.kind === 'archive') allowProven(ctx);
    if (run.state === 'waiting' || run.state === 'running') return unchanged;
    assertIn(run.preview === null ? { ...run, state: 'checking' } : run, ['checked', 'failed']);
    return { to: 'waiting', set: { failure: null }, audit: 'import.begun' };
  };
  return moveRun(ctx, id, begin, options);
}

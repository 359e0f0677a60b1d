import { unchanged } from '../../../ground/decision/decision.ts';
import { allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { assertIn, moveRun } from './move-run.ts';
import { allowKind } from './run.ts';

/**
 * Has a file imported that was looked through; it waits for those before it. Pressed twice, it is imported once.
 * @throws {AppError} `forbidden`, `not_found`, `import_run_moved`, `proof_needed` for an archive
 */
export async function beginImportRun(ctx: Context, { id }: { id: string }): Promise<void> {
  await moveRun(ctx, id, (run) => {
    allowKind(ctx.actor, run.kind);
    if (run.kind === 'archive') allowProven(ctx);
    if (run.state === 'waiting' || run.state === 'running') return unchanged;
    assertIn(run.preview === null ? { ...run, state: 'checking' } : run, ['checked', 'failed']);
    return { to: 'waiting', set: { failure: null }, audit: 'import.begun' };
  });
}

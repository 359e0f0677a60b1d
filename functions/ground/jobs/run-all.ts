import { StoreUnavailable } from '../../../db/store.ts';
import type { Context } from '../platform/context.ts';
import { reasonOf } from '../platform/reason-of.ts';

/**
 * Takes the steps of a job one after the other, those behind a failed one, too.
 * @throws the first failure, at the end; at once when the database does not answer
 */
export async function runAll(
  ctx: Context,
  steps: readonly ((ctx: Context) => Promise<unknown>)[],
): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    try {
      await step(ctx);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      failures.push(error);
      ctx.log.error('Step {step} failed: {reason}', { step: step.name, reason: reasonOf(error) });
    }
  }
  if (failures.length > 0) throw failures[0];
}

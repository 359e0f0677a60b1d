import { insertInto, statement } from '../../db/query.ts';
import { referralSteps } from '../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../db/store.ts';
import { actorName, type Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { StepRow } from './queries.ts';

const insertStep = insertInto(referralSteps);

export type NewStep = Pick<StepRow, 'kind'> & Partial<Pick<StepRow, 'code' | 'against' | 'text'>>;

/**
 * The statements that write the next steps of a referral after the newest one that was seen; refused whole when somebody
 * else wrote one meanwhile. The referral is due to be looked at from then on.
 */
export function writeSteps(
  ctx: Pick<Context, 'actor' | 'now'>,
  { id, stepSeq }: { id: string; stepSeq: number },
  steps: readonly NewStep[],
): Statement[] {
  const actor = actorName(ctx.actor);
  const rows = steps.map((step, index) =>
    insertStep({ referralId: id, seq: stepSeq + 1 + index, at: ctx.now(), actor, ...step }),
  );
  const moved = statement(
    'UPDATE referrals SET step_seq = ?, looked_seq = -1 WHERE id = ?',
    stepSeq + steps.length,
    id,
  );
  return [...rows, moved];
}

const TRIES_MAX = 20;

/** Works on one referral, one after the other within this process, and again when another process was faster. */
export function onReferral<Result>(
  ctx: Pick<Context, 'queue'>,
  id: string,
  work: () => Promise<Result>,
): Promise<Result> {
  return ctx.queue.run(`referral:${id}`, async () => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isConflictOn(error, 'referral_steps')) throw error;
        if (tries === TRIES_MAX) {
          throw new AppError('unavailable', 'The referral is being changed by many at once; try again.', {
            retry_after_s: 1,
          });
        }
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(200, 2 ** tries)));
      }
    }
  });
}

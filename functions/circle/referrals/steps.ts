import { insertInto, statement } from '../../../db/query.ts';
import { referralSteps } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
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
    'UPDATE referrals SET step_seq = ?, looked_seq = -1, due_at = ? WHERE id = ?',
    stepSeq + steps.length,
    ctx.now(),
    id,
  );
  return [...rows, moved];
}

/** Works on one referral, one after the other within this process, and again when another process was faster. */
export function onReferral<Result>(
  ctx: Pick<Context, 'queue' | 'house'>,
  id: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const contention = { subject: 'referral', key: `referral:${id}`, conflicts: ['referral_steps'] };
  return retrying(ctx, contention, work);
}

import { allow } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { noFeedback } from '../change-case.ts';
import { findFeedback } from '../queries.ts';
import { changeCause, noCause } from './change-cause.ts';
import { reopening } from './close-cause.ts';
import { listTeamOn } from './tell-team.ts';

/**
 * Whoever wrote says that what was called mended is there still: the cause of their case is open again, and who sees to it is told.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function tellRepeat(ctx: Context, { feedbackId }: { feedbackId: string }): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const [feedback, { timeZone }] = await Promise.all([
    findFeedback(ctx.db.fresh, { id: feedbackId }),
    getBusiness(ctx),
  ]);
  if (feedback === null) throw noFeedback();
  const id = feedback.case?.causeId ?? null;
  if (id === null) throw noCause();
  const team = await listTeamOn(ctx.db, dayOf(ctx.now(), timeZone));
  await changeCause(ctx, { id }, (cause) => {
    const opens = reopening(cause, { feedback, team });
    return cause.outcome === 'changed' ? opens : { ...opens, events: [] };
  });
  ctx.wakeMail('soon');
}

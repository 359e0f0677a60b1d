import { allow } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { noCause } from './change-cause.ts';
import { type ToldCauseEvent, withEarlier } from './earlier-events.ts';
import { type CauseView, toView } from './list-causes.ts';
import { type CauseStep, findListedCause, findRowActs, listEvents, listSteps } from './queries.ts';

/** One cause with what is to be done about it, and all that happened with it. */
export interface CauseFile extends CauseView {
  plan: CauseStep[];
  events: ToldCauseEvent[];
}

/** @throws {AppError} `not_found`, `forbidden` */
export async function getCause(ctx: Context, { id }: { id: string }): Promise<CauseFile> {
  allow(ctx.actor, 'feedback:read');
  const [row, acts, plan, events, { timeZone }] = await Promise.all([
    findListedCause(ctx.db, { id }),
    findRowActs(ctx.db, { id }),
    listSteps(ctx.db, { id }),
    listEvents(ctx.db, { id }),
    getBusiness(ctx),
  ]);
  if (row === null || acts === null) throw noCause();
  return { ...toView(row, dayOf(ctx.now(), timeZone)), plan, events: withEarlier(acts, events) };
}

import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { replyDue } from './change-case.ts';
import { anonymousFeedback } from './policies.ts';

/** What the business promises whoever writes. */
export interface FeedbackPromise {
  /** Until when somebody who wrote now would be answered. */
  replyDueAt: number;
  takesAnonymous: boolean;
  takesFiles: boolean;
}

export async function getPromise(ctx: Context): Promise<FeedbackPromise> {
  const business = await getBusiness(ctx);
  return {
    replyDueAt: replyDue(business, ctx.now()),
    takesAnonymous: policyOf(business, anonymousFeedback) === 'on',
    takesFiles: ctx.files !== null,
  };
}

import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { anonymousFeedback } from './policies.ts';
import { findReplyClocks } from './reply-clock.ts';
import { feedbackKinds } from './schema.ts';

/** What the business promises whoever writes. */
export interface FeedbackPromise {
  /** Until when somebody who wrote now would be answered, whatever they wrote. */
  replyDueAt: number;
  takesAnonymous: boolean;
  takesFiles: boolean;
}

export async function getPromise(ctx: Context): Promise<FeedbackPromise> {
  const anything = feedbackKinds.map((kind) => ({ kind, channel: 'portal', rootId: null }));
  const [business, clocks] = await Promise.all([getBusiness(ctx), findReplyClocks(ctx, anything)]);
  return {
    replyDueAt: Math.max(...clocks.map((dueAt) => dueAt(ctx.now()))),
    takesAnonymous: policyOf(business, anonymousFeedback) === 'on',
    takesFiles: ctx.files !== null,
  };
}

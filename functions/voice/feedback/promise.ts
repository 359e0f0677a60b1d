import type { Context } from '../../ground/platform/context.ts';
import { listPlaces } from '../../money/accounts/places.ts';
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

/** What the signed-in customer is promised, whichever of their accounts they write for. */
export async function getOwnPromise(ctx: Context): Promise<FeedbackPromise> {
  const places = ctx.actor.kind === 'customer' ? await listPlaces(ctx.db, ctx.actor.id) : [];
  const roots = new Set(places.map(({ rootId }) => rootId));
  return promiseTo(ctx, roots.size === 0 ? [null] : [...roots]);
}

/** What who stays unnamed is promised. */
export const getPromise = (ctx: Context): Promise<FeedbackPromise> => promiseTo(ctx, [null]);

async function promiseTo(ctx: Context, roots: readonly (string | null)[]): Promise<FeedbackPromise> {
  const anything = roots.flatMap((rootId) =>
    feedbackKinds.map((kind) => ({ kind, channel: 'portal', rootId })),
  );
  const [business, clocks] = await Promise.all([getBusiness(ctx), findReplyClocks(ctx, anything)]);
  return {
    replyDueAt: Math.max(...clocks.map((dueAt) => dueAt(ctx.now()))),
    takesAnonymous: policyOf(business, anonymousFeedback) === 'on',
    takesFiles: ctx.files !== null,
  };
}

import type { Context } from '../../ground/platform/context.ts';
import { normalCode } from '../../ground/platform/ids.ts';
import { noFeedback } from './change-case.ts';
import { isProven } from './proof.ts';
import { type FeedbackRow, findFeedbackByReference } from './queries.ts';

/** How an author names feedback of theirs: its reference, with a proof when they wrote it unnamed. */
export interface OwnReference {
  reference: string;
  proof: string | null;
}

/**
 * Feedback of whoever asks. The others of a shared account do not see it: what somebody says is theirs to share. What they said
 * elsewhere they did not say to us: it is the team's alone.
 * @throws {AppError} `not_found`, also for what is somebody else's
 */
export async function findOwn(
  ctx: Context,
  { reference, proof }: OwnReference,
  db = ctx.db,
): Promise<FeedbackRow> {
  const row = await findFeedbackByReference(db, { reference: normalCode(reference) });
  if (row === null || !(isProven(ctx, row, proof) || isAuthor(ctx, row))) throw noFeedback();
  return row;
}

export function isAuthor(
  { actor }: Context,
  { customerId, source }: Pick<FeedbackRow, 'customerId' | 'source'>,
): boolean {
  return actor.kind === 'customer' && customerId === actor.id && source !== 'mention';
}

import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { feedback, feedbackAttachments } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { orAway } from './attachments.ts';
import { isPicture } from './get-thread.ts';
import { isAuthor } from './own-feedback.ts';
import { isProven } from './proof.ts';
import { findFeedback } from './queries.ts';

export interface Attachment {
  bytes: Uint8Array<ArrayBuffer>;
  name: string;
  mediaType: string;
  /** Whether a browser may show it; anything else is saved. */
  isPicture: boolean;
}

const findAttachment = queryOne((db) =>
  db
    .select({
      feedbackId: feedback.id,
      name: feedbackAttachments.name,
      mediaType: feedbackAttachments.mediaType,
      storedAs: feedbackAttachments.storedAs,
    })
    .from(feedbackAttachments)
    .innerJoin(feedback, eq(feedback.id, feedbackAttachments.feedbackId))
    .where(eq(feedbackAttachments.id, sql.placeholder('id'))),
);

/**
 * A file that came with feedback, for its author and for staff. Who wrote unnamed brings the proof of its page.
 * @throws {AppError} `not_found`, also for everybody else; `unavailable`
 */
export async function getAttachment(
  ctx: Context,
  { id, proof }: { id: string; proof: string | null },
): Promise<Attachment> {
  const file = await findAttachment(ctx.db, { id });
  const row = file === null ? null : await findFeedback(ctx.db, { id: file.feedbackId });
  if (file === null || row === null) throw noFile();
  const isStaff = ctx.actor.kind === 'staff' || ctx.actor.kind === 'system';
  if (!(isStaff || isAuthor(ctx, row) || isProven(ctx, row, proof))) throw noFile();
  const bytes = await orAway(ctx.files?.get(file.storedAs));
  if (bytes == null) throw noFile();
  const { name, mediaType } = file;
  return { bytes, name, mediaType, isPicture: isPicture(mediaType) };
}

const noFile = () => new AppError('not_found', 'There is no such file.');

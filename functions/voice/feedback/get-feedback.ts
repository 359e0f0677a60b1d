import { allow } from '../../ground/platform/allow.ts';
import { instantText } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { noteLook } from '../../people/looks/note-look.ts';
import { type FeedbackThreadAnswer, toFeedbackAnswer } from './answer.ts';
import { noFeedback } from './change-case.ts';
import { findFeedback, listAttachments, listMessages } from './queries.ts';

/** One feedback with its thread, internal notes included. @throws {AppError} `not_found`, `scope_missing` */
export async function getFeedback(ctx: Context, { id }: { id: string }): Promise<FeedbackThreadAnswer> {
  allow(ctx.actor, 'feedback:read');
  const row = await findFeedback(ctx.db, { id });
  if (row === null) throw noFeedback();
  if (row.customerId !== null) noteLook(ctx, { customerId: row.customerId, what: 'program' });
  const { reference } = row;
  const [messages, attachments] = await Promise.all([
    listMessages(ctx.db, { reference }),
    listAttachments(ctx.db, { reference }),
  ]);
  return {
    ...toFeedbackAnswer(row),
    messages: messages.map(({ actor: _actor, at, ...message }) => ({ ...message, at: instantText(at) })),
    attachments: attachments.map(({ messageId: _message, ...file }) => file),
  };
}

import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';

const reference = z.string();
const thread = (told: { reference: string }) => `/account/feedback/${encodeURIComponent(told.reference)}`;

export const feedbackMails = {
  feedback_received: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ reference, replyDueAt: z.number().nullable() }),
    link: thread,
  }),
  feedback_answered: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ reference, text: z.string(), state: z.enum(['answered', 'waiting', 'resolved']) }),
    link: thread,
  }),
  case_state: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ reference, state: z.enum(['open', 'waiting', 'resolved', 'closed']) }),
    link: thread,
  }),
  /** To staff. */
  case_overdue: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ reference, dueAt: z.number(), isYours: z.boolean() }),
    link: (told) => `/console/feedback/${encodeURIComponent(told.reference)}`,
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof feedbackMails> {}
}

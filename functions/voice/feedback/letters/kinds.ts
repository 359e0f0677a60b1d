import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { aboutAccount } from '../../../ground/outbox/shapes.ts';

const reference = z.string();
const thread = (told: { reference: string }) => `/account/feedback/${encodeURIComponent(told.reference)}`;

const caseStates = ['open', 'waiting', 'resolved', 'closed'] as const;

export const feedbackMails = {
  feedback_received: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({ reference, replyDueAt: z.number().nullable(), ...aboutAccount }),
    link: thread,
    own: {
      samples: () => ({
        answer: { reference: 'K7QX-M2PD', replyDueAt: Date.UTC(2026, 11, 31, 12) },
        read: { reference: 'K7QX-M2PD', replyDueAt: null },
      }),
      caseOf: ({ replyDueAt }) => (replyDueAt === null ? 'read' : 'answer'),
      values: (told) => ({ reference: told.reference }),
    },
  }),
  feedback_answered: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({
      ...{ reference, text: z.string(), state: z.enum(['answered', 'waiting', 'resolved']) },
      ...aboutAccount,
    }),
    link: thread,
    own: {
      samples: () => ({
        standard: {
          reference: 'K7QX-M2PD',
          text: 'We are sorry. A new one is on its way.',
          state: 'answered' as const,
        },
      }),
      values: ({ text, ...told }) => ({ reference: told.reference, text }),
      required: ['text'],
    },
  }),
  case_state: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({ reference, state: z.enum(caseStates), ...aboutAccount }),
    link: thread,
    own: {
      samples: () =>
        Object.fromEntries(caseStates.map((state) => [state, { reference: 'K7QX-M2PD', state }])),
      caseOf: ({ state }) => state,
      values: (told) => ({ reference: told.reference }),
    },
  }),
  /** To staff: a cause that was called mended has come back, or its day has come. `dueOn` is a business day. */
  cause_waits: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({
      ...{ causeId: z.string(), name: z.string(), why: z.enum(['back', 'due']) },
      ...{ reference: z.string().nullable(), dueOn: z.string().nullable() },
      /** Whether the change was shown to everybody; absent in mails of earlier releases. */
      wasShown: z.boolean().optional(),
    }),
    link: (told) => `/console/feedback/causes/${encodeURIComponent(told.causeId)}`,
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

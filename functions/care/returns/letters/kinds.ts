import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';
import { returnOutcomes } from '../terms.ts';

export const returnMails = {
  /** A step of a return: asked for, agreed to, declined, come, settled. */
  return_state: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({
      reference: z.string(),
      /** Of the order. */
      number: z.string(),
      state: z.enum(['requested', 'approved', 'received', 'settled', 'refused']),
      outcome: z.enum(returnOutcomes),
      /** What is given back as money and as credit, or was told that it will be; null for none. */
      money: amount.nullable(),
      credit: amount.nullable(),
      /** What staff say to it. */
      note: z.string().nullable(),
      /** Whether a label lies on its page. */
      hasLabel: z.boolean(),
      /** By language, where to bring or send things; empty where the business says nothing. */
      how: z.record(z.string(), z.string()),
    }),
    link: ({ reference }) => `/account/returns/${encodeURIComponent(reference)}`,
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof returnMails> {}
}

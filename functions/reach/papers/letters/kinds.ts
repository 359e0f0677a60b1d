import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { aboutAccount, amount } from '../../../ground/outbox/shapes.ts';
import { paperKinds } from '../paper.ts';

const sample = { id: '0', kind: 'invoice' as const, number: 'INV-2030-00017', order: 'A-1042' };

export const paperMails = {
  /** To who bought: an invoice or credit note is there to be seen. */
  paper_sent: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({
      ...{ id: z.string(), kind: z.enum(paperKinds), number: z.string() },
      /** The number of the order. */
      order: z.string(),
      total: amount,
      ...aboutAccount,
    }),
    link: ({ id }) => `/account/papers/${encodeURIComponent(id)}`,
    own: {
      samples: (sum) => ({
        invoice: { ...sample, total: sum(4200n) },
        credit_note: { ...sample, kind: 'credit_note' as const, number: 'CN-2030-00003', total: sum(-1400n) },
      }),
      caseOf: ({ kind }) => kind,
      values: ({ number, order }) => ({ number, order }),
      required: ['number'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof paperMails> {}
}

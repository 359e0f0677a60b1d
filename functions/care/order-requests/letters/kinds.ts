import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { aboutAccount, amount } from '../../../ground/outbox/shapes.ts';
import { requestKinds } from '../schema.ts';

const told = {
  reference: z.string(),
  kind: z.enum(requestKinds),
  /** The order to be had again, or to be cancelled. */
  number: z.string().nullable(),
};

const goods = {
  lines: z.array(z.object({ name: z.string(), quantity: z.number(), amount: amount.nullable() })),
  /** How many more lines there are. */
  more: z.number(),
  total: amount.nullable(),
  ownReference: z.string().nullable(),
  wishedOn: z.string().nullable(),
};

const page = ({ reference }: { reference: string }) => `/account/requests/${encodeURIComponent(reference)}`;

const sample = { reference: 'K7QX-M2PD', kind: 'again' as const, number: 'A-1042' };

export const requestMails = {
  /** To who asked. */
  order_request_received: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({ ...told, ...goods, ...aboutAccount }),
    link: page,
    own: {
      samples: () => {
        const none = { lines: [], more: 0, total: null, ownReference: null, wishedOn: null };
        return {
          goods: { ...sample, ...none },
          cancel: { ...sample, ...none, kind: 'cancel' as const },
        };
      },
      caseOf: ({ kind }) => (kind === 'cancel' ? 'cancel' : 'goods'),
      values: ({ reference, number }) => ({ reference, order: number }),
    },
  }),
  /** To the account's manager, else to the address of the business. */
  order_request_waits: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({ ...told, ...goods }),
    link: ({ reference }) => `/console/requests/${encodeURIComponent(reference)}`,
  }),
  /** To who asked: answered or declined, with the order that was made of it. */
  order_request_decided: mailKind({
    topic: 'service',
    urgency: 'owed',
    isPersonal: true,
    params: z.object({
      ...{ ...told, outcome: z.enum(['answered', 'declined']), text: z.string().nullable() },
      ...{ made: z.string().nullable(), ...aboutAccount },
    }),
    link: page,
    own: {
      samples: () => ({
        answered: { ...sample, outcome: 'answered' as const, text: 'It leaves tomorrow.', made: 'A-1107' },
        declined: { ...sample, outcome: 'declined' as const, text: 'We are out of it.', made: null },
        kept: {
          ...sample,
          kind: 'cancel' as const,
          outcome: 'declined' as const,
          text: 'It has left.',
          made: null,
        },
      }),
      // That an order is cancelled needs no more words.
      caseOf: ({ kind, outcome }) => (kind !== 'cancel' ? outcome : outcome === 'declined' ? 'kept' : null),
      values: ({ reference, number, made, text }) => ({
        reference,
        order: made ?? number,
        text,
      }),
      required: ['text'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof requestMails> {}
}

import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';

const common = {
  topic: 'service',
  urgency: 'owed',
  link: () => '/account/rewards',
} as const;

const about = {
  kind: z.enum(['payout', 'donation']),
  amount,
  /** Of a donation that names one. */
  cause: z.string().nullable(),
};

export const redemptionMails = {
  payout_paid: mailKind({
    ...common,
    params: z.object({ ...about, reference: z.string().nullable(), at: z.number() }),
    own: {
      samples: (sum) => ({
        payout: { kind: 'payout' as const, amount: sum(2000n), cause: null, reference: null, at: 0 },
        donation: {
          kind: 'donation' as const,
          amount: sum(500n),
          cause: 'Animal shelter',
          reference: null,
          at: 0,
        },
      }),
      caseOf: ({ kind }) => kind,
      values: ({ amount: sum, cause }, { formats }) => ({ amount: formats.money(sum), cause }),
      required: ['amount'],
    },
  }),
  /** The one before was a mistake. */
  payout_unpaid: mailKind({
    ...common,
    params: z.object(about),
    own: {
      samples: (sum) => ({
        payout: { kind: 'payout' as const, amount: sum(2000n), cause: null },
        donation: { kind: 'donation' as const, amount: sum(500n), cause: 'Animal shelter' },
      }),
      caseOf: ({ kind }) => kind,
      values: ({ amount: sum, cause }, { formats }) => ({ amount: formats.money(sum), cause }),
      required: ['amount'],
    },
  }),
  payout_returned: mailKind({
    ...common,
    params: z.object({ ...about, reason: z.string().nullable() }),
    own: {
      samples: (sum) => ({
        payout: { kind: 'payout' as const, amount: sum(2000n), cause: null, reason: null },
        donation: { kind: 'donation' as const, amount: sum(500n), cause: 'Animal shelter', reason: null },
      }),
      caseOf: ({ kind }) => kind,
      values: ({ amount: sum, cause }, { formats }) => ({ amount: formats.money(sum), cause }),
      required: ['amount'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof redemptionMails> {}
}

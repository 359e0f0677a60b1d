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
  }),
  /** The one before was a mistake. */
  payout_unpaid: mailKind({ ...common, params: z.object(about) }),
  payout_returned: mailKind({
    ...common,
    params: z.object({ ...about, reason: z.string().nullable() }),
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof redemptionMails> {}
}

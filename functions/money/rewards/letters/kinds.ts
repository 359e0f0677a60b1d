import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';

/** One name, or one in each language. */
const ruleName = z.union([z.string(), z.record(z.string(), z.string())]);

/** Without its code, for who may not see it, to what the account has. */
const linkOfVoucher = ({ code }: { code: string }) =>
  code === '' ? '/account/rewards' : `/account/rewards/vouchers/${encodeURIComponent(code)}`;

export const rewardMails = {
  target_reached: mailKind({
    topic: 'rewards',
    urgency: 'owed',
    params: z.object({
      ruleName,
      spend: amount,
      pays: amount,
      /** Whether a sum was reached, or each order brings its share. */
      by: z.enum(['target', 'share']).default('target'),
      /** The order that brought it. */
      number: z.string().nullable().default(null),
      /** What there is to spend now, and until when this reward can be spent. */
      balance: amount.nullable().default(null),
      expiresAt: z.number().nullable().default(null),
    }),
    link: () => '/account/rewards',
  }),
  nearly_there: mailKind({
    topic: 'rewards',
    urgency: 'bulk',
    /** `until`: the first day after the period, null for one that never ends. */
    params: z.object({ ruleName, missing: amount, pays: amount, until: z.string().nullable() }),
    link: () => '/account/rewards',
  }),
  voucher_issued: mailKind({
    topic: 'service',
    urgency: 'owed',
    params: z.object({
      code: z.string(),
      /** Whose balance or rule paid it: who may not spend there is not told the code. */
      rootId: z.string().default(''),
      /** The rule that paid it; null when it was bought with credit. */
      ruleName: ruleName.nullable().default(null),
      amount,
      minimum: amount.nullable(),
      expiresAt: z.number().nullable(),
    }),
    link: linkOfVoucher,
  }),
  credit_expiring: mailKind({
    topic: 'rewards',
    urgency: 'bulk',
    params: z.object({ amount, expiresAt: z.number(), days: z.number() }),
    link: () => '/account/rewards',
  }),
  voucher_expiring: mailKind({
    topic: 'rewards',
    urgency: 'bulk',
    params: z.object({
      code: z.string(),
      rootId: z.string(),
      amount,
      minimum: amount.nullable(),
      expiresAt: z.number(),
      days: z.number(),
    }),
    link: linkOfVoucher,
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof rewardMails> {}
}

import { z } from 'zod';
import { mailKind } from '../mail-kind.ts';
import { amount } from '../shapes.ts';

export const rewardMails = {
  target_reached: mailKind({
    topic: 'rewards',
    params: z.object({ ruleName: z.string(), spend: amount, pays: amount }),
    link: () => '/account/rewards',
  }),
  nearly_there: mailKind({
    topic: 'rewards',
    /** `until`: the first day after the period, null for one that never ends. */
    params: z.object({ ruleName: z.string(), missing: amount, pays: amount, until: z.string().nullable() }),
    link: () => '/account/rewards',
  }),
  voucher_issued: mailKind({
    topic: 'service',
    params: z.object({
      code: z.string(),
      amount,
      minimum: amount.nullable(),
      expiresAt: z.number().nullable(),
    }),
    link: () => '/account',
  }),
};

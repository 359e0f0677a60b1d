import { z } from 'zod';
import { mailKind } from '../mail-kind.ts';
import { amount } from '../shapes.ts';

export const rewardMails = {
  target_reached: mailKind({
    topic: 'rewards',
    params: z.object({ ruleName: z.string(), spend: amount, pays: amount }),
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

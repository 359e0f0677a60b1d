import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { referralReasons, referralStates } from './state.ts';

/** What `POST /referrals` answers and lists hold; no personal data. `reasons` are what it is held for. */
export const referralAnswer = z
  .object({
    id: z.string(),
    code: z.string(),
    referrerId: z.string(),
    customerId: z.string(),
    toldAt: instantAnswer,
    state: z.enum(referralStates),
    reasons: z.array(z.enum(referralReasons)),
    rewards: z.object({ referrer: moneyAnswer, customer: moneyAnswer }),
    minimum: moneyAnswer,
    waitingDays: z.int(),
  })
  .meta({ id: 'Referral' });
export type ReferralAnswer = z.infer<typeof referralAnswer>;

export const markAnswer = z.object({ customerId: z.string(), kind: z.string() }).meta({ id: 'Mark' });
export type MarkAnswer = z.infer<typeof markAnswer>;

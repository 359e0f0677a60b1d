import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';
import { referralReasons } from '../state.ts';

const common = { topic: 'referral', urgency: 'owed', link: () => '/account/friends' } as const;
/** Whether the reader recommended, was recommended, or shares the account of both. */
const side = z.enum(['own', 'friend', 'both']);

export const referralMails = {
  referral_joined: mailKind({ ...common, params: z.object({ own: amount, minimum: amount }) }),
  referral_rewarded: mailKind({ ...common, params: z.object({ side, amount }) }),
  referral_held: mailKind({ ...common, params: z.object({ reasons: z.array(z.enum(referralReasons)) }) }),
  referral_declined: mailKind({ ...common, params: z.object({ text: z.string(), wasPaid: z.boolean() }) }),
  referral_returned: mailKind({ ...common, params: z.object({ side, amount }) }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof referralMails> {}
}

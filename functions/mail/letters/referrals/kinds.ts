import { z } from 'zod';
import { referralReasons } from '../../../referrals/state.ts';
import { mailKind } from '../mail-kind.ts';
import { amount } from '../shapes.ts';

const topic = 'referral';
const link = () => '/account/friends';
/** Whether the reader recommended, was recommended, or shares the account of both. */
const side = z.enum(['own', 'friend', 'both']);

export const referralMails = {
  referral_joined: mailKind({ topic, params: z.object({ own: amount, minimum: amount }), link }),
  referral_rewarded: mailKind({ topic, params: z.object({ side, amount }), link }),
  referral_held: mailKind({ topic, params: z.object({ reasons: z.array(z.enum(referralReasons)) }), link }),
  referral_declined: mailKind({ topic, params: z.object({ text: z.string(), wasPaid: z.boolean() }), link }),
  referral_returned: mailKind({ topic, params: z.object({ side, amount }), link }),
};

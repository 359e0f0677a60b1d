import { z } from 'zod';
import { mailKind, type ParamsOf } from '../../../ground/outbox/letter-kind.ts';
import { amount } from '../../../ground/outbox/shapes.ts';
import { referralReasons } from '../state.ts';

const common = { topic: 'referral', urgency: 'owed', link: () => '/account/friends' } as const;
/** Whether the reader recommended, was recommended, or shares the account of both. */
const side = z.enum(['own', 'friend', 'both']);

export const referralMails = {
  referral_joined: mailKind({
    ...common,
    params: z.object({ own: amount, minimum: amount }),
    own: {
      samples: (sum) => ({
        minimum: { own: sum(500n), minimum: sum(2000n) },
        any: { own: sum(500n), minimum: sum(0n) },
      }),
      caseOf: ({ minimum }) => (minimum.minor > 0n ? 'minimum' : 'any'),
      values: ({ own, minimum }, { formats }) => ({
        amount: formats.money(own),
        minimum: minimum.minor > 0n ? formats.money(minimum) : null,
      }),
    },
  }),
  referral_rewarded: mailKind({
    ...common,
    params: z.object({ side, amount }),
    own: {
      samples: (sum) => ({
        own: { side: 'own' as const, amount: sum(500n) },
        friend: { side: 'friend' as const, amount: sum(500n) },
      }),
      caseOf: ({ side: reader }) => (reader === 'friend' ? 'friend' : 'own'),
      values: ({ amount: sum }, { formats }) => ({ amount: formats.money(sum) }),
    },
  }),
  referral_held: mailKind({ ...common, params: z.object({ reasons: z.array(z.enum(referralReasons)) }) }),
  referral_declined: mailKind({
    ...common,
    params: z.object({ text: z.string(), wasPaid: z.boolean() }),
    own: {
      samples: () => ({
        unpaid: { text: 'Both of you live at one address.', wasPaid: false },
        paid: { text: 'Both of you live at one address.', wasPaid: true },
      }),
      caseOf: ({ wasPaid }) => (wasPaid ? 'paid' : 'unpaid'),
      values: ({ text }) => ({ text }),
      required: ['text'],
    },
  }),
  referral_returned: mailKind({
    ...common,
    params: z.object({ side, amount }),
    own: {
      samples: (sum) => ({
        own: { side: 'own' as const, amount: sum(500n) },
        friend: { side: 'friend' as const, amount: sum(500n) },
      }),
      caseOf: ({ side: reader }) => (reader === 'friend' ? 'friend' : 'own'),
      values: ({ amount: sum }, { formats }) => ({ amount: formats.money(sum) }),
      required: ['amount'],
    },
  }),
};

declare module '../../../ground/outbox/letter-kind.ts' {
  interface LetterParams extends ParamsOf<typeof referralMails> {}
}

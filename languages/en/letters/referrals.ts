import type { referralMails } from '../../../functions/circle/referrals/letters/kinds.ts';
import type { ReferralReason } from '../../../functions/circle/referrals/state.ts';
import type { Letters } from '../../../functions/ground/outbox/letter-kind.ts';

const reasonsInWords: Record<ReferralReason, string> = {
  same_person: 'your names or addresses look like the same person’s',
  same_address: 'you seem to live or work at the same place',
  same_payment_mark: 'you both paid with the same card or account',
  same_device: 'you both used the same device',
  existing_customer: 'your friend has bought from us before',
  too_many: 'you recommended us to many people this month',
  disposable_mail: 'your friend uses a temporary email address',
};

export const referrals: Letters<typeof referralMails> = {
  referral_joined: ({ own, minimum }, { business, formats }) => ({
    subject: `A friend of yours has joined ${business}`,
    heading: 'Your friend is here',
    paragraphs: [
      'Someone joined with your code. Thank you for recommending us!',
      minimum.minor > 0n
        ? `You get ${formats.money(own)} once their first order of at least ${formats.money(minimum)} is delivered and can no longer be returned.`
        : `You get ${formats.money(own)} once their first order is delivered and can no longer be returned.`,
    ],
    button: 'See your recommendations',
    notes: ['You do not need to do anything: we will email you.'],
  }),
  referral_rewarded: ({ side, amount }, { business, formats }) => ({
    subject:
      side === 'friend'
        ? `${formats.money(amount)} for your first order`
        : `${formats.money(amount)} for recommending us`,
    heading: side === 'friend' ? 'Welcome, and here is your gift' : 'Thank you for recommending us',
    paragraphs: [
      side === 'friend'
        ? `A friend recommended ${business} to you, and your first order has gone through: ${formats.money(amount)} is in your account.`
        : `Your friend’s first order has gone through, so ${formats.money(amount)} is in your account. Thank you for spreading the word.`,
    ],
    button: 'See your recommendations',
    notes: ['If the order is returned, we take it back and tell you.'],
  }),
  referral_held: ({ reasons }) => ({
    subject: 'We are looking at your recommendation',
    heading: 'Being checked',
    paragraphs: [
      'One of us checks your recommendation before we pay. You will not lose anything, however long it takes. The reason:',
      ...reasons.map((reason) => `– ${reasonsInWords[reason]}.`),
    ],
    button: 'Tell us more',
    notes: ['If there is a simple explanation, tell us and we will read it.'],
  }),
  referral_declined: ({ text, wasPaid }) => ({
    subject: 'About your recommendation',
    heading: 'We could not accept this recommendation',
    paragraphs: [text, ...(wasPaid ? ['The rewards for it have been taken back from both accounts.'] : [])],
    button: 'Ask us to look again',
    notes: ['If you think this is wrong, tell us. We will read it and can change our decision.'],
  }),
  referral_returned: ({ side, amount }, { formats }) => ({
    subject: `${formats.money(amount)} taken back after a return`,
    heading: side === 'friend' ? 'Your welcome gift was taken back' : 'A reward was taken back',
    paragraphs: [
      side === 'friend'
        ? `Your order was returned, so the ${formats.money(amount)} gift for it has been taken back.`
        : `Your friend’s order was returned, so the ${formats.money(amount)} you got for it has been taken back.`,
      'The next order that counts pays it again.',
    ],
    button: 'See your recommendations',
    notes: [],
  }),
};

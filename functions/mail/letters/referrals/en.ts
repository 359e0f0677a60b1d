import type { ReferralReason } from '../../../referrals/state.ts';
import type { Letters } from '../mail-kind.ts';
import type { referralMails } from './kinds.ts';

const reasonsInWords: Record<ReferralReason, string> = {
  same_person: 'your addresses or names look like those of one person',
  same_address: 'you seem to live or work at one place',
  same_payment_mark: 'you paid by the same means',
  same_device: 'you used the same device',
  existing_customer: 'your friend bought from us before',
  too_many: 'you recommended us to many people this month',
  disposable_mail: "your friend's mailbox is a temporary one",
};

export const en: Letters<typeof referralMails> = {
  referral_joined: ({ own, minimum }, { business, formats }) => ({
    subject: `A friend of yours has joined ${business}`,
    heading: 'Your friend is here',
    paragraphs: [
      'Somebody joined with your code. Thank you for recommending us!',
      minimum.minor > 0n
        ? `You get ${formats.money(own)} once their first order of at least ${formats.money(minimum)} is delivered and can no longer be returned.`
        : `You get ${formats.money(own)} once their first order is delivered and can no longer be returned.`,
    ],
    button: 'See your recommendations',
    notes: ['Nothing to do: we will tell you.'],
  }),
  referral_rewarded: ({ side, amount }, { business, formats }) => ({
    subject:
      side === 'friend'
        ? `${formats.money(amount)} for your first order`
        : `${formats.money(amount)} for recommending us`,
    heading: side === 'friend' ? 'Welcome, and here is your gift' : 'Thank you for recommending us',
    paragraphs: [
      side === 'friend'
        ? `A friend recommended ${business} to you, and your first order is settled: ${formats.money(amount)} are in your account.`
        : `Your friend's first order is settled, so ${formats.money(amount)} are in your account. It means a lot to us that you spoke well of us.`,
    ],
    button: 'See your recommendations',
    notes: ['If the order is returned, we take it back and tell you.'],
  }),
  referral_held: ({ reasons }) => ({
    subject: 'We are looking at your recommendation',
    heading: 'Being checked',
    paragraphs: [
      'Before we pay for your recommendation, one of us looks at it. Nothing is lost, however long it takes. We look because:',
      ...reasons.map((reason) => `– ${reasonsInWords[reason]}.`),
    ],
    button: 'Tell us more',
    notes: ['If there is a simple explanation, write it there and we will read it.'],
  }),
  referral_declined: ({ text, wasPaid }) => ({
    subject: 'About your recommendation',
    heading: 'We could not accept this recommendation',
    paragraphs: [text, ...(wasPaid ? ['What we had paid for it is taken back from both accounts.'] : [])],
    button: 'Ask us to look again',
    notes: ['If you see it otherwise, tell us. We read it, and decisions can be changed.'],
  }),
  referral_returned: ({ side, amount }, { formats }) => ({
    subject: `${formats.money(amount)} taken back after a return`,
    heading: side === 'friend' ? 'Your welcome gift was taken back' : 'A reward was taken back',
    paragraphs: [
      side === 'friend'
        ? `Your order came back, so the ${formats.money(amount)} that belonged to it are taken out of your account again.`
        : `Your friend's order came back, so the ${formats.money(amount)} you got for it are taken out of your account again.`,
      'With the next order that qualifies it is paid again.',
    ],
    button: 'See your recommendations',
    notes: [],
  }),
};

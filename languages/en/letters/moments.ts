import type { momentMails } from '../../../functions/care/moments/letters/kinds.ts';
import { fact, type Letters } from '../../../functions/ground/outbox/letter-kind.ts';

export const moments: Letters<typeof momentMails> = {
  query_thanks: () => ({
    subject: 'Thank you for getting in touch',
    heading: 'Thank you for getting in touch',
    paragraphs: [
      'We answered you recently, and hope that it helped.',
      'If anything is still open, write to us. We are glad to hear from you again.',
    ],
    button: 'Write to us',
    notes: [],
  }),
  second_purchase: ({ product, firstOn }, { business, formats }) => ({
    subject: `How was your first purchase from ${business}?`,
    heading: 'How did you like it?',
    paragraphs: [
      `You bought from us for the first time on ${formats.date(firstOn)}. Thank you for giving us a try.`,
      ...(product === null ? [] : [`If you liked ${product}, there is more of it, and more to discover.`]),
      'We would be glad to see you again.',
    ],
    button: 'Visit the shop',
    notes: [],
  }),
  reorder_due: ({ product, lastOn }, { formats }) => ({
    subject: product === null ? 'Is it time for more?' : `Is it time for more? ${product}`,
    heading: 'Is it time for more?',
    paragraphs: [
      `Your last order was on ${formats.date(lastOn)}. Going by how often you usually order, you may be running low.`,
      ...(product === null ? [] : [`Last time it was ${product}.`]),
    ],
    button: 'Order again',
    notes: [],
  }),
  reward_unseen: ({ amount }, { formats }) => ({
    subject: `${formats.money(amount)} is waiting for you`,
    heading: `You have ${formats.money(amount)} to spend`,
    paragraphs: [
      `You have ${formats.money(amount)} that you may not have seen yet. It is yours: spend it at the till, or turn it into a voucher.`,
    ],
    button: 'See your rewards',
    notes: ['We tell you this once.'],
  }),
  referral_ask: ({ own, friend, minimum }, { formats }) => ({
    subject: 'Do you know somebody who would like us, too?',
    heading: 'Thank you for your kind words',
    paragraphs: [
      'If you know somebody who would like us, too, give them your code.',
      `They get ${formats.money(friend)} and you get ${formats.money(own)} once they have ordered.`,
    ],
    facts: minimum.minor > 0n ? [fact('For a first order of at least', formats.money(minimum))] : [],
    button: 'See my code',
    notes: [],
  }),
  testimonial_ask: (_params, { business }) => ({
    subject: `May ${business} quote you?`,
    heading: 'May we quote you?',
    paragraphs: [
      'You said something kind about us. Others who do not know us yet would like to read it in your own words.',
      'Two sentences are enough. You choose the name that stands below them, and can take them back at any time.',
    ],
    button: 'Write a few words',
    notes: [],
  }),
  late_parcel: ({ number, promisedBy }, { formats }) => ({
    subject: `Your order ${number} is late`,
    heading: 'Your parcel is late, and we are sorry',
    paragraphs: [
      `We promised order ${number} by ${formats.date(promisedBy)}, and it has not arrived yet. You do not need to ask: we are looking into it.`,
      'As soon as we know more, you will find it with your order. If you need it by a certain day, tell us.',
    ],
    facts: [fact('Order', number), fact('Promised by', formats.date(promisedBy))],
    button: 'See the order',
    notes: [],
  }),
  social_thanks: ({ kind, amount }, { business, formats }) => ({
    subject:
      kind === 'follow'
        ? `${formats.money(amount)} from us, for following ${business}`
        : `${formats.money(amount)} from us, for your post about ${business}`,
    heading: kind === 'follow' ? 'Thank you for following us' : 'Thank you for your post',
    paragraphs: [
      kind === 'follow'
        ? `It is good to have you with us. As a thank-you there is ${formats.money(amount)} in your account.`
        : `We have read what you wrote about us. As a thank-you there is ${formats.money(amount)} in your account, whatever you wrote.`,
    ],
    button: 'See your credit',
    notes: [],
  }),
};

import type { Template } from '../../ground/outbox/letter-kind.ts';
import { type CareMoment, type MomentName, momentKey, momentOf } from '../../ground/settings/moment.ts';
import { amountOf, wholeNumber } from '../../ground/settings/policy.ts';

declare module '../../ground/settings/moment.ts' {
  interface MomentNames {
    query_thanks: true;
    second_purchase: true;
    reorder: true;
    reward_unseen: true;
    referral_ask: true;
    testimonial_ask: true;
    lapsed_call: true;
    late_parcel: true;
    social_thanks: true;
  }
}

/** A whole number of days that a moment waits, or comes before. */
const days = (
  name: MomentName,
  { standard, from = 1, to, about }: { standard: number; from?: number; to: number; about: string },
) => wholeNumber({ key: momentKey(name, 'days'), standard, from, to, about });

export const queryThanksDays = days('query_thanks', {
  standard: 2,
  to: 30,
  about: 'how many days after their question was answered customers are thanked for it',
});
export const queryThanks = momentOf({
  name: 'query_thanks',
  purpose: 'service',
  about: 'whether customers are thanked some days after a question of theirs was answered',
  settings: [queryThanksDays],
  templates: ['query_thanks'],
});

/** Mails that sell. */
export const salesMails = ['second_purchase', 'reorder_due'] as const satisfies readonly Template[];

export const secondPurchaseDays = days('second_purchase', {
  standard: 21,
  from: 3,
  to: 180,
  about: 'how many days after their first purchase customers who have not come back are written to',
});
export const secondPurchase = momentOf({
  name: 'second_purchase',
  purpose: 'sales',
  about: 'whether customers who bought once are invited to come back',
  settings: [secondPurchaseDays],
  templates: ['second_purchase'],
});

export const reorderDays = days('reorder', {
  standard: 2,
  from: 0,
  to: 14,
  about: 'how many days before they are expected to buy again customers are written to',
});
export const reorder = momentOf({
  name: 'reorder',
  purpose: 'sales',
  about: 'whether customers are told when they are about to need more',
  settings: [reorderDays],
  templates: ['reorder_due'],
});

export const rewardUnseenDays = days('reward_unseen', {
  standard: 30,
  from: 7,
  to: 180,
  about: 'after how many days customers are told again of a reward that they have not looked at',
});
export const rewardUnseen = momentOf({
  name: 'reward_unseen',
  purpose: 'service',
  about: 'whether customers are told once more of a reward that they have not looked at',
  settings: [rewardUnseenDays],
  templates: ['reward_unseen'],
});

export const referralAskDays = days('referral_ask', {
  standard: 1,
  to: 30,
  about: 'how many days after their praise customers are asked to recommend the business',
});
export const referralAsk = momentOf({
  name: 'referral_ask',
  purpose: 'news',
  about: 'whether customers who praised the business, or gave it a 9 or 10, are asked to recommend it',
  settings: [referralAskDays],
  templates: ['referral_ask'],
});

export const testimonialAskDays = days('testimonial_ask', {
  standard: 10,
  to: 60,
  about: 'how many days after their praise customers are asked for words that may be quoted',
});
export const testimonialAsk = momentOf({
  name: 'testimonial_ask',
  purpose: 'news',
  about: 'whether customers who praised the business are asked for words that may be quoted',
  settings: [testimonialAskDays],
  templates: ['testimonial_ask'],
});

export const lapsedCallsMost = wholeNumber({
  key: momentKey('lapsed_call', 'most'),
  standard: 5,
  from: 1,
  to: 100,
  about: 'how many calls to customers who stopped buying are asked for on one day at the most',
});
export const lapsedCall = momentOf({
  name: 'lapsed_call',
  purpose: 'service',
  about: 'whether the team is asked to call customers who stopped buying',
  settings: [lapsedCallsMost],
  templates: [],
});

export const lateParcelDays = days('late_parcel', {
  standard: 1,
  to: 14,
  about: 'how many days after the promised day customers are told that a parcel is late',
});
export const lateParcel = momentOf({
  name: 'late_parcel',
  purpose: 'service',
  about: 'whether customers are told that a parcel is late before they ask',
  settings: [lateParcelDays],
  templates: ['late_parcel'],
});

export const socialThanksAmount = amountOf({
  key: momentKey('social_thanks', 'amount'),
  standard: '2.00',
  needsProof: true,
  about: 'what customers get for following the business, or for a post about it',
});
/** Within a year, so that nobody makes a living of it. */
export const socialThanksMost = wholeNumber({
  key: momentKey('social_thanks', 'most'),
  standard: 4,
  from: 1,
  to: 50,
  about: 'how often one customer is thanked so within 365 days at the most',
});
export const socialThanks = momentOf({
  name: 'social_thanks',
  purpose: 'service',
  needsProof: true,
  about: 'whether customers get something for following the business, or for a post about it',
  settings: [socialThanksAmount, socialThanksMost],
  templates: ['social_thanks'],
});

/** Those of this room, in the order in which they look for whom they concern: what is owed first, what sells last. */
export const ownMoments: readonly CareMoment[] = [
  lateParcel,
  socialThanks,
  rewardUnseen,
  queryThanks,
  testimonialAsk,
  referralAsk,
  lapsedCall,
  reorder,
  secondPurchase,
];

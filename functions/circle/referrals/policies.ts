import { amountOf, onOrOff, wholeNumber } from '../../ground/settings/policy.ts';

export const referral = onOrOff({
  key: 'referral',
  needsProof: true,
  about: 'whether recommending the business is rewarded',
});

export const referralOwn = amountOf({
  key: 'referralOwn',
  needsProof: true,
  standard: '5.00',
  about: 'what who recommends gets',
});

export const referralFriend = amountOf({
  key: 'referralFriend',
  needsProof: true,
  standard: '5.00',
  about: 'what who was recommended gets',
});

export const referralMinimum = amountOf({
  key: 'referralMinimum',
  needsProof: true,
  standard: '20.00',
  about: "what the friend's order has to be worth after refunds",
});

export const referralMaxPerMonth = wholeNumber({
  key: 'referralMaxPerMonth',
  needsProof: true,
  from: 1,
  to: 9999,
  standard: 10,
  about: 'how many people one person recommends in a month before staff look',
});

import { momentKey, momentOf } from '../../ground/settings/moment.ts';
import { wholeNumber } from '../../ground/settings/policy.ts';

declare module '../../ground/settings/moment.ts' {
  interface MomentNames {
    nearly_there: true;
    ending_soon: true;
  }
}

/** How much of the way to a target may be missing for it to be nearly reached. */
export const nearlyPercent = wholeNumber({
  key: momentKey('nearly_there', 'percent'),
  standard: 10,
  from: 1,
  to: 50,
  about: 'how much of the way to a target may be left for it to be nearly reached, in per cent',
});

export const nearlyMoment = momentOf({
  name: 'nearly_there',
  purpose: 'news',
  about: 'whether customers are told that they are nearly at a target',
  standard: 'on',
  settings: [nearlyPercent],
  templates: ['nearly_there'],
});

/** How many days before their end credit and vouchers are told of the first time. */
export const endingFirstDays = wholeNumber({
  key: momentKey('ending_soon', 'first'),
  standard: 30,
  from: 8,
  to: 180,
  about: 'how many days before its end credit or a voucher is told of the first time',
});

/** The same the second and last time. */
export const endingLastDays = wholeNumber({
  key: momentKey('ending_soon', 'last'),
  standard: 7,
  from: 2,
  to: 7,
  about: 'how many days before its end credit or a voucher is told of the last time',
});

export const endingMoment = momentOf({
  name: 'ending_soon',
  purpose: 'service',
  about: 'whether customers are told that credit or a voucher of theirs ends soon',
  standard: 'on',
  settings: [endingFirstDays, endingLastDays],
  templates: ['credit_expiring', 'voucher_expiring'],
});

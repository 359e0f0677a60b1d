import { wholeNumber } from '../../ground/settings/policy.ts';

/** Two years and the month that is compared with theirs. */
export const hitsMonths = wholeNumber({
  key: 'hitsMonths',
  standard: 25,
  from: 1,
  to: 120,
  about: 'for how many months it is kept how often pages were read',
});

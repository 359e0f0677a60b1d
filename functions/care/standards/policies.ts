import { wholeNumber } from '../../ground/settings/policy.ts';

/** For so many cases of a month closed within the standard somebody is thanked; 0 for never. */
export const thanksEvery = wholeNumber({
  key: 'thanksEvery',
  standard: 10,
  from: 0,
  to: 1000,
  about: 'for how many cases of a month closed in time somebody of the team is thanked, 0 for never',
});

import { wholeNumber } from '../../ground/settings/policy.ts';

/** How long one person is left alone between two invitations to surveys. */
export const surveyRestDays = wholeNumber({
  key: 'surveyRestDays',
  from: 0,
  to: 999,
  standard: 60,
  about: 'days between two survey invitations of one person',
});

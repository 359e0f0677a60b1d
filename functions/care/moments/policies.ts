import { wholeNumber } from '../../ground/settings/policy.ts';

/** From which hour of the business's clock on moments look for whom they concern. */
export const momentHour = wholeNumber({
  key: 'momentHour',
  standard: 9,
  from: 0,
  to: 20,
  about: 'from which hour of the day on messages of moments are written',
});

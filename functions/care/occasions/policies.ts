import { wholeNumber } from '../../ground/settings/policy.ts';

/** From which hour of the business's clock on customers are wished well on their days. */
export const wishHour = wholeNumber({
  key: 'wishHour',
  standard: 8,
  from: 0,
  to: 20,
  about: 'from which hour of the day on customers are wished well on their birthday and other days',
});

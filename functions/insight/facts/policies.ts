import { wholeNumber } from '../../ground/settings/policy.ts';

export const premiumShare = wholeNumber({
  key: 'premiumShare',
  from: 0,
  to: 100,
  standard: 20,
  about: 'how many per cent of those who bought within a year are premium by what they spent',
});

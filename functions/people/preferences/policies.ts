import { wholeNumber } from '../../ground/settings/policy.ts';

/** How much that nobody asked for may reach one customer within seven days, by whatever channel (DOMAIN §6). */
export const weeklyLimit = wholeNumber({
  key: 'weeklyLimit',
  standard: 2,
  from: 0,
  to: 14,
  about:
    'how many messages that they did not ask for may reach one customer within seven days, calls included',
});

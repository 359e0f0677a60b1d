import type { Business } from '../../money/business/business.ts';

/** ISO 4217 for "no currency": of an account without orders while the business has not set one either. */
const NO_CURRENCY = 'XXX';

/** The currency of an account's rewards: the business's, else the one most of its orders have. */
export function accountCurrency(business: Business, spend: readonly { currency: string }[]): string {
  return business.currency ?? spend[0]?.currency ?? NO_CURRENCY;
}

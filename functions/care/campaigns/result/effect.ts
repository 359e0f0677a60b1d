import { tQuantile975 } from './t-quantile.ts';

/** What some accounts spent, summed up: how many there are, and of their sums Σx and Σx². */
export interface SpendShare {
  accounts: number;
  sum: number;
  sumOfSquares: number;
}

/** The difference of two means with what it lies in 95 of 100 times; in the unit of the sums. */
export interface Estimate {
  difference: number;
  from: number;
  to: number;
}

export type CampaignEffect =
  /** Fewer than {@link ACCOUNTS_MIN} on one side: no interval would mean anything. */
  | { state: 'too_few'; estimate: null }
  /** It might as well have done nothing. */
  | { state: 'cannot_tell'; estimate: Estimate }
  | { state: 'told'; estimate: Estimate };

export const ACCOUNTS_MIN = 10;

/**
 * What being told changed: the difference of means between the told and the held back with a 95 % interval by Welch, since the two
 * differ in size and spread (DOMAIN §5, Effect).
 */
export function effectOf(told: SpendShare, held: SpendShare): CampaignEffect {
  if (told.accounts < ACCOUNTS_MIN || held.accounts < ACCOUNTS_MIN)
    return { state: 'too_few', estimate: null };
  const [one, other] = [momentsOf(told), momentsOf(held)];
  const difference = one.mean - other.mean;
  const squaredError = one.ofMean + other.ofMean;
  const freedom =
    squaredError === 0
      ? told.accounts + held.accounts - 2
      : squaredError ** 2 / (one.ofMean ** 2 / (told.accounts - 1) + other.ofMean ** 2 / (held.accounts - 1));
  const reach = tQuantile975(freedom) * Math.sqrt(squaredError);
  const estimate = { difference, from: difference - reach, to: difference + reach };
  return { state: estimate.from <= 0 && estimate.to >= 0 ? 'cannot_tell' : 'told', estimate };
}

/** The mean of a share, and the variance of that mean. */
function momentsOf({ accounts, sum, sumOfSquares }: SpendShare): { mean: number; ofMean: number } {
  const mean = sum / accounts;
  const variance = Math.max(0, (sumOfSquares - accounts * mean ** 2) / (accounts - 1));
  return { mean, ofMean: variance / accounts };
}

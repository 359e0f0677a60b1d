import { compare } from './compare.ts';

/**
 * Shares `amount` out over `weights` in proportion, in whole minor units that add up exactly: each gets its floor, and
 * what is left goes one by one to the largest remainders, the earlier first. No share is above its weight; an amount
 * above Σ weights is cut down to it.
 */
export function allocate(amount: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0n);
  if (sum === 0n || amount <= 0n) return weights.map(() => 0n);
  const shared = amount < sum ? amount : sum;
  const shares = weights.map((weight) => (weight * shared) / sum);
  const left = shared - shares.reduce((total, share) => total + share, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (weight * shared) % sum }))
    .sort((a, b) => compare(b.remainder, a.remainder) || a.index - b.index);
  for (const { index } of byRemainder.slice(0, Number(left))) shares[index] = (shares[index] ?? 0n) + 1n;
  return shares;
}

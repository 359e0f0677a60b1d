import type { FitTarget } from '../fits/fit.ts';
import type { FitMethod } from '../fits/fit-counts.ts';
import type { CountChances } from './counts.ts';
import type { ParameterValues } from './model.ts';
import { incompleteBeta, logGamma } from './special-functions.ts';

/** What accounts spent on their repeat purchase days: how many there were, and the mean of them in minor units. */
export interface RepeatSpending {
  x: Float64Array;
  mean: Float64Array;
}

/**
 * Gamma-gamma: what an account spends on a purchase day is Gamma(p, ν), its ν is Gamma(q, v), and neither has to do with
 * how often it buys. Fader, Hardie and Lee (2005), "RFM and CLV: using iso-value curves for customer base analysis",
 * Journal of Marketing Research 42(4); Fader and Hardie (2013), "The gamma-gamma model of monetary value".
 */
export function spendTarget({ x, mean }: RepeatSpending, method: FitMethod): FitTarget {
  const seen = [...x.keys()].filter((i) => (x[i] ?? 0) > 0 && (mean[i] ?? 0) > 0);
  const usual = seen.reduce((sum, i) => sum + (mean[i] ?? 0), 0) / Math.max(1, seen.length);
  const logDensity = ([p = 0, q = 0, v = 0]: ParameterValues) => {
    const front = q * Math.log(v) - logGamma(q);
    let sum = 0;
    for (const i of seen) {
      const [count, each] = [x[i] ?? 0, mean[i] ?? 0];
      const shape = p * count;
      const gammas = logGamma(shape + q) - logGamma(shape);
      const spread = shape * Math.log(count * each) - (shape + q) * Math.log(v + count * each);
      sum += front + gammas + spread - Math.log(each);
    }
    return sum;
  };
  return {
    parameters: ['p', 'q', 'v'],
    starts: [
      [4, 4, 0.75 * usual],
      [1, 2, usual],
    ],
    logDensity: (values) => logDensity(values) + (method === 'map' ? logSpendPrior(values, usual) : 0),
  };
}

/** An account's repeat purchase days and what it spent on all of them together. */
export interface SpentSoFar {
  x: number;
  sum: number;
}

/**
 * What an account is expected to spend on a purchase day: between its own mean and that of all. Null where it bought once
 * and q ≤ 1, for which the mean of all does not exist.
 */
export function expectedSpend({ x, sum }: SpentSoFar, [p = 0, q = 0, v = 0]: ParameterValues): number | null {
  const weight = p * x + q - 1;
  return weight > 0 ? (p * (v + sum)) / weight : null;
}

/**
 * The chance that an account spends more than nothing and no more than `amount` over a horizon with these chances of purchase
 * days. Given k of them, its sum over (v + what it spent) is beta prime with p·k and p·x + q.
 */
export function spendChance(
  { x, sum }: SpentSoFar,
  [p = 0, q = 0, v = 0]: ParameterValues,
  { chances, cells }: CountChances,
  amount: number,
): number {
  const share = amount / (amount + v + sum);
  let chance = 0;
  for (let k = 1; k < cells; k += 1) {
    const ofCount = chances[k] ?? 0;
    if (ofCount > NEGLIGIBLE) chance += ofCount * incompleteBeta(share, p * k, p * x + q);
  }
  return chance;
}

const NEGLIGIBLE = 1e-7;

/** With a chance of `level` an account spends no more than this; see {@link spendChance}. */
export function spendQuantile(
  spent: SpentSoFar,
  values: ParameterValues,
  counts: CountChances,
  level: number,
): number {
  const none = counts.chances[0] ?? 0;
  if (none >= level) return 0;
  const [, , v = 0] = values;
  const chanceUpTo = (amount: number) => none + spendChance(spent, values, counts, amount);
  const scale = v + spent.sum;
  let high = scale;
  while (chanceUpTo(high) < level && high < scale * 1e6) high *= 2;
  let low = 0;
  while (high - low > high * 1e-6) {
    const middle = (low + high) / 2;
    if (chanceUpTo(middle) < level) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Shapes around 4, and of all accounts the same mean spend a purchase day as was seen; each may well be three times as
 * much or a third. As ln of the density of the values' logarithms.
 */
function logSpendPrior([p = 1, q = 1, v = 1]: ParameterValues, usual: number): number {
  const distances = [Math.log(p / 4), Math.log(q / 4), Math.log(v / (0.75 * usual))];
  return -distances.reduce((sum, distance) => sum + distance ** 2, 0) / 2;
}

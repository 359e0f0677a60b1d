import { type Interval, meanIntervalOf, tPoint, Z95 } from '../../voice/surveys/intervals.ts';

/** Sums over contacts of one account: each counts once, by the newest answer. */
export interface Sums {
  n: number;
  sum: number;
  squares: number;
}

export interface Opinion {
  /** Contacts that answered. */
  n: number;
  mean: number;
  /** Null while too few answered to tell. */
  interval: Interval | null;
}

/** Of fewer contacts no interval is told: it would span the scale. */
const CONTACTS_MIN = 3;

/**
 * What the contacts of an account think, with Student's interval of 95 %: the spread between contacts is not known beforehand and is
 * taken from the few there are, so that with three of them it is wide, as it should be. Null where nobody answered.
 */
export function opinionOf({ n, sum, squares }: Sums, scale: Interval): Opinion | null {
  if (n === 0) return null;
  const mean = sum / n;
  const interval =
    n < CONTACTS_MIN ? null : meanIntervalOf({ n, mean, squares: spreadOf({ n, sum, squares }) }, scale);
  return { n, mean, interval };
}

/** Of the squares, what rounding may leave where there is no spread: answers are thirds and the like, not binary fractions. */
const ROUNDING = 1e-9;

/** The sum of squared distances from the mean; what rounding leaves beside zero is none. */
function spreadOf({ n, sum, squares }: Sums): number {
  const spread = squares - sum ** 2 / n;
  return spread <= ROUNDING * squares ? 0 : spread;
}

/** How much the answers of one person differ from the ones before, over all people who answered twice. */
export interface Noise {
  pairs: number;
  /** The standard deviation of the differences. */
  deviation: number;
}

/** From so many people on that answered twice, the noise of one answer is known well enough to judge another by it. */
const NOISE_PAIRS_MIN = 30;

export function noiseOf({ n, sum, squares }: Sums): Noise | null {
  return n < NOISE_PAIRS_MIN
    ? null
    : { pairs: n, deviation: Math.sqrt(spreadOf({ n, sum, squares }) / (n - 1)) };
}

export interface OpinionChange {
  /** Contacts that answered twice. */
  n: number;
  mean: number;
  interval: Interval | null;
  /** Whether it is more than the noise of answers: `null` while that cannot be told. */
  isBeyondNoise: boolean | null;
}

/**
 * How the contacts of an account changed, each compared with their own answer before. Where enough people of the business answered
 * twice, the noise of one answer is known from them (the reliable change index: N. S. Jacobson and P. Truax 1991, Journal of
 * Consulting and Clinical Psychology 59:12) and even one contact can be judged; else Student's interval of the account's own pairs,
 * three at the least. Null where nobody answered twice.
 */
export function changeOf({ n, sum, squares }: Sums, noise: Noise | null): OpinionChange | null {
  if (n === 0) return null;
  const mean = sum / n;
  const interval = changeInterval({ n, sum, squares }, noise);
  const isBeyondNoise = interval === null ? null : interval.from > 0 || interval.to < 0;
  return { n, mean, interval, isBeyondNoise };
}

function changeInterval(sums: Sums, noise: Noise | null): Interval | null {
  const mean = sums.sum / sums.n;
  if (noise !== null && noise.deviation > 0) {
    const half = (Z95 * noise.deviation) / Math.sqrt(sums.n);
    return { from: mean - half, to: mean + half };
  }
  if (sums.n < CONTACTS_MIN || spreadOf(sums) === 0) return null;
  const half = tPoint(sums.n - 1) * Math.sqrt(spreadOf(sums) / (sums.n - 1) / sums.n);
  return { from: mean - half, to: mean + half };
}

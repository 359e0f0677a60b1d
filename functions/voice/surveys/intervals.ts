/**
 * Two-sided intervals of 95 % for what few answers say about many customers. Each is of a kind that keeps its promise at
 * thirty answers, where the textbook interval (estimate ± 1.96 standard errors) does not.
 */

export interface Interval {
  from: number;
  to: number;
}

/** The 97.5 % point of the normal distribution. */
export const Z95 = 1.959963984540054;
const Z = Z95;

/**
 * Wilson's score interval of a share, 0 to 1. E. B. Wilson (1927), Journal of the American Statistical Association
 * 22:209; method 3 of R. G. Newcombe (1998), Statistics in Medicine 17:857.
 */
export function shareInterval(hits: number, n: number): Interval {
  if (n === 0) return { from: 0, to: 1 };
  const share = hits / n;
  const middle = share + Z ** 2 / (2 * n);
  const half = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const whole = 1 + Z ** 2 / n;
  return {
    from: hits === 0 ? 0 : Math.max(0, (middle - half) / whole),
    to: hits === n ? 1 : Math.min(1, (middle + half) / whole),
  };
}

/**
 * The interval of a net promoter score, the share of promoters less that of detractors, −1 to 1. Both shares come from one
 * trinomial sample, as the two kinds of discordant pairs do in a paired trial; so this is the score interval of T. Tango
 * (1998), Statistics in Medicine 17:891: all differences that a score test with the constrained maximum likelihood
 * variance would not refuse. B. Rocks (2016), The American Statistician 70:365, finds score-type intervals to be right
 * for this figure.
 */
export function netInterval({
  promoters,
  detractors,
  n,
}: {
  promoters: number;
  detractors: number;
  n: number;
}): Interval {
  if (n === 0) return { from: -1, to: 1 };
  const estimate = (promoters - detractors) / n;
  const refuses = (difference: number) => scoreTest({ promoters, detractors, n }, difference) > Z;
  return {
    from: refuses(-1) ? boundary(-1, estimate, refuses) : -1,
    to: refuses(1) ? boundary(1, estimate, refuses) : 1,
  };
}

/** The distance of a sample from a true difference, in standard errors under that difference. */
function scoreTest(sample: { promoters: number; detractors: number; n: number }, difference: number): number {
  const { promoters, detractors, n } = sample;
  const distance = Math.abs(promoters - detractors - n * difference);
  if (distance === 0) return 0;
  const b = -promoters - detractors + (2 * n - promoters + detractors) * difference;
  const c = -detractors * difference * (1 - difference);
  const share = (Math.sqrt(Math.max(0, b ** 2 - 8 * n * c)) - b) / (4 * n);
  const variance = n * (2 * share + difference * (1 - difference));
  return variance <= 0 ? Number.POSITIVE_INFINITY : distance / Math.sqrt(variance);
}

/** Where a test turns, between an end that it refuses and an estimate that it does not. */
function boundary(refused: number, accepted: number, refuses: (value: number) => boolean): number {
  let [out, inside] = [refused, accepted];
  for (let step = 0; step < 60; step += 1) {
    const middle = (out + inside) / 2;
    if (refuses(middle)) out = middle;
    else inside = middle;
  }
  return inside;
}

/** How often each step of a scale was chosen. */
export type Tally = ReadonlyMap<number, number>;

/**
 * Student's interval of a mean on a scale, kept within the scale. When all answers agree, Student's would have no width;
 * then as many customers as {@link shareInterval} allows may think otherwise, at the far ends.
 */
export function meanInterval(tally: Tally, scale: Interval): Interval {
  const steps = [...tally];
  const n = steps.reduce((sum, [, count]) => sum + count, 0);
  const mean = meanOf(tally);
  const squares = steps.reduce((sum, [step, count]) => sum + count * (step - mean) ** 2, 0);
  return meanIntervalOf({ n, mean, squares }, scale);
}

/** The same of figures of which their mean and the sum of their squared distances from it are known. */
export function meanIntervalOf(
  { n, mean, squares }: { n: number; mean: number; squares: number },
  scale: Interval,
): Interval {
  if (n < 2) return { ...scale };
  if (squares === 0) {
    const others = 1 - shareInterval(n, n).from;
    return { from: mean - others * (mean - scale.from), to: mean + others * (scale.to - mean) };
  }
  const half = tPoint(n - 1) * Math.sqrt(squares / (n - 1) / n);
  return { from: Math.max(scale.from, mean - half), to: Math.min(scale.to, mean + half) };
}

/** NaN of no answers. */
export function meanOf(tally: Tally): number {
  let [sum, n] = [0, 0];
  for (const [step, count] of tally) {
    sum += step * count;
    n += count;
  }
  return sum / n;
}

/** The 97.5 % point of Student's distribution with so many degrees of freedom, 1 or more; right to nine digits. */
export function tPoint(freedom: number): number {
  let [low, high] = [Z, 13];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    if (upperTail(middle, freedom) > 0.025) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The chance that Student's t is above `t` with whole degrees of freedom: the finite sums of M. Abramowitz and I. A. Stegun
 * (1964), Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
function upperTail(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const cosine2 = Math.cos(angle) ** 2;
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? Math.cos(angle) : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k <= freedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosine2;
    sum += term;
  }
  const inside = isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return (1 - inside) / 2;
}

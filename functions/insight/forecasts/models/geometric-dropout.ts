import type { Groups, Summary } from '../known/summary.ts';
import { addPurchases, type CountChances, clear, mixWithNone } from './counts.ts';
import { type CountModel, dayOf, largest, logRising, logsByDay, type ParameterValues } from './model.ts';
import { logAdd } from './special-functions.ts';

/**
 * BG/NBD: an account buys as a Poisson process and may stop after each repeat purchase day, with a chance of its own.
 * Rates are Gamma(r, alpha), chances Beta(a, b). Fader, Hardie and Lee (2005), "Counting your customers the easy way",
 * Marketing Science 24(2).
 */
export const bgNbd: CountModel = geometricDropout('bg-nbd', 0);

/**
 * MBG/NBD: as BG/NBD, where it may stop after the first purchase day too. Batislam, Denizel and Filiztekin (2007),
 * "Empirical validation and comparison of models for customer base analysis", IJRM 24(3).
 */
export const mbgNbd: CountModel = geometricDropout('mbg-nbd', 1);

/** `early` is how many of the purchase days before the first repeat one could have been the last. */
function geometricDropout(name: 'bg-nbd' | 'mbg-nbd', early: 0 | 1): CountModel {
  /** Alive against dead, given what was seen: the dead stopped with their last purchase day. */
  const aliveChance = ({ x, tx, T }: Summary, [r = 0, alpha = 0, a = 0, b = 0]: ParameterValues) => {
    if (x + early === 0) return 1;
    return 1 / (1 + (a / (b + x + early - 1)) * ((alpha + T) / (alpha + tx)) ** (r + x));
  };
  return {
    name,
    parameters: ['r', 'alpha', 'a', 'b'],
    aliveChance,
    logLikelihood: (groups, values) => logLikelihood(groups, values, early),
    /** While alive, the rate is Gamma(r + x, alpha + T) and the chance to stop Beta(a, b + chances it had). */
    countChances: (out, summary, values, weeks) => {
      const [r = 0, alpha = 0, a = 0, b = 0] = values;
      clear(out);
      addPurchases(out, { shape: r + summary.x, rate: alpha + summary.T }, weeks, 1);
      stopByChance(out, a, b + summary.x + early);
      mixWithNone(out, aliveChance(summary, values));
    },
    noneChance: (summary, values, weeks) => {
      const [r = 0, alpha = 0] = values;
      const silent = ((alpha + summary.T) / (alpha + summary.T + weeks)) ** (r + summary.x);
      return 1 - aliveChance(summary, values) * (1 - silent);
    },
  };
}

function logLikelihood(
  { x, tx, T, weight }: Groups,
  [r = 0, alpha = 0, a = 0, b = 0]: ParameterValues,
  early: 0 | 1,
): number {
  const most = largest(x) + early;
  const [buying, staying, all] = [logRising(r, most), logRising(b, most), logRising(a + b, most)];
  const stopping = Float64Array.from({ length: most + 1 }, (_, n) => Math.log(a / (b + n - 1)));
  const logs = logsByDay(alpha, largest(T));
  const front = r * Math.log(alpha);
  let sum = 0;
  for (let group = 0; group < x.length; group += 1) {
    const count = x[group] ?? 0;
    const chances = count + early;
    const shared = front + (buying[count] ?? 0) + (staying[chances] ?? 0) - (all[chances] ?? 0);
    const alive = -(r + count) * (logs[dayOf(T[group] ?? 0)] ?? 0);
    const dead =
      chances === 0 ? -Infinity : (stopping[chances] ?? 0) - (r + count) * (logs[dayOf(tx[group] ?? 0)] ?? 0);
    sum += (weight[group] ?? 0) * (shared + logAdd(alive, dead));
  }
  return sum;
}

/** At least k purchase days take k arrivals and k − 1 times not stopping, and the two know nothing of one another. */
function stopByChance(counts: CountChances, a: number, b: number): void {
  const { chances, cells } = counts;
  let arrivals = 1 - (chances[0] ?? 0);
  let stays = 1;
  let atLeast = arrivals;
  for (let k = 1; k < cells; k += 1) {
    arrivals = Math.max(0, arrivals - (chances[k] ?? 0));
    stays *= (b + k - 1) / (a + b + k - 1);
    const oneMore = k + 1 < cells ? arrivals * stays : 0;
    chances[k] = atLeast - oneMore;
    atLeast = oneMore;
  }
}

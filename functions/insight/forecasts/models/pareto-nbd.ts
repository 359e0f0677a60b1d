import type { Groups, Summary } from '../known/summary.ts';
import { addPurchases, type CountChances, clear, mixWithNone } from './counts.ts';
import { type CountModel, dayOf, largest, logRising, logsByDay, type ParameterValues } from './model.ts';
import { gaussLegendre, hypergeometric } from './special-functions.ts';

/**
 * Pareto/NBD: an account buys as a Poisson process and stops at a moment of its own, whether it buys or not. Rates are
 * Gamma(r, alpha), rates of stopping Gamma(s, beta). Schmittlein, Morrison and Colombo (1987), "Counting your customers:
 * who are they and what will they do next?", Management Science 33(1); Fader and Hardie (2005), "A note on deriving the
 * Pareto/NBD model and related expressions".
 */
export const paretoNbd: CountModel = {
  name: 'pareto-nbd',
  parameters: ['r', 'alpha', 's', 'beta'],
  logLikelihood,
  aliveChance,
  countChances,
  noneChance,
};

function logLikelihood({ x, tx, T, weight }: Groups, values: ParameterValues): number {
  const [r = 0, alpha = 0, s = 0, beta = 0] = values;
  const buying = logRising(r, largest(x));
  const [buyingLogs, stoppingLogs] = [logsByDay(alpha, largest(T)), logsByDay(beta, largest(T))];
  const front = r * Math.log(alpha) + s * Math.log(beta);
  const summary = { x: 0, tx: 0, T: 0 };
  let sum = 0;
  for (let group = 0; group < x.length; group += 1) {
    summary.x = x[group] ?? 0;
    summary.tx = tx[group] ?? 0;
    summary.T = T[group] ?? 0;
    const [today, last] = [dayOf(summary.T), dayOf(summary.tx)];
    const logAt = (day: number) => (r + summary.x) * (buyingLogs[day] ?? 0) + s * (stoppingLogs[day] ?? 0);
    const alive = logAt(today);
    const dead = deadToAlive(summary, values, Math.exp(alive - logAt(last)));
    sum += (weight[group] ?? 0) * (front + (buying[summary.x] ?? 0) - alive + Math.log1p(dead));
  }
  return sum;
}

function aliveChance(summary: Summary, values: ParameterValues): number {
  return 1 / (1 + deadToAlive(summary, values));
}

/**
 * How much likelier what was seen is of accounts that have stopped since than of those that have not:
 * s ∫ (alpha + y)^−(r + x) (beta + y)^−(s + 1) dy from tx to T, over (alpha + T)^−(r + x) (beta + T)^−s. `late` is how
 * many times as large what it is over would be at tx.
 */
function deadToAlive(
  { x, tx, T }: Summary,
  [r = 0, alpha = 0, s = 0, beta = 0]: ParameterValues,
  late = ((alpha + T) / (alpha + tx)) ** (r + x) * ((beta + T) / (beta + tx)) ** s,
): number {
  const sum = r + s + x;
  if (alpha >= beta) {
    const from = hypergeometric(r + x, sum + 1, (alpha - beta) / (alpha + tx));
    const to = hypergeometric(r + x, sum + 1, (alpha - beta) / (alpha + T));
    return (s / sum) * Math.max(0, late * from - to);
  }
  const from = ((alpha + tx) / (beta + tx)) * hypergeometric(s + 1, sum + 1, (beta - alpha) / (beta + tx));
  const to = ((alpha + T) / (beta + T)) * hypergeometric(s + 1, sum + 1, (beta - alpha) / (beta + T));
  return (s / sum) * Math.max(0, late * from - to);
}

/**
 * While alive, the rate is Gamma(r + x, alpha + T) and the rate of stopping Gamma(s, beta + T), the one independent of the
 * other: purchase days over the part of the horizon that is lived, averaged over how long that is.
 */
function countChances(out: CountChances, summary: Summary, values: ParameterValues, weeks: number): void {
  const [r = 0, alpha = 0] = values;
  const buying = { shape: r + summary.x, rate: alpha + summary.T };
  clear(out);
  for (const { time, weight } of livesOf(summary, values, weeks)) addPurchases(out, buying, time, weight);
  mixWithNone(out, aliveChance(summary, values));
}

/** Silence over the next weeks has the likelihood of a new account that knows what this one does. */
function noneChance(summary: Summary, values: ParameterValues, weeks: number): number {
  const [r = 0, alpha = 0, s = 0, beta = 0] = values;
  const [shape, rate, age] = [r + summary.x, alpha + summary.T, beta + summary.T];
  const livesAll = Math.exp(-shape * Math.log1p(weeks / rate) - s * Math.log1p(weeks / age));
  const silent = livesAll * (1 + deadToAlive({ x: 0, tx: 0, T: weeks }, [shape, rate, s, age]));
  return 1 - aliveChance(summary, values) * (1 - silent);
}

/**
 * How much of the next `weeks` an account that is alive lives: a few times that stand for all, evenly over the logarithm of
 * what changes fastest with it, and weights that add up to 1.
 */
function livesOf({ T }: Summary, [, alpha = 0, s = 0, beta = 0]: ParameterValues, weeks: number) {
  const age = beta + T;
  const unit = Math.min(alpha + T, age);
  const span = Math.log1p(weeks / unit);
  const lives = [{ time: weeks, weight: (age / (age + weeks)) ** s }];
  for (let point = 0; point < quadrature.points.length; point += 1) {
    const time = unit * Math.expm1(span * (quadrature.points[point] ?? 0));
    const density = (s * (age / (age + time)) ** s * (unit + time)) / (age + time);
    lives.push({ time, weight: span * density * (quadrature.weights[point] ?? 0) });
  }
  return lives;
}

const quadrature = gaussLegendre(16);

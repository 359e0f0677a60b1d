import { DAYS_A_WEEK, type Groups, type Summary } from '../known/summary.ts';
import type { CountChances } from './counts.ts';

/** Values of a model's parameters, in the order of its names. All are positive. */
export type ParameterValues = readonly number[];

/** A model of when accounts buy; parameters are shared by all accounts, each account's own rate is not observed. */
export interface CountModel {
  name: 'nbd' | 'bg-nbd' | 'mbg-nbd' | 'pareto-nbd';
  parameters: readonly string[];
  /** ln of the likelihood of all accounts, times they bought at included. */
  logLikelihood: (groups: Groups, values: ParameterValues) => number;
  /** The chance that an account still buys now and then. */
  aliveChance: (summary: Summary, values: ParameterValues) => number;
  /** Chances of 0, 1, 2 … purchase days in the next `weeks`. */
  countChances: (out: CountChances, summary: Summary, values: ParameterValues, weeks: number) => void;
  /** The chance of no purchase day in the next `weeks`. */
  noneChance: (summary: Summary, values: ParameterValues, weeks: number) => number;
}

/** `logRising(c, n)[x]` is ln Γ(c + x) − ln Γ(c), for x up to `most`. */
export function logRising(c: number, most: number): Float64Array {
  const logs = new Float64Array(most + 1);
  for (let x = 1; x <= most; x += 1) logs[x] = (logs[x - 1] ?? 0) + Math.log(c + x - 1);
  return logs;
}

/** `logsByDay(from, most)[day]` is ln(from + the weeks of so many days), up to `most` weeks: days are fewer than accounts. */
export function logsByDay(from: number, most: number): Float64Array {
  return Float64Array.from({ length: dayOf(most) + 1 }, (_, day) => Math.log(from + day / DAYS_A_WEEK));
}

/** Groups are known by whole days. */
export const dayOf = (weeks: number): number => Math.round(weeks * DAYS_A_WEEK);

export function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i += 1) most = Math.max(most, values[i] ?? 0);
  return most;
}

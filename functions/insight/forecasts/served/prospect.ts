import { DAYS_A_WEEK, type Summary } from '../known/summary.ts';
import { type CountChances, emptyCounts, meanOf, quantileOf } from '../models/counts.ts';
import { type Outlook, outlookCounts } from './outlook.ts';

/** How far ahead accounts are forecast, in days. */
export const horizons = [30, 90, 365] as const;
export type Horizon = (typeof horizons)[number];

/** The longest horizon: nothing is said of what comes behind it. */
export const YEAR_AHEAD: Horizon = 365;

/** A number with what it is by 80 %: no less than `low` and no more than `high`. */
export interface Ranged {
  expected: number;
  low: number;
  high: number;
}

/** Purchase days of one account over a horizon. */
export function purchaseDaysAhead(counts: CountChances): Ranged {
  return { expected: meanOf(counts), low: quantileOf(counts, 0.1), high: quantileOf(counts, 0.9) };
}

/** Chances of purchase days of one account after another, over horizons in days; the last answer is written over. */
export function countsAhead(outlook: Outlook): (summary: Summary, days: number) => CountChances {
  const [all, part] = [emptyCounts(), emptyCounts()];
  return (summary, days) => {
    outlookCounts(all, outlook, summary, { weeks: days / DAYS_A_WEEK, part });
    return all;
  };
}

/** The chance of a purchase day within so many days. */
function boughtChance(outlook: Outlook, summary: Summary, days: number): number {
  return outlook.reduce(
    (sum, { model, values, weight }) =>
      sum + weight * (1 - model.noneChance(summary, values, days / DAYS_A_WEEK)),
    0,
  );
}

/** In how many days an account has bought again with a chance of `level`; null where that takes more than a year. */
export function nextDayAt(outlook: Outlook, summary: Summary, level: number): number | null {
  if (boughtChance(outlook, summary, YEAR_AHEAD) < level) return null;
  let low = 0;
  let high: number = YEAR_AHEAD;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (boughtChance(outlook, summary, middle) < level) low = middle;
    else high = middle;
  }
  return high;
}

/** When an account buys next, if it does within a year. */
export interface NextPurchase {
  /** That it does. */
  chance: number;
  /** In so many days at the soonest and at the latest, by 80 %. */
  from: number;
  until: number;
  /** In so many days it is as likely as not to have bought; null where it never is within a year. */
  expected: number | null;
}

export function nextPurchase(outlook: Outlook, summary: Summary): NextPurchase {
  const chance = boughtChance(outlook, summary, YEAR_AHEAD);
  const at = (level: number) => nextDayAt(outlook, summary, level * chance) ?? YEAR_AHEAD;
  return { chance, from: at(0.1), until: at(0.9), expected: nextDayAt(outlook, summary, 0.5) };
}

import { type Interval, shareInterval, Z95 } from '../../voice/surveys/intervals.ts';

/** Cases of one cause in a time, beside the orders placed in it. */
export interface CaseRate {
  cases: number;
  orders: number;
  weeks: number;
}

export interface Rate extends Interval {
  value: number;
}

/**
 * The interval of 95 % of a count of rare events: Byar's approximation to the exact one of Poisson, within a few hundredths of it from
 * one case on (K. J. Rothman and J. D. Boice 1979, Epidemiologic Analysis with a Programmable Calculator).
 */
export function countInterval(cases: number): Interval {
  const bound = (count: number, side: 1 | -1) =>
    count * (1 - 1 / (9 * count) + (side * Z95) / (3 * Math.sqrt(count))) ** 3;
  return { from: cases === 0 ? 0 : bound(cases, -1), to: bound(cases + 1, 1) };
}

/** Cases for each of some units, such as weeks or thousands of orders; null where there is not one. */
export function rateOf(cases: number, units: number): Rate | null {
  if (units <= 0) return null;
  const { from, to } = countInterval(cases);
  return { value: cases / units, from: from / units, to: to / units };
}

/** Of fewer cases altogether nothing is said. */
const CASES_MIN = 5;

/** Without a case before, `value` and `to` are infinite. */
export interface Ratio extends Rate {
  /** Whether the rates differ by more than chance. */
  isClear: boolean;
}

/**
 * Cases per order afterwards, as a multiple of those before. Given all cases, those afterwards are a binomial share of them (J.
 * Przyborowski and H. Wilenski 1940, Biometrika 31:313), of which Wilson's interval is taken. Null while it cannot be told.
 */
export function ratioOf(before: CaseRate, after: CaseRate): Ratio | null {
  const n = before.cases + after.cases;
  if (n < CASES_MIN || before.orders === 0 || after.orders === 0) return null;
  const scale = before.orders / after.orders;
  const odds = (share: number) => (share >= 1 ? Number.POSITIVE_INFINITY : (share / (1 - share)) * scale);
  const share = shareInterval(after.cases, n);
  const [from, to] = [odds(share.from), odds(share.to)];
  return { value: odds(after.cases / n), from, to, isClear: to < 1 || from > 1 };
}

import { fitTarget } from '../fits/fit.ts';
import type { KnownAccounts } from '../known/accounts.ts';
import {
  CLASS_LEAST,
  type CovariateName,
  classCount,
  classesOf,
  classOf,
  type FirstClasses,
  type FirstPurchase,
  firstPurchases,
} from '../known/first-purchase.ts';
import { countBetween, DAYS_A_WEEK, type PurchaseDays, packDays, summarise } from '../known/summary.ts';
import { bgNbd } from '../models/geometric-dropout.ts';
import type { CountModel, ParameterValues } from '../models/model.ts';
import { type ForecastRecord, outcomesOf, recordOf, together } from '../record/record.ts';
import { bestCandidate, type Candidate, type Past } from './choose.ts';
import type { Outlook } from './outlook.ts';

/** How many times as often as usual accounts of each class of first purchases buy. */
export interface ClassFactors extends FirstClasses {
  factors: number[];
}

/** What a business wants to be tried: it serves where its record is better, by the same rule as everything. */
export interface JudgedCovariate extends ClassFactors {
  /** What serves otherwise, and that with it, at the days of the past. */
  without: ForecastRecord[];
  with: ForecastRecord[];
  serves: boolean;
}

export interface CovariateQuestion {
  name: CovariateName;
  known: KnownAccounts;
  until: number;
}

/**
 * Asks the days of the past with and without what is known of first purchases. Classes and factors of each day are of what was known
 * then; null where there are no two classes of enough accounts.
 */
export function judgeCovariate(
  { name, known, until }: CovariateQuestion,
  {
    past,
    candidates,
    best,
    valuesAt,
  }: {
    past: Past;
    candidates: readonly Candidate[];
    best: Candidate;
    /** At a day of the past, or at the end of what is known for null. */
    valuesAt: (day: number | null, model: CountModel) => ParameterValues;
  },
): JudgedCovariate | null {
  const firsts = firstPurchases(known);
  const now = classFactors(name, { purchases: known.purchases, firsts, until }, valuesAt(null, bgNbd));
  if (now === null) return null;
  const step = Math.max(1, Math.ceil(firsts.length / (past.purchases.starts.length - 1)));
  const some = { purchases: past.purchases, firsts: firsts.filter((_, account) => account % step === 0) };
  const records = past.days.map((day) => {
    const then = classFactors(name, { ...some, until: day }, valuesAt(day, bgNbd));
    return recordThen(some, {
      ...{ day, until: past.until, then },
      outlook: best.parts.map(({ model, weight }) => ({ model, weight, values: valuesAt(day, model) })),
    });
  });
  const wanted: Candidate = { ...best, past: records };
  const serves = bestCandidate([...candidates, wanted]) === wanted;
  return { ...now, without: best.past, with: records, serves };
}

/** The same models for accounts that buy so many times as often: rates are Gamma(r, alpha), so that divides alpha. */
export const timesAsOften = (outlook: Outlook, factor: number): Outlook =>
  factor === 1
    ? outlook
    : outlook.map(({ values, ...part }) => ({
        ...part,
        values: values.map((value, at) => (at === ALPHA ? value / factor : value)),
      }));

/** The place of alpha among the parameters of each of the models. */
const ALPHA = 1;
/** The deviation of the factors' logarithms that is taken for usual: half as much again, or a third less. */
const USUAL = 0.5;

interface KnownFirsts {
  purchases: PurchaseDays;
  firsts: readonly FirstPurchase[];
}

function classFactors(
  name: CovariateName,
  { purchases, firsts, until }: KnownFirsts & { until: number },
  values: ParameterValues,
): ClassFactors | null {
  const classes = classesOf(
    name,
    firsts.filter(({ day }) => day <= until),
  );
  const byClass = Map.groupBy(
    [...firsts.keys()].filter((account) => (firsts[account]?.day ?? Infinity) <= until),
    (account) => classOf(classes, firsts[account] ?? NOBODY),
  );
  const told = [...byClass].filter(([, accounts]) => accounts.length >= CLASS_LEAST);
  if (told.length < 2) return null;
  const factors = Array.from({ length: classCount(classes) }, () => 1);
  for (const [place, accounts] of told)
    factors[place] = factorOf(summarise(pick(purchases, accounts), until), values);
  return { ...classes, factors };
}

const NOBODY: FirstPurchase = { day: 0, spent: 0, category: null };

function factorOf(groups: ReturnType<typeof summarise>, values: ParameterValues): number {
  const scaled = (factor: number) => values.map((value, at) => (at === ALPHA ? value / factor : value));
  const { values: found } = fitTarget({
    parameters: ['times'],
    starts: [[1]],
    logDensity: ([factor = 1]) =>
      bgNbd.logLikelihood(groups, scaled(factor)) - Math.log(factor) ** 2 / (2 * USUAL ** 2),
  });
  return found[0] ?? 1;
}

function recordThen(
  { purchases, firsts }: KnownFirsts,
  { day, until, then, outlook }: { day: number; until: number; then: ClassFactors | null; outlook: Outlook },
): ForecastRecord {
  const byClass = Map.groupBy([...firsts.keys()], (account) =>
    then === null ? 0 : classOf(then, firsts[account] ?? NOBODY),
  );
  const outcomes = [...byClass].map(([place, accounts]) => {
    const own = pick(purchases, accounts);
    const served = timesAsOften(outlook, then?.factors[place] ?? 1);
    return outcomesOf(
      summarise(own, day),
      served,
      (until - day) / DAYS_A_WEEK,
      countBetween(own, day, until),
    );
  });
  return recordOf(together(outcomes));
}

const pick = ({ days, starts }: PurchaseDays, accounts: readonly number[]): PurchaseDays =>
  packDays(accounts.map((account) => [...days.subarray(starts[account], starts[account + 1])]));

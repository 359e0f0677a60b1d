import { fitTarget } from '../fits/fit.ts';
import { type FitMethod, fitCounts } from '../fits/fit-counts.ts';
import type { KnownAccounts } from '../known/accounts.ts';
import {
  CLASS_LEAST,
  type CovariateName,
  classesOf,
  classOf,
  covariateNames,
  type FirstClasses,
  type FirstPurchase,
  firstPurchases,
} from '../known/first-purchase.ts';
import { countBetween, DAYS_A_WEEK, type PurchaseDays, packDays, summarise } from '../known/summary.ts';
import { bgNbd } from '../models/geometric-dropout.ts';
import type { ParameterValues } from '../models/model.ts';
import { logPrior } from '../models/priors.ts';
import { type ForecastRecord, outcomesOf, recordOf, together } from './record.ts';

/** What a first purchase may tell of how often more will follow. */
export interface TriedCovariate {
  name: CovariateName;
  /** What accounts of each class have in common: a third by spend, a category, a quarter of the year. */
  classes: string[];
  /** How many times as often as usual the accounts of each class buy. */
  factors: number[];
  /** BG/NBD alone, without and with it, held to the same accounts. */
  without: ForecastRecord;
  with: ForecastRecord;
}

/**
 * Tries what is known of each account's first purchase: classes of accounts share a BG/NBD, but each buys so many times as often
 * as the others, which divides alpha. What a business switched on is asked by `served/covariate.ts`.
 */
export function tryCovariates(
  known: KnownAccounts,
  of: { until: number; holdoutUntil: number; method: FitMethod },
): TriedCovariate[] {
  const firsts = firstPurchases(known);
  return covariateNames.flatMap((name) => {
    const classes = classesOf(
      name,
      firsts.filter(({ day }) => day <= of.until),
    );
    const parts = split(known.purchases, firsts, {
      until: of.until,
      placeOf: (first) => classOf(classes, first),
    });
    if (parts.length < 2) return [];
    const tried = tryClasses(
      parts.map(({ purchases }) => purchases),
      of,
    );
    return [{ name, classes: parts.map(({ place }) => className(classes, place)), ...tried }];
  });
}

/** For programs and the command line: `1` to `3` of thirds, a category or `other`, `Q1` to `Q4`. */
function className({ name, categories }: FirstClasses, place: number): string {
  if (name === 'first-season') return `Q${place + 1}`;
  return name === 'first-basket' ? `${place + 1}` : (categories[place] ?? 'other');
}

function tryClasses(
  classes: readonly PurchaseDays[],
  { until, holdoutUntil, method }: { until: number; holdoutUntil: number; method: FitMethod },
): Omit<TriedCovariate, 'name' | 'classes'> {
  const weeks = (holdoutUntil - until) / DAYS_A_WEEK;
  const groups = classes.map((purchases) => summarise(purchases, until));
  const came = classes.map((purchases) => countBetween(purchases, until, holdoutUntil));
  const all = packDays(classes.flatMap(listsOf));
  const plain = fitCounts(bgNbd, summarise(all, until), method).values;
  const valuesOf = (values: ParameterValues, place: number): ParameterValues => {
    const [r = 0, alpha = 0, a = 0, b = 0] = values;
    return [r, alpha / (values[PARAMETERS + place] ?? 1), a, b];
  };
  const { values } = fitTarget({
    parameters: [...bgNbd.parameters, ...classes.map((_, place) => `times ${place + 1}`)],
    starts: [[...plain, ...classes.map(() => 1)]],
    logDensity: (tried) => {
      const factors = tried.slice(PARAMETERS);
      const usual = factors.reduce((sum, factor) => sum + Math.log(factor) ** 2, 0) / (2 * USUAL ** 2);
      const prior = method === 'map' ? logPrior(bgNbd.name, tried.slice(0, PARAMETERS)) : 0;
      return groups.reduce(
        (sum, one, place) => sum + bgNbd.logLikelihood(one, valuesOf(tried, place)),
        prior - usual,
      );
    },
  });
  const recordBy = (of: (place: number) => ParameterValues) =>
    recordOf(
      together(
        groups.map((one, place) =>
          outcomesOf(
            one,
            [{ model: bgNbd, values: of(place), weight: 1 }],
            weeks,
            came[place] ?? new Float64Array(),
          ),
        ),
      ),
    );
  return {
    factors: values.slice(PARAMETERS),
    without: recordBy(() => plain),
    with: recordBy((place) => valuesOf(values, place)),
  };
}

const PARAMETERS = bgNbd.parameters.length;
/** The deviation of the factors' logarithms that is taken for usual: half as much again, or a third less. */
const USUAL = 0.5;

/** Accounts known by the day `until` by their class; classes of too few are left out, with their accounts. */
function split(
  { days, starts }: PurchaseDays,
  firsts: readonly FirstPurchase[],
  { until, placeOf }: { until: number; placeOf: (first: FirstPurchase) => number },
): { place: number; purchases: PurchaseDays }[] {
  const known = [...firsts.entries()].filter(([, { day }]) => day <= until);
  return [...Map.groupBy(known, ([, first]) => placeOf(first))]
    .filter(([, accounts]) => accounts.length >= CLASS_LEAST)
    .sort(([a], [b]) => a - b)
    .map(([place, accounts]) => ({
      place,
      purchases: packDays(
        accounts.map(([account]) => [...days.subarray(starts[account], starts[account + 1])]),
      ),
    }));
}

const listsOf = ({ days, starts }: PurchaseDays): number[][] =>
  Array.from({ length: starts.length - 1 }, (_, account) => [
    ...days.subarray(starts[account], starts[account + 1]),
  ]);

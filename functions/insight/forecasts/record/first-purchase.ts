import { dayFromNumber } from '../../../ground/platform/calendar.ts';
import { fitTarget } from '../fits/fit.ts';
import { type FitMethod, fitCounts } from '../fits/fit-counts.ts';
import type { KnownAccounts } from '../known/accounts.ts';
import { countBetween, DAYS_A_WEEK, type PurchaseDays, packDays, summarise } from '../known/summary.ts';
import { bgNbd } from '../models/geometric-dropout.ts';
import type { ParameterValues } from '../models/model.ts';
import { logPrior } from '../models/priors.ts';
import { type ForecastRecord, outcomesOf, recordOf, together } from './record.ts';

/** What a first purchase may tell of how often more will follow. */
export interface TriedCovariate {
  name: 'first-basket' | 'first-season';
  /** How many times as often as usual the accounts of each class buy: thirds by spend, or quarters of the year. */
  factors: number[];
  /** BG/NBD alone, without and with it, held to the same accounts. */
  without: ForecastRecord;
  with: ForecastRecord;
}

/** Fewer accounts in a class say nothing of it. */
const ACCOUNTS_LEAST = 30;

/**
 * Tries what is known of each account's first purchase: classes of accounts share a BG/NBD, but each buys so many times as often
 * as the others, which divides alpha. None is served: see docs/decisions/0064-first-purchases.md.
 */
export function tryCovariates(
  known: KnownAccounts,
  of: { until: number; holdoutUntil: number; method: FitMethod },
): TriedCovariate[] {
  return [
    { name: 'first-basket' as const, classOf: byThirds(known, of.until) },
    { name: 'first-season' as const, classOf: bySeason(known) },
  ].flatMap(({ name, classOf }) => {
    const classes = split(known.purchases, classOf, of.until);
    return classes.length < 2 ? [] : [{ name, ...tryClasses(classes, of) }];
  });
}

function tryClasses(
  classes: readonly PurchaseDays[],
  { until, holdoutUntil, method }: { until: number; holdoutUntil: number; method: FitMethod },
): Omit<TriedCovariate, 'name'> {
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

/** By what the first purchase day came to, in thirds of those known by then; none where spend is not asked for. */
function byThirds({ purchases, spent }: KnownAccounts, until: number): (account: number) => number {
  const { days, starts } = purchases;
  const first = (account: number) => spent[starts[account] ?? 0] ?? 0;
  const known = Array.from({ length: starts.length - 1 }, (_, account) => account)
    .filter((account) => (days[starts[account] ?? 0] ?? Infinity) <= until)
    .map(first)
    .sort((a, b) => a - b);
  const cuts = [1 / 3, 2 / 3].map((share) => known[Math.floor(known.length * share)] ?? 0);
  return (account) => cuts.filter((cut) => first(account) >= cut).length;
}

/** By the quarter of the year of the first purchase day. */
function bySeason({ purchases: { days, starts } }: KnownAccounts): (account: number) => number {
  return (account) =>
    Math.floor((Number(dayFromNumber(days[starts[account] ?? 0] ?? 0).slice(5, 7)) - 1) / 3);
}

/** Accounts known by the day `until` by their class; classes of too few are left out, with their accounts. */
function split(
  { days, starts }: PurchaseDays,
  classOf: (account: number) => number,
  until: number,
): PurchaseDays[] {
  const known = [...starts.keys()]
    .slice(0, -1)
    .filter((account) => (days[starts[account] ?? 0] ?? Infinity) <= until);
  return [...Map.groupBy(known, classOf)]
    .filter(([, accounts]) => accounts.length >= ACCOUNTS_LEAST)
    .sort(([a], [b]) => a - b)
    .map(([, accounts]) =>
      packDays(accounts.map((account) => [...days.subarray(starts[account], starts[account + 1])])),
    );
}

const listsOf = ({ days, starts }: PurchaseDays): number[][] =>
  Array.from({ length: starts.length - 1 }, (_, account) => [
    ...days.subarray(starts[account], starts[account + 1]),
  ]);

import { fitTarget } from '../fits/fit.ts';
import { type FitMethod, type FittedModel, fitCounts } from '../fits/fit-counts.ts';
import { type KnownAccounts, repeatSpending } from '../known/accounts.ts';
import {
  accountsIn,
  countBetween,
  DAYS_A_WEEK,
  type Groups,
  NO_GROUP,
  summarise,
  summaryOf,
} from '../known/summary.ts';
import { countModels } from '../models/count-models.ts';
import { emptyCounts, meanOf } from '../models/counts.ts';
import { expectedSpend, spendChance, spendTarget } from '../models/gamma-gamma.ts';
import type { ParameterValues } from '../models/model.ts';
import { type Fitted, fitBusiness } from '../served/forecast.ts';
import { type Outlook, outlookCounts } from '../served/outlook.ts';
import { baselinesOf } from './baselines.ts';
import { type TriedCovariate, tryCovariates } from './first-purchase.ts';
import { type ForecastRecord, type Outcomes, outcomesOf, plainOutcomes, recordOf } from './record.ts';

/** One model, fitted until a day, and how good it was behind it. */
export interface EvaluatedModel {
  name: string;
  /** By the names of DOMAIN.md §8; of the pool, how much each model says in it. */
  parameters: Record<string, number>;
  /** Null of the pool, which is not fitted itself. */
  logLikelihood: number | null;
  holdout: ForecastRecord;
}

export interface Evaluation {
  /** Those with a purchase day until then. */
  customers: number;
  horizonWeeks: number;
  models: EvaluatedModel[];
  baselines: { name: string; holdout: ForecastRecord }[];
  served: string;
  /** What first purchases tell, tried and not served. */
  covariates: TriedCovariate[];
}

/** Fits what was known at the end of one day and compares it with what came until another (DOMAIN.md §8). */
export function evaluate(
  known: KnownAccounts,
  { until, holdoutUntil, method }: { until: number; holdoutUntil: number; method: FitMethod },
): Evaluation {
  const { purchases } = known;
  const weeks = (holdoutUntil - until) / DAYS_A_WEEK;
  const groups = summarise(purchases, until);
  const came = countBetween(purchases, until, holdoutUntil);
  const recordBy = (outlook: Outlook) => recordOf(outcomesOf(groups, outlook, weeks, came));
  const fits = countModels.map((model) => fitCounts(model, groups, method));
  const fitted = fitBusiness(purchases, { until, weeks, method });
  const plain = baselinesOf(purchases, { until, weeks });
  return {
    customers: accountsIn(groups),
    horizonWeeks: weeks,
    models: [
      ...fits.map(({ model, values, logLikelihood }) => ({
        name: model.name,
        parameters: named(model.parameters, values),
        logLikelihood,
        holdout: recordBy([{ model, values, weight: 1 }]),
      })),
      poolOf(fitted, fits, recordBy),
      ...spendOf(known, groups, { until, holdoutUntil, method, outlook: fitted.outlook }),
    ],
    baselines: plain.map(({ name, forecast }) => ({
      name,
      holdout: recordOf(plainOutcomes(groups, came, forecast)),
    })),
    served: fitted.served,
    covariates: tryCovariates(known, { until, holdoutUntil, method }),
  };
}

const named = (names: readonly string[], values: ParameterValues) =>
  Object.fromEntries(names.map((name, at) => [name, values[at] ?? 0]));

/** As it serves, or would. */
function poolOf(
  { candidates, served, outlook }: Fitted,
  fits: readonly FittedModel[],
  recordBy: (outlook: Outlook) => ForecastRecord,
): EvaluatedModel {
  const parts = candidates.find(({ name }) => name === 'pool')?.parts ?? [];
  const atTheirBest = parts.flatMap(({ model, weight }) => {
    const fit = fits.find((each) => each.model === model);
    return fit === undefined ? [] : [{ model, values: fit.values, weight }];
  });
  return {
    name: 'pool',
    parameters: Object.fromEntries(parts.map(({ model, weight }) => [model.name, weight])),
    logLikelihood: null,
    holdout: recordBy(served === 'pool' ? outlook : atTheirBest),
  };
}

/** What accounts spend, in whole units of the currency, on the purchase days that what serves expects of them. */
function spendOf(
  known: KnownAccounts,
  groups: Groups,
  of: { until: number; holdoutUntil: number; method: FitMethod; outlook: Outlook },
): EvaluatedModel[] {
  const spending = repeatSpending(known, of.until);
  if (!spending.mean.some((mean) => mean > 0)) return [];
  const target = spendTarget(spending, of.method);
  const { values } = fitTarget(target);
  return [
    {
      name: 'gamma-gamma',
      parameters: named(target.parameters, values),
      logLikelihood: spendTarget(spending, 'mle').logDensity(values),
      holdout: recordOf(spendOutcomes(known, groups, { ...of, values })),
    },
  ];
}

function spendOutcomes(
  known: KnownAccounts,
  groups: Groups,
  of: { until: number; holdoutUntil: number; outlook: Outlook; values: ParameterValues },
): Outcomes {
  const weeks = (of.holdoutUntil - of.until) / DAYS_A_WEEK;
  const spending = repeatSpending(known, of.until);
  const [counts, part] = [emptyCounts(), emptyCounts()];
  const rows = [...groups.groupOf].flatMap((group, account) => {
    if (group === NO_GROUP) return [];
    outlookCounts(counts, of.outlook, summaryOf(groups, group), { weeks, part });
    const x = spending.x[account] ?? 0;
    const spent = { x, sum: Math.max(0, x * (spending.mean[account] ?? 0)) };
    const none = counts.chances[0] ?? 0;
    const actual = spentBetween(known, account, of);
    const expected = meanOf(counts) * (expectedSpend(spent, of.values) ?? 0);
    if (actual <= 0) return [{ actual, expected, below: 0, at: none }];
    return [{ actual, expected, below: none + spendChance(spent, of.values, counts, actual), at: 0 }];
  });
  const column = (pick: (row: (typeof rows)[number]) => number) => Float64Array.from(rows, pick);
  return {
    actual: column(({ actual }) => actual),
    expected: column(({ expected }) => expected),
    below: column(({ below }) => below),
    at: column(({ at }) => at),
  };
}

function spentBetween(
  { purchases: { days, starts }, spent }: KnownAccounts,
  account: number,
  { until, holdoutUntil }: { until: number; holdoutUntil: number },
): number {
  let sum = 0;
  for (let i = starts[account] ?? 0; i < (starts[account + 1] ?? 0); i += 1) {
    const day = days[i] ?? 0;
    if (day > until && day <= holdoutUntil) sum += spent[i] ?? 0;
  }
  return sum;
}

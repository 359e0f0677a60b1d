import { countBetween, DAYS_A_WEEK, type PurchaseDays, sampleAccounts, summarise } from '../known/summary.ts';
import { countModels } from '../models/count-models.ts';
import type { CountModel, ParameterValues } from '../models/model.ts';
import { type ForecastRecord, type Outcomes, outcomesOf, recordOf } from '../record/record.ts';
import { poolOutcomes, poolWeights } from './pool.ts';

/** A way to forecast: one model or the pool of all, and how it did when it was asked in the past. */
export interface Candidate {
  name: CountModel['name'] | 'pool';
  parts: readonly { model: CountModel; weight: number }[];
  /** One for each day it was asked at, the longest horizon first. */
  past: ForecastRecord[];
}

/** Days of the past at which candidates are asked what came until `until`, and the accounts that are looked at. */
export interface Past {
  purchases: PurchaseDays;
  until: number;
  /** The earliest first: the one most like the question. */
  days: readonly number[];
}

/**
 * Three days of the past to ask about. Where there is less history than two horizons, the first of them is in the middle
 * of it, and the horizons are shorter. Nothing after `until` is looked at.
 */
export function pastOf(purchases: PurchaseDays, { until, weeks }: { until: number; weeks: number }): Past {
  const some = sampleAccounts(purchases, ACCOUNTS_MOST);
  const first = some.days.reduce((least, day) => Math.min(least, day), until);
  const longest = Math.min(weeks * DAYS_A_WEEK, (until - first) / 2);
  const days = SHARES.map((share) => until - Math.max(1, Math.round(longest * share)));
  return { purchases: some, until, days };
}

/**
 * What every candidate forecast at these days, fitted by what was known then, beside what came. The pool's weights are
 * those that were right at the first of them.
 */
export function judgePast(
  { purchases, until, days }: Past,
  valuesAt: (day: number, model: CountModel) => ParameterValues,
): Candidate[] {
  const byDay = days.map((day) => {
    const [groups, came] = [summarise(purchases, day), countBetween(purchases, day, until)];
    return countModels.map((model) =>
      outcomesOf(
        groups,
        [{ model, values: valuesAt(day, model), weight: 1 }],
        (until - day) / DAYS_A_WEEK,
        came,
      ),
    );
  });
  const weights = poolWeights(byDay[0] ?? []);
  const recordsOf = (outcomes: (day: Outcomes[]) => Outcomes | undefined) =>
    byDay.flatMap((day) => outcomes(day) ?? []).map(recordOf);
  return [
    ...countModels.map((model, k) => ({
      name: model.name,
      parts: [{ model, weight: 1 }],
      past: recordsOf((day) => day[k]),
    })),
    {
      name: 'pool',
      parts: countModels.map((model, k) => ({ model, weight: weights[k] ?? 0 })),
      past: recordsOf((day) => poolOutcomes(day, weights)),
    },
  ];
}

/**
 * The candidate that gave the best chances to what happened, in the mean over the days asked at: a proper score, which no
 * forecast betters by saying other than what it knows. Its RMSE may be 2 % above the least, and its middle 80 % has to
 * have held 70 to 90 %, if that is so of any. The record of few accounts is chance: there the pool serves.
 */
export function bestCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  const asked = candidates[0]?.past[0]?.accounts ?? 0;
  if (asked < CHOOSING_LEAST) return candidates.find(({ name }) => name === 'pool');
  const rated = candidates.map((candidate) => ({
    candidate,
    rmse: meanPast(candidate, ({ rmse }) => rmse),
    logLoss: meanPast(candidate, ({ logLoss }) => logLoss ?? Infinity),
    coverage80: meanPast(candidate, ({ coverage80 }) => coverage80 ?? 0),
  }));
  const least = Math.min(...rated.map(({ rmse }) => rmse));
  const sound = rated.filter(
    ({ rmse, coverage80 }) => rmse <= 1.02 * least && coverage80 >= 0.7 && coverage80 <= 0.9,
  );
  return (sound.length > 0 ? sound : rated).sort((a, b) => a.logLoss - b.logLoss)[0]?.candidate;
}

function meanPast({ past }: Candidate, figure: (record: ForecastRecord) => number): number {
  return past.reduce((sum, record) => sum + figure(record), 0) / past.length;
}

const ACCOUNTS_MOST = 5_000;
const CHOOSING_LEAST = 1_000;
const SHARES = [1, 0.8, 0.6];

import { type FitMethod, fitCounts } from './fit-counts.ts';
import { bgNbd, mbgNbd } from './geometric-dropout.ts';
import type { CountModel, ParameterValues } from './models.ts';
import { nbd } from './nbd.ts';
import { paretoNbd } from './pareto-nbd.ts';
import { poolOutcomes, poolWeights } from './pool.ts';
import { type ForecastRecord, type Outcomes, outcomesOf, recordOf } from './record.ts';
import { countBetween, DAYS_A_WEEK, type PurchaseDays, sampleAccounts, summarise } from './summary.ts';

/** All count models: each may be a part of the pool; those with dropout may serve alone. */
export const countModels: readonly CountModel[] = [nbd, bgNbd, mbgNbd, paretoNbd];

/** A way to forecast: one model or the pool of all, and how it did when it was asked in the past. */
export interface Candidate {
  name: CountModel['name'] | 'pool';
  parts: readonly { model: CountModel; weight: number }[];
  /** One for each day it was asked at, the longest horizon first. */
  past: ForecastRecord[];
}

export interface PastQuestion {
  /** The last day that is known: nothing after it is looked at. */
  until: number;
  weeks: number;
  method: FitMethod;
  /** Values to begin the search with, by model. */
  near: ReadonlyMap<CountModel['name'], ParameterValues>;
}

/**
 * Asks every candidate at three days of the past what came until `until`. Where there is less history than two horizons,
 * the first of these days is in the middle of it, and the horizons are shorter. The pool's weights are those that were
 * right at that first day, the one most like the question.
 */
export function askThePast(
  purchases: PurchaseDays,
  { until, weeks, method, near }: PastQuestion,
): Candidate[] {
  const some = sampleAccounts(purchases, ACCOUNTS_MOST);
  const first = some.days.reduce((least, day) => Math.min(least, day), until);
  const longest = Math.min(weeks * DAYS_A_WEEK, (until - first) / 2);
  const byDay = SHARES.map((share) => {
    const day = until - Math.max(1, Math.round(longest * share));
    const [groups, came] = [summarise(some, day), countBetween(some, day, until)];
    return countModels.map((model) => {
      const { values } = fitCounts(model, groups, method, near.get(model.name));
      return outcomesOf(groups, [{ model, values, weight: 1 }], (until - day) / DAYS_A_WEEK, came);
    });
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

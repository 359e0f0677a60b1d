import { type Draw, drawValues } from '../fits/draws.ts';
import type { FitMethod } from '../fits/fit-counts.ts';
import {
  type FitTask,
  fitAll,
  type KeptFit,
  type KeptFits,
  pastKey,
  planFits,
  spendKey,
  typeKey,
  wholeKey,
} from '../fits/fit-plan.ts';
import { type AccountType, accountTypes, type KnownAccounts } from '../known/accounts.ts';
import { accountsIn, type Groups, type PurchaseDays, sampleAccounts, summarise } from '../known/summary.ts';
import { countModels } from '../models/count-models.ts';
import type { CountModel } from '../models/model.ts';
import { type CannotTell, cannotTell } from './cannot-tell.ts';
import { bestCandidate, type Candidate, judgePast, type Past, pastOf } from './choose.ts';
import { type CovariateQuestion, type JudgedCovariate, judgeCovariate } from './covariate.ts';
import { emptyForecasts, forecastGroups, type GroupForecasts, type Outlook, totalRange } from './outlook.ts';

export interface ForecastQuestion {
  /** Today, or the last day that may be looked at, in days since 1970-01-01. */
  until: number;
  /** How far ahead. */
  weeks: number;
  /** `map` unless told otherwise. */
  method?: FitMethod;
}

/** What is known of a business before any of its accounts is looked at: fitted models, and which of them serve. */
export interface Fitted {
  models: (KeptFit & { model: CountModel })[];
  candidates: Candidate[];
  served: Candidate['name'];
  outlook: Outlook;
  /** What is to be expected of accounts of some kinds, where they are fitted by themselves. */
  outlooks: { type: AccountType; outlook: Outlook }[];
  /** Of gamma-gamma, `p q v`; null where spend was not asked for. */
  spend: KeptFit | null;
  /** What is known of first purchases, where the business wants that tried and there is enough of it. */
  covariate: JudgedCovariate | null;
}

export interface Forecast extends Fitted {
  groups: Groups;
  forecasts: GroupForecasts;
  total: ReturnType<typeof totalRange>;
  cannotTell: CannotTell | null;
}

/** Fits, chooses and forecasts all at once. */
export function forecast(purchases: PurchaseDays, question: ForecastQuestion): Forecast {
  const fitted = fitBusiness(purchases, question);
  const groups = summarise(purchases, question.until);
  const forecasts = emptyForecasts(groups, fitted.outlook, question.weeks);
  forecastGroups(forecasts, { ...fitted, groups }, { from: 0, until: groups.x.length });
  const total = totalRange(fitted.outlook, forecasts.totals);
  const first = purchases.days.reduce((least, day) => Math.min(least, day), question.until);
  const accounts = accountsIn(groups);
  return {
    ...fitted,
    ...{ groups, forecasts, total },
    cannotTell: cannotTell({ accounts, historyDays: question.until - first, total }),
  };
}

/** Of more than `ACCOUNTS_MOST` accounts every n-th is fitted: all of them would say the same. */
export function fitBusiness(purchases: PurchaseDays, question: ForecastQuestion): Fitted {
  const some = sampleAccounts(purchases, ACCOUNTS_MOST);
  return fitAccounts({ purchases: some, spent: new Float64Array(), types: [] }, question);
}

/** Fits all that is known, and chooses what serves. A job plans, goes on in slices and ends in the same way. */
function fitAccounts(known: KnownAccounts, question: ForecastQuestion): Fitted {
  const past = pastOf(known.purchases, question);
  const tasks = planFits(known, past, question);
  return finishFits(tasks, past, fitAll(tasks));
}

/** What follows from all fits of a plan; `tried` is what the business switched on beside. */
export function finishFits(
  tasks: readonly FitTask[],
  past: Past,
  done: KeptFits,
  tried: CovariateQuestion | null = null,
): Fitted {
  const valuesAt = (day: number | null, model: CountModel) =>
    done[day === null ? wholeKey(model) : pastKey(day, model)]?.values ?? [];
  const candidates = judgePast(past, valuesAt);
  const best = bestCandidate(candidates);
  const outlookBy = (keyOf: (model: CountModel) => string): Outlook => {
    const parts = (best?.parts ?? []).flatMap(({ model, weight }) => {
      const task = tasks.find(({ key }) => key === keyOf(model));
      if (task === undefined || weight < WEIGHT_LEAST) return [];
      return drawsFor(task, done).map((draw) => ({
        model,
        values: draw.values,
        weight: weight * draw.weight,
      }));
    });
    const sum = parts.reduce((all, { weight }) => all + weight, 0);
    return parts.map((part) => ({ ...part, weight: part.weight / sum }));
  };
  const fitOf = (key: string) => done[key];
  return {
    models: countModels.flatMap((model) => {
      const fit = fitOf(wholeKey(model));
      return fit === undefined ? [] : [{ ...fit, model }];
    }),
    candidates,
    served: best?.name ?? 'pool',
    outlook: outlookBy(wholeKey),
    outlooks: accountTypes
      .map((type) => ({ type, outlook: outlookBy((model) => typeKey(type, model)) }))
      .filter(({ outlook }) => outlook.length > 0),
    spend: fitOf(spendKey) ?? null,
    covariate:
      tried === null || best === undefined
        ? null
        : judgeCovariate(tried, { past, candidates, best, valuesAt }),
  };
}

/** The fewer accounts, the less their values are known; with very many nothing is left to be unsure of. */
function drawsFor(task: FitTask, done: KeptFits): Draw[] {
  const fit = done[task.key];
  if (fit === undefined) return [];
  if (task.method === 'mle' || task.accounts > 10_000) return [{ values: fit.values, weight: 1 }];
  return drawValues(task.target(done), fit, task.accounts > 2_000 ? 8 : 24);
}

const ACCOUNTS_MOST = 25_000;
/** What says so little is left out. */
const WEIGHT_LEAST = 0.005;

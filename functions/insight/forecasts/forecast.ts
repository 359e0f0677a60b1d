import { type CannotTell, cannotTell } from './cannot-tell.ts';
import { askThePast, bestCandidate, type Candidate, countModels } from './choose.ts';
import { type Draw, drawValues } from './draws.ts';
import { countTarget, type FitMethod, type FittedModel, fitCounts } from './fit-counts.ts';
import { emptyForecasts, forecastGroups, type GroupForecasts, type Outlook, totalRange } from './outlook.ts';
import { accountsIn, type Groups, type PurchaseDays, sampleAccounts, summarise } from './summary.ts';

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
  groups: Groups;
  models: FittedModel[];
  candidates: Candidate[];
  served: Candidate['name'];
  outlook: Outlook;
}

export interface Forecast extends Fitted {
  forecasts: GroupForecasts;
  total: ReturnType<typeof totalRange>;
  cannotTell: CannotTell | null;
}

/** Fits, chooses and forecasts all at once. A job that takes turns calls `fitBusiness` and then `forecastGroups` in slices. */
export function forecast(purchases: PurchaseDays, question: ForecastQuestion): Forecast {
  const fitted = fitBusiness(purchases, question);
  const { groups, outlook } = fitted;
  const forecasts = emptyForecasts(groups, outlook, question.weeks);
  forecastGroups(forecasts, fitted, { from: 0, until: groups.x.length });
  const total = totalRange(outlook, forecasts.totals);
  const first = purchases.days.reduce((least, day) => Math.min(least, day), question.until);
  const accounts = accountsIn(groups);
  return {
    ...fitted,
    forecasts,
    total,
    cannotTell: cannotTell({ accounts, historyDays: question.until - first, total }),
  };
}

/** Of more than `ACCOUNTS_MOST` accounts every n-th is fitted: all of them would say the same. */
export function fitBusiness(
  purchases: PurchaseDays,
  { until, weeks, method = 'map' }: ForecastQuestion,
): Fitted {
  const groups = summarise(purchases, until);
  const some = sampleAccounts(purchases, ACCOUNTS_MOST);
  const seen = some === purchases ? groups : summarise(some, until);
  const models = countModels.map((model) => fitCounts(model, seen, method));
  const near = new Map(models.map(({ model, values }) => [model.name, values]));
  const candidates = askThePast(purchases, { until, weeks, method, near });
  const best = bestCandidate(candidates);
  const parts = best?.parts ?? [];
  const outlook = parts.flatMap(({ model, weight }) => {
    const fitted = models.find((each) => each.model === model);
    if (fitted === undefined || weight < WEIGHT_LEAST) return [];
    return drawsFor(fitted, seen).map((draw) => ({
      model,
      values: draw.values,
      weight: weight * draw.weight,
    }));
  });
  const sum = outlook.reduce((all, { weight }) => all + weight, 0);
  return {
    groups,
    models,
    candidates,
    served: best?.name ?? 'pool',
    outlook: outlook.map((part) => ({ ...part, weight: part.weight / sum })),
  };
}

/** The fewer accounts, the less their values are known; with very many nothing is left to be unsure of. */
function drawsFor(fitted: FittedModel, groups: Groups): Draw[] {
  const accounts = accountsIn(groups);
  if (fitted.method === 'mle' || accounts > 10_000) return [{ values: fitted.values, weight: 1 }];
  return drawValues(countTarget(fitted.model, groups, 'map'), fitted, accounts > 2_000 ? 8 : 24);
}

const ACCOUNTS_MOST = 20_000;
/** What says so little is left out. */
const WEIGHT_LEAST = 0.005;

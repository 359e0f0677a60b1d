import { accountsIn, type Groups, someOf } from '../known/summary.ts';
import type { CountModel, ParameterValues } from '../models/model.ts';
import { logPrior } from '../models/priors.ts';
import { type Fit, type FitTarget, fitTarget } from './fit.ts';

/** `mle` asks what was seen alone; `map` what is usual, too, which keeps a few accounts from saying too much. */
export type FitMethod = 'mle' | 'map';

export interface FittedModel extends Fit {
  model: CountModel;
  method: FitMethod;
  logLikelihood: number;
}

export function fitCounts(
  model: CountModel,
  groups: Groups,
  method: FitMethod,
  near?: ParameterValues,
): FittedModel {
  const target = countTarget(model, groups, method, near);
  return toFittedModel(model, groups, method, fitTarget(target));
}

function toFittedModel(model: CountModel, groups: Groups, method: FitMethod, found: Fit): FittedModel {
  return { ...found, model, method, logLikelihood: model.logLikelihood(groups, found.values) };
}

/** `near` are values to begin with: those of yesterday, or of the same accounts at another time. */
export function countTarget(
  model: CountModel,
  groups: Groups,
  method: FitMethod,
  near?: ParameterValues,
): FitTarget {
  const densityOf = (seen: Groups) => (values: ParameterValues) =>
    model.logLikelihood(seen, values) + (method === 'map' ? logPrior(model.name, values) : 0);
  const target = { parameters: model.parameters, logDensity: densityOf(groups) };
  if (near !== undefined) return { ...target, starts: [near] };
  const from = { ...target, starts: startsFor(model, groups) };
  const some = someOf(groups, ROUGH_ACCOUNTS);
  return some === groups ? from : { ...from, roughDensity: densityOf(some) };
}

/** So many accounts show a search from afar where to go, before the last asks all of them. */
const ROUGH_ACCOUNTS = 4_000;

/** Rates around that of all accounts, and dropout from rare to frequent. */
function startsFor(model: CountModel, groups: Groups): number[][] {
  const total = (of: Float64Array) => of.reduce((sum, value, i) => sum + value * (groups.weight[i] ?? 0), 0);
  const weeks = Math.max(total(groups.T) / Math.max(1, accountsIn(groups)), 1);
  const rate = (total(groups.x) + 1) / (total(groups.T) + weeks);
  const within = (value: number) => Math.min(1e4, Math.max(1e-3, value));
  return [
    [0.3, 0.7, 2.5],
    [1, 0.3, 0.5],
    [0.6, 2, 20],
  ].map(([r = 0, third = 0, fourth = 0]) =>
    [r, within(r / rate), third, within(model.name === 'pareto-nbd' ? third * weeks : fourth)].slice(
      0,
      model.parameters.length,
    ),
  );
}

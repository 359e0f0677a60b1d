import { type Fit, type FitTarget, fitTarget } from './fit.ts';
import type { CountModel, ParameterValues } from './models.ts';
import { logPrior } from './priors.ts';
import { accountsIn, type Groups } from './summary.ts';

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
  return {
    parameters: model.parameters,
    starts: near === undefined ? startsFor(model, groups) : [near],
    logDensity: (values) =>
      model.logLikelihood(groups, values) + (method === 'map' ? logPrior(model.name, values) : 0),
  };
}

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

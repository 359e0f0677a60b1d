import {
  type AccountType,
  type KnownAccounts,
  repeatSpending,
  summariseType,
  typesToFit,
} from '../known/accounts.ts';
import { accountsIn, type Groups, summarise } from '../known/summary.ts';
import { countModels } from '../models/count-models.ts';
import { spendTarget } from '../models/gamma-gamma.ts';
import type { CountModel, ParameterValues } from '../models/model.ts';
import { logPriorAround } from '../models/priors.ts';
import type { Past } from '../served/choose.ts';
import {
  type Fit,
  type FitTarget,
  type Fitting,
  finishFitting,
  fitTarget,
  goOnFitting,
  startFitting,
} from './fit.ts';
import { countTarget, type FitMethod } from './fit-counts.ts';

/** One of the fits that a business needs. */
export interface FitTask {
  key: string;
  method: FitMethod;
  accounts: number;
  /** What one evaluation costs, in groups of accounts. */
  size: number;
  target: (done: KeptFits) => FitTarget;
  /** ln of the likelihood of what was seen, without what is usual. */
  logLikelihood: (values: ParameterValues) => number;
}

export interface KeptFit extends Pick<Fit, 'values' | 'spread' | 'hasConverged' | 'isAtLimit'> {
  logLikelihood: number;
}

/** Fits that are done, by the keys of their tasks. */
export type KeptFits = Readonly<Record<string, KeptFit>>;

/** All fits that are done so far, and the one under way: plain data, to be put away and gone on with elsewhere. */
export interface FitProgress {
  done: KeptFits;
  current: { key: string; fitting: Fitting } | null;
}

export const nothingFitted: FitProgress = { done: {}, current: null };

export const wholeKey = (model: CountModel) => model.name;
export const typeKey = (type: AccountType, model: CountModel) => `${type} ${model.name}`;
export const pastKey = (day: number, model: CountModel) => `${day} ${model.name}`;
export const spendKey = 'gamma-gamma';

export interface PlanTerms {
  /** The last day that is known. */
  until: number;
  method?: FitMethod;
  /** Values of the models a short while ago, by their names: a search begins with them. */
  lately?: ReadonlyMap<string, ParameterValues> | undefined;
}

/**
 * The fits of a business as it is known at the end of the day `until`: each model to all its accounts, to those of each
 * kind, shrunk to all, and to what was known at days of the past; then what a purchase day is worth.
 */
export function planFits(
  known: KnownAccounts,
  past: Past,
  { until, method = 'map', lately }: PlanTerms,
): FitTask[] {
  const groups = summarise(known.purchases, until);
  const whole = countModels.map((model) =>
    countTask(wholeKey(model), model, groups, { method, from: lately?.get(model.name) }),
  );
  const types = typesToFit(known).flatMap((type) => {
    const ofType = summariseType(known, type, until);
    return countModels.map((model) =>
      countTask(typeKey(type, model), model, ofType, { method, around: wholeKey(model) }),
    );
  });
  const days = past.days.flatMap((day) => {
    const then = summarise(past.purchases, day);
    return countModels.map((model) =>
      countTask(pastKey(day, model), model, then, { method, near: wholeKey(model) }),
    );
  });
  return [...whole, ...types, ...days, ...(known.spent.length > 0 ? [spendTask(known, until, method)] : [])];
}

/** What is left of the tasks, at once. */
export function fitAll(tasks: readonly FitTask[]): KeptFits {
  let done: KeptFits = {};
  for (const task of tasks) done = { ...done, [task.key]: keep(task, fitTarget(task.target(done))) };
  return done;
}

/** Goes on for one slice of about `work` accounts evaluated; done when `current` is null and every task has its fit. */
export function goOnFits(tasks: readonly FitTask[], progress: FitProgress, work: number): FitProgress {
  let { done, current } = progress;
  let left = work;
  for (const task of tasks) {
    if (done[task.key] !== undefined) continue;
    const target = counting(task.target(done), (share) => {
      left -= share * task.size;
    });
    let fitting = current?.key === task.key ? current.fitting : startFitting(target);
    while (fitting.stage !== 'done' && left > 0)
      fitting = goOnFitting(target, fitting, Math.max(4, Math.ceil(left / task.size)));
    if (fitting.stage !== 'done') return { done, current: { key: task.key, fitting } };
    done = { ...done, [task.key]: keep(task, finishFitting(target, fitting)) };
    current = null;
  }
  return { done, current };
}

export const areFitted = (tasks: readonly FitTask[], { done }: FitProgress): boolean =>
  tasks.every(({ key }) => done[key] !== undefined);

function countTask(
  key: string,
  model: CountModel,
  groups: Groups,
  {
    method,
    around,
    near,
    from,
  }: { method: FitMethod; around?: string; near?: string; from?: ParameterValues | undefined },
): FitTask {
  const logLikelihood = (values: ParameterValues) => model.logLikelihood(groups, values);
  return {
    ...{ key, method },
    accounts: accountsIn(groups),
    size: groups.x.length * (model.name === 'pareto-nbd' ? PARETO_COSTS : 1),
    logLikelihood,
    target: (done) => {
      if (around === undefined) return countTarget(model, groups, method, valuesOf(done, near) ?? from);
      const center = valuesOf(done, around) ?? [];
      const logDensity = (values: ParameterValues) => logLikelihood(values) + logPriorAround(center, values);
      return { parameters: model.parameters, starts: [center], logDensity };
    },
  };
}

/** So many times as long as another model. */
const PARETO_COSTS = 4;

function spendTask(known: KnownAccounts, until: number, method: FitMethod): FitTask {
  const spending = repeatSpending(known, until);
  const { logDensity } = spendTarget(spending, 'mle');
  return {
    ...{ key: spendKey, method },
    accounts: spending.x.length,
    size: 4 * spending.x.length,
    logLikelihood: logDensity,
    target: () => spendTarget(spending, method),
  };
}

const valuesOf = (done: KeptFits, key: string | undefined) =>
  key === undefined ? undefined : done[key]?.values;

const keep = (task: FitTask, { values, spread, hasConverged, isAtLimit }: Fit): KeptFit => ({
  ...{ values, spread, hasConverged, isAtLimit },
  logLikelihood: task.logLikelihood(values),
});

/** Tells of each evaluation how much of all was looked at. */
function counting(target: FitTarget, onEvaluation: (share: number) => void): FitTarget {
  const counted = (density: FitTarget['logDensity'], share: number) => (values: ParameterValues) => {
    onEvaluation(share);
    return density(values);
  };
  const { logDensity, roughDensity } = target;
  return {
    ...target,
    logDensity: counted(logDensity, 1),
    ...(roughDensity === undefined ? {} : { roughDensity: counted(roughDensity, ROUGH_SHARE) }),
  };
}

/** A rough density looks at a fifth of the most accounts that are fitted, about. */
const ROUGH_SHARE = 0.2;

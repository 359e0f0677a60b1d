import { bestOf, goOn, type Search, startSearch } from './search.ts';

/** What is to be fitted: positive parameters, and ln of how well values of them go with what was seen. */
export interface FitTarget {
  parameters: readonly string[];
  logDensity: (values: readonly number[]) => number;
  /** The same of a few of what was seen, where there is much: the searches from afar go by it, only the last by all. */
  roughDensity?: (values: readonly number[]) => number;
  /** Where to begin: the best of all searches counts. Where there is one alone, it is near the end. */
  starts: readonly (readonly number[])[];
}

/** The values that go best with what was seen, and how sure they are. */
export interface Fit {
  values: number[];
  /** `logDensity` there. */
  logDensity: number;
  hasConverged: boolean;
  /** A value stands where the search had to stop: what was seen does not say how large or small it is. */
  isAtLimit: boolean;
  /** The lower triangle L of the covariance L·Lᵀ of the values' logarithms (Laplace's approximation). */
  spread: number[][];
  evaluations: number;
}

/** A fit under way, as plain data: it can be put away after a slice and gone on with in another. */
export interface Fitting {
  /** One for each start, then the best of them alone, then that once more around its end where it began from afar. */
  searches: Search[];
  stage: 'each' | 'best' | 'again' | 'done';
}

/** All at once: some hundred evaluations of the density. */
export function fitTarget(target: FitTarget): Fit {
  let fitting = startFitting(target);
  while (fitting.stage !== 'done') fitting = goOnFitting(target, fitting, SEARCH_MOST);
  return finishFitting(target, fitting);
}

export function startFitting(target: FitTarget): Fitting {
  const goal = goalOf(target.roughDensity ?? target.logDensity);
  const size = target.starts.length > 1 ? FROM_AFAR : FROM_NEAR;
  const searches = target.starts.map((start) => startSearch(goal, start.map(Math.log), size));
  return { searches, stage: 'each' };
}

/** One slice of at most so many evaluations for each search. The search takes place in the values' logarithms. */
export function goOnFitting(target: FitTarget, { searches, stage }: Fitting, evaluations: number): Fitting {
  const all = goalOf(target.logDensity);
  const goal = stage === 'again' || target.roughDensity === undefined ? all : goalOf(target.roughDensity);
  const moved = searches.map((search) => {
    const left = (stage === 'each' ? SCREENING : SEARCH_MOST) - search.evaluations;
    return goOn(goal, search, Math.min(evaluations, left));
  });
  const best = moved.toSorted((a, b) => bestOf(a).value - bestOf(b).value)[0] ?? startSearch(goal, []);
  const isOver = (search: Search, most: number) => search.isDone || search.evaluations >= most;
  if (stage === 'each' && !moved.every((search) => isOver(search, SCREENING)))
    return { searches: moved, stage };
  if (stage === 'each') return { searches: [best], stage: 'best' };
  if (!isOver(best, SEARCH_MOST)) return { searches: [best], stage };
  const isFromNear = target.starts.length === 1 && target.roughDensity === undefined;
  if (stage === 'again' || isFromNear) return { searches: [best], stage: 'done' };
  return { searches: [startSearch(all, bestOf(best).at, AT_THE_END)], stage: 'again' };
}

export function finishFitting(target: FitTarget, { searches }: Fitting): Fit {
  const goal = goalOf(target.logDensity);
  const search = searches[0] ?? startSearch(goal, []);
  const { at, value } = bestOf(search);
  return {
    values: at.map(Math.exp),
    logDensity: -value,
    hasConverged: search.isDone && Number.isFinite(value),
    isAtLimit: at.some((x) => x < LIMITS.least + 0.05 || x > LIMITS.most - 0.05),
    spread: spreadAt(goal, at),
    evaluations: search.evaluations,
  };
}

/** No value leaves 0.0001 … 100,000: beyond, the models say nothing else. */
const LIMITS = { least: Math.log(1e-4), most: Math.log(1e5) };

const SCREENING = 60;
const SEARCH_MOST = 1_500;

/** How far a search reaches out at first, in logarithms. */
const [FROM_AFAR, FROM_NEAR, AT_THE_END] = [0.5, 0.2, 0.05];

function goalOf(logDensity: FitTarget['logDensity']) {
  return (at: readonly number[]): number => {
    if (at.some((x) => !(x >= LIMITS.least && x <= LIMITS.most))) return Infinity;
    const value = -logDensity(at.map(Math.exp));
    return Number.isNaN(value) ? Infinity : value;
  };
}

/**
 * The spread that the curvature of the goal tells. Where it tells none, since the goal is flat or at a limit, so much is
 * added to the curvature as a deviation of two in logarithms means.
 */
function spreadAt(goal: (at: readonly number[]) => number, at: readonly number[]): number[][] {
  const curvature = curvatureAt(goal, at);
  for (let added = 0; added < 1e6; added = added === 0 ? 0.25 : added * 4) {
    const raised = curvature.map((row, i) => row.map((value, j) => (i === j ? value + added : value)));
    const lower = cholesky(raised);
    if (lower !== null) return cholesky(inverseOf(lower)) ?? [];
  }
  return at.map((_, i) => at.map((_, j) => (i === j ? 1 : 0)));
}

function curvatureAt(goal: (at: readonly number[]) => number, at: readonly number[]): number[][] {
  const step = 2e-3;
  const value = (i: number, byI: number, j: number, byJ: number) =>
    goal(at.map((x, axis) => x + (axis === i ? byI * step : 0) + (axis === j ? byJ * step : 0)));
  const middle = goal(at);
  const second = (i: number, j: number) =>
    i === j
      ? value(i, 1, j, 0) - 2 * middle + value(i, -1, j, 0)
      : (value(i, 1, j, 1) - value(i, 1, j, -1) - value(i, -1, j, 1) + value(i, -1, j, -1)) / 4;
  const lower = at.map((_, i) => at.slice(0, i + 1).map((_, j) => second(i, j) / step ** 2));
  const between = (i: number, j: number) => lower[Math.max(i, j)]?.[Math.min(i, j)] ?? 0;
  return at.map((_, i) => at.map((_, j) => (Number.isFinite(between(i, j)) ? between(i, j) : 0)));
}

/** The lower triangle L with L·Lᵀ = matrix; null where the matrix is not positive definite. */
function cholesky(matrix: readonly (readonly number[])[]): number[][] | null {
  const lower: number[][] = matrix.map((row) => row.map(() => 0));
  for (const [i, row] of lower.entries()) {
    for (let j = 0; j <= i; j += 1) {
      const other = lower[j] ?? [];
      let rest = matrix[i]?.[j] ?? 0;
      for (let k = 0; k < j; k += 1) rest -= (row[k] ?? 0) * (other[k] ?? 0);
      if (i === j && !(rest > 1e-9)) return null;
      row[j] = i === j ? Math.sqrt(rest) : rest / (other[j] ?? 1);
    }
  }
  return lower;
}

/** The inverse of L·Lᵀ, column by column. */
function inverseOf(lower: readonly (readonly number[])[]): number[][] {
  const size = lower.length;
  const at = (i: number, j: number) => lower[i]?.[j] ?? 0;
  return lower.map((_, column) => {
    const x: number[] = [];
    for (let i = 0; i < size; i += 1) {
      let rest = i === column ? 1 : 0;
      for (let k = 0; k < i; k += 1) rest -= at(i, k) * (x[k] ?? 0);
      x[i] = rest / at(i, i);
    }
    for (let i = size - 1; i >= 0; i -= 1) {
      let rest = x[i] ?? 0;
      for (let k = i + 1; k < size; k += 1) rest -= at(k, i) * (x[k] ?? 0);
      x[i] = rest / at(i, i);
    }
    return x;
  });
}

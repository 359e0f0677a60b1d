/** A search for the smallest value, as plain data: it can be put away after some steps and gone on with later. */
export interface Search {
  /** One corner more than there are coordinates, by rising value. */
  corners: { at: number[]; value: number }[];
  evaluations: number;
  isDone: boolean;
}

/** A search around `start` with steps of `size` to each side. */
export function startSearch(goal: Goal, start: readonly number[], size = 0.5): Search {
  const corners = [[...start], ...start.map((_, axis) => start.map((x, i) => (i === axis ? x + size : x)))];
  const valued = corners.map((at) => ({ at, value: goal(at) }));
  return { corners: sorted(valued), evaluations: corners.length, isDone: false };
}

export type Goal = (at: readonly number[]) => number;

/**
 * Goes on by at most `evaluations` of the goal, by the downhill simplex of Nelder and Mead (1965), "A simplex method for
 * function minimization", Computer Journal 7(4), with the coefficients of Gao and Han (2012). Done when all corners have
 * nearly the same value and place. A goal that is not a number counts as infinite.
 */
export function goOn(goal: Goal, search: Search, evaluations: number): Search {
  let { corners } = search;
  let spent = 0;
  const valueAt = (at: number[]) => {
    spent += 1;
    const value = goal(at);
    return { at, value: Number.isNaN(value) ? Infinity : value };
  };
  while (spent < evaluations && !isSmall(corners)) corners = sorted(step(corners, valueAt));
  return { corners, evaluations: search.evaluations + spent, isDone: isSmall(corners) };
}

export function bestOf(search: Search): { at: number[]; value: number } {
  return search.corners[0] ?? { at: [], value: Infinity };
}

const VALUE_TOLERANCE = 1e-8;
const PLACE_TOLERANCE = 1e-5;

type Corner = Search['corners'][number];

function step(corners: readonly Corner[], valueAt: (at: number[]) => Corner): Corner[] {
  const kept = corners.slice(0, -1);
  const [best, worst, secondWorst] = [corners[0], corners.at(-1), kept.at(-1)];
  if (best === undefined || worst === undefined || secondWorst === undefined) return [...corners];
  const middle = best.at.map(
    (_, axis) => kept.reduce((sum, { at }) => sum + (at[axis] ?? 0), 0) / kept.length,
  );
  const along = (factor: number) => middle.map((x, axis) => x + factor * (x - (worst.at[axis] ?? 0)));
  const n = kept.length;
  const mirrored = valueAt(along(1));
  if (mirrored.value < best.value) {
    const farther = valueAt(along(1 + 2 / n));
    return [...kept, farther.value < mirrored.value ? farther : mirrored];
  }
  if (mirrored.value < secondWorst.value) return [...kept, mirrored];
  const isBetter = mirrored.value < worst.value;
  const nearer = valueAt(along(isBetter ? 0.75 - 0.5 / n : 0.5 / n - 0.75));
  if (nearer.value < Math.min(mirrored.value, worst.value)) return [...kept, nearer];
  const shrunk = (at: number[]) => at.map((x, axis) => x + (1 / n) * ((best.at[axis] ?? 0) - x));
  return [best, ...corners.slice(1).map(({ at }) => valueAt(shrunk(at)))];
}

function sorted(corners: readonly Corner[]): Corner[] {
  return corners.toSorted((a, b) => a.value - b.value);
}

function isSmall(corners: readonly Corner[]): boolean {
  const [best, worst] = [corners[0], corners.at(-1)];
  if (best === undefined || worst === undefined) return true;
  if (!(worst.value - best.value <= VALUE_TOLERANCE * (1 + Math.abs(best.value)))) return false;
  return corners.every(({ at }) =>
    at.every((x, axis) => Math.abs(x - (best.at[axis] ?? 0)) < PLACE_TOLERANCE),
  );
}

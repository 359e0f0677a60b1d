import { logGamma } from './special-functions.ts';

/** Chances of 0, 1, 2 … purchase days: the first `cells` of `chances`, which add up to 1; more is in the last one. */
export interface CountChances {
  chances: Float64Array;
  cells: number;
}

/** More purchase days than any horizon has; what lies beyond is counted as this. */
const CELLS_MOST = 2_048;

export function emptyCounts(): CountChances {
  return { chances: new Float64Array(CELLS_MOST), cells: 0 };
}

/** A rate of buying a week that is known as a Gamma(shape, rate). */
export interface GammaRate {
  shape: number;
  rate: number;
}

export function clear(out: CountChances): void {
  out.chances.fill(0, 0, out.cells);
  out.cells = 0;
}

/**
 * Adds `weight` times the chances of a Poisson process over `time` weeks, a negative binomial distribution, until what is
 * left is below one in 10¹⁰.
 */
export function addPurchases(
  out: CountChances,
  { shape, rate }: GammaRate,
  time: number,
  weight: number,
): void {
  const z = time / (rate + time);
  const logFirst = shape * Math.log(rate / (rate + time));
  if (logFirst < -600) {
    addByLogs(out, { shape, z, logFirst, weight });
    return;
  }
  const { chances } = out;
  let chance = weight * Math.exp(logFirst);
  let left = weight - chance;
  let cells = 1;
  chances[0] = (chances[0] ?? 0) + chance;
  while (left > NEGLIGIBLE && cells < CELLS_MOST) {
    chance *= ((shape + cells - 1) / cells) * z;
    chances[cells] = (chances[cells] ?? 0) + chance;
    left -= chance;
    cells += 1;
  }
  close(out, cells, left);
}

/** As above where the chance of none is too small for a number. */
function addByLogs(
  out: CountChances,
  { shape, z, logFirst, weight }: { shape: number; z: number; logFirst: number; weight: number },
): void {
  const logShape = logGamma(shape);
  let left = weight;
  let cells = 0;
  while (left > NEGLIGIBLE && cells < CELLS_MOST) {
    const rising = logGamma(shape + cells) - logShape - logGamma(cells + 1);
    const chance = weight * Math.exp(logFirst + rising + cells * Math.log(z));
    out.chances[cells] = (out.chances[cells] ?? 0) + chance;
    left -= chance;
    cells += 1;
  }
  close(out, cells, left);
}

function close(out: CountChances, cells: number, left: number): void {
  out.cells = Math.max(out.cells, cells);
  out.chances[cells - 1] = Math.max(0, (out.chances[cells - 1] ?? 0) + left);
}

const NEGLIGIBLE = 1e-10;

/** Lets only the share `alive` of the accounts buy at all; the others buy nothing. */
export function mixWithNone(counts: CountChances, alive: number): void {
  for (let k = 0; k < counts.cells; k += 1) counts.chances[k] = (counts.chances[k] ?? 0) * alive;
  counts.chances[0] = (counts.chances[0] ?? 0) + 1 - alive;
}

export function meanOf({ chances, cells }: CountChances): number {
  let sum = 0;
  for (let k = 1; k < cells; k += 1) sum += k * (chances[k] ?? 0);
  return sum;
}

export function varianceOf(counts: CountChances): number {
  let squares = 0;
  for (let k = 1; k < counts.cells; k += 1) squares += k * k * (counts.chances[k] ?? 0);
  return squares - meanOf(counts) ** 2;
}

/** The smallest number whose chance of not being exceeded is at least `level`. */
export function quantileOf({ chances, cells }: CountChances, level: number): number {
  let below = 0;
  for (let k = 0; k < cells; k += 1) {
    below += chances[k] ?? 0;
    if (below >= level) return k;
  }
  return cells - 1;
}

/** Chances of fewer than `count`, and of exactly `count`. */
export function placeOf({ chances, cells }: CountChances, count: number): { below: number; at: number } {
  let below = 0;
  for (let k = 0; k < Math.min(count, cells); k += 1) below += chances[k] ?? 0;
  return { below, at: count < cells ? (chances[count] ?? 0) : 0 };
}

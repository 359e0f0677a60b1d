import { mulberry32 } from '../../../ground/platform/mulberry.ts';
import type { Fit, FitTarget } from './fit.ts';

/** Values of a model's parameters that may be true, and how likely beside the others: weights add up to 1. */
export interface Draw {
  values: number[];
  weight: number;
}

/**
 * `count` (even) draws of what the values may be: of Laplace's approximation in pairs around the fit, a little wider,
 * weighed by how much likelier the target says they are than the approximation does (importance sampling).
 */
export function drawValues(
  target: FitTarget,
  { values, spread }: Pick<Fit, 'values' | 'spread'>,
  count: number,
  seed = 1,
): Draw[] {
  const normal = normals(seed);
  const drawn: { values: number[]; logWeight: number }[] = [];
  for (let pair = 0; pair < count / 2; pair += 1) {
    const z = values.map(() => normal());
    for (const sign of [1, -1]) {
      const moved = values.map((value, i) => {
        const distance = (spread[i] ?? []).reduce((sum, l, j) => sum + l * (z[j] ?? 0), 0);
        return value * Math.exp(sign * WIDER * distance);
      });
      const logProposal = -z.reduce((sum, each) => sum + each ** 2, 0) / 2;
      drawn.push({ values: moved, logWeight: target.logDensity(moved) - logProposal });
    }
  }
  const finite = drawn.filter(({ logWeight }) => Number.isFinite(logWeight));
  if (finite.length === 0) return [{ values, weight: 1 }];
  const most = Math.max(...finite.map(({ logWeight }) => logWeight));
  const raw = finite.map((draw) => ({ values: draw.values, weight: Math.exp(draw.logWeight - most) }));
  const sum = raw.reduce((all, { weight }) => all + weight, 0);
  return raw.map((draw) => ({ ...draw, weight: draw.weight / sum }));
}

/** The approximation is narrower than the truth where few accounts tell. */
const WIDER = 1.2;

/** Numbers of the normal distribution, by Box and Muller (1958). */
function normals(seed: number): () => number {
  const next = mulberry32(seed);
  const uniform = () => (next() + 0.5) / 2 ** 32;
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** ln Γ(x) for x > 0: Stirling's series (DLMF 5.11.1), after moving x up to where it is exact (DLMF 5.5.1). */
export function logGamma(x: number): number {
  let product = 1;
  let z = x;
  while (z < 12) {
    product *= z;
    z += 1;
  }
  const inverse = 1 / (z * z);
  const series =
    (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - inverse / 1188) * inverse) * inverse) * inverse) / z;
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_TWO_PI + series - Math.log(product);
}

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Gauss's hypergeometric function 2F1(1, b; c; z) for 0 ≤ z < 1, by its continued fraction (DLMF 15.7.5 with a = 1) in
 * Lentz's way. All that is asked of 2F1 here comes to this by Euler's transformation (DLMF 15.8.1).
 */
export function hypergeometric(b: number, c: number, z: number): number {
  let ratio = 0;
  let last = 1;
  let value = 1;
  for (let step = 1; step < STEPS_MOST; step += 1) {
    const half = step >>> 1;
    const factor =
      step % 2 === 1
        ? ((b + half) * (c - 1 + half)) / ((c + step - 2) * (c + step - 1))
        : (half * (c - b + half - 1)) / ((c + step - 2) * (c + step - 1));
    last = 1 - (factor * z) / last;
    ratio = 1 / (1 - factor * z * ratio);
    const change = last * ratio;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return 1 / value;
}

const STEPS_MOST = 2_000;

/** The regularised incomplete beta function I_z(a, b): the chance that a Beta(a, b) is below z (DLMF 8.17.8). */
export function incompleteBeta(z: number, a: number, b: number): number {
  if (z <= 0) return 0;
  if (z >= 1) return 1;
  if (z > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - z, b, a);
  const logFront = a * Math.log(z) + b * Math.log1p(-z) + logGamma(a + b) - logGamma(a) - logGamma(b);
  return (Math.exp(logFront) * hypergeometric(a + b, a + 1, z)) / a;
}

/** ln(eᵃ + eᵇ). */
export function logAdd(a: number, b: number): number {
  const larger = Math.max(a, b);
  return larger === -Infinity ? larger : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
}

/** Points and weights of Gauss and Legendre for the integral over 0 … 1 (DLMF 3.5.15), by Newton's method. */
export function gaussLegendre(count: number): { points: number[]; weights: number[] } {
  const points: number[] = [];
  const weights: number[] = [];
  for (let index = 0; index < count; index += 1) {
    let x = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let round = 0; round < 20; round += 1) {
      let [before, value] = [1, x];
      for (let degree = 2; degree <= count; degree += 1)
        [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
      slope = (count * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    points.push((1 - x) / 2);
    weights.push(1 / ((1 - x * x) * slope * slope));
  }
  return { points, weights };
}

/** Of the normal distribution, at 0.975. */
const Z = 1.959963984540054;

/**
 * Student's t at 0.975 by the series of Fisher and Cornish in 1/ν (Abramowitz and Stegun 26.7.5): from 5 degrees of freedom on, it
 * differs from the exact quantile by less than 0.002. `freedom` need not be whole.
 */
export function tQuantile975(freedom: number): number {
  const z = Z;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, at) => sum + term / freedom ** (at + 1), z);
}

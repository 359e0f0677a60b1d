import type { Sums } from './opinion.ts';

export function sumsOf(values: readonly number[]): Sums {
  return values.reduce(
    ({ n, sum, squares }, value) => ({ n: n + 1, sum: sum + value, squares: squares + value ** 2 }),
    { n: 0, sum: 0, squares: 0 },
  );
}

/**
 * The fifths of some values by rank (DOMAIN §5): 5 is best, equal values are in the same fifth, the one of the lowest place that
 * they have. The place of a value is 1 and how many are less; of n, the fifth is five times the place divided by n, rounded up.
 * @returns the least value of the second fifth, the third, the fourth and the fifth; null where a fifth is empty and so is
 * each above it
 */
export function fifthsOf(values: readonly bigint[]): FifthStarts {
  const sorted = BigInt64Array.from(values).sort();
  return [startOf(sorted, 1), startOf(sorted, 2), startOf(sorted, 3), startOf(sorted, 4)];
}

export type FifthStarts = readonly [bigint | null, bigint | null, bigint | null, bigint | null];

/** The first value that has at least this share of fifths of all others below it. */
function startOf(sorted: BigInt64Array, fifths: number): bigint | null {
  const below = Math.floor((fifths * sorted.length) / 5);
  const at = sorted[below];
  if (at === undefined) return null;
  if (below === 0 || sorted[below - 1] !== at) return at;
  return sorted.find((value) => value > at) ?? null;
}

/** From 1 to 5. */
export function fifthOf(value: bigint, starts: FifthStarts): number {
  return 1 + starts.filter((start) => start !== null && value >= start).length;
}

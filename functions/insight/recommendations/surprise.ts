/** How many were counted of a kind, and how many would have been by chance. */
export type Cell = readonly [counted: number, chance: number];

/** Less than half a count is expected nowhere: what cannot be by chance would outweigh everything. */
const CHANCE_MIN = 0.5;

/**
 * How much counts speak against chance: twice the logarithm of the likelihood ratio, G², of T. Dunning, "Accurate methods for
 * the statistics of surprise and coincidence", Computational Linguistics 19(1), 1993. The kinds exclude one another, and make up
 * the same whole by count and by chance.
 */
export function surprise(cells: readonly Cell[]): number {
  return cells.reduce(
    (sum, [counted, chance]) =>
      counted <= 0 ? sum : sum + 2 * counted * Math.log(counted / Math.max(chance, CHANCE_MIN)),
    0,
  );
}

/** Who bought both of two products, one of them, and neither. */
export function pairCells(of: {
  accounts: number;
  first: number;
  second: number;
  together: number;
  chance: number;
}): Cell[] {
  const { accounts, first, second, together, chance } = of;
  return [
    [together, chance],
    [first - together, first - chance],
    [second - together, second - chance],
    [accounts - first - second + together, accounts - first - second + chance],
  ];
}

/** Above it one pair in a thousand stands out by chance: the 99.9th centile of χ² with one degree of freedom. */
export const SURPRISE_MIN = 10.828;

/**
 * What a pair has to reach where so many are tried, so that less than one of them all stands out by chance: the tail of χ² with
 * one degree of freedom is less than e^(−x/2).
 */
export function surpriseNeeded(tried: number): number {
  return Math.max(SURPRISE_MIN, 2 * Math.log(Math.max(1, tried)));
}

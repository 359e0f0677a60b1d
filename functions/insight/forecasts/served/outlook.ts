import { type Groups, type Summary, summaryOf } from '../known/summary.ts';
import { type CountChances, clear, emptyCounts, meanOf, quantileOf, varianceOf } from '../models/counts.ts';
import type { CountModel, ParameterValues } from '../models/model.ts';

/** Models at values that may be true, weighed: one, several draws of one, or several models. Weights add up to 1. */
export type Outlook = readonly { model: CountModel; values: ParameterValues; weight: number }[];

/** What is to be expected of each group in the next `weeks`; a column for each figure, as long as there are groups. */
export interface GroupForecasts {
  weeks: number;
  alive: Float64Array;
  /** Purchase days. */
  expected: Float64Array;
  /** With a chance of 80 % there are no fewer than `low` and no more than `high` purchase days, or with a little more. */
  low: Uint16Array;
  high: Uint16Array;
  /** For each of the outlook's parts, the sum over all accounts so far: of what is expected, and of its variance. */
  totals: { expected: number; variance: number }[];
}

export function emptyForecasts(groups: Groups, outlook: Outlook, weeks: number): GroupForecasts {
  const count = groups.x.length;
  return {
    weeks,
    alive: new Float64Array(count),
    expected: new Float64Array(count),
    low: new Uint16Array(count),
    high: new Uint16Array(count),
    totals: outlook.map(() => ({ expected: 0, variance: 0 })),
  };
}

/** Fills in the groups `from` … `until` − 1, so that a large business can be worked on in slices, in turn. */
export function forecastGroups(
  into: GroupForecasts,
  { groups, outlook }: { groups: Groups; outlook: Outlook },
  { from, until }: { from: number; until: number },
): void {
  const all = emptyCounts();
  const part = emptyCounts();
  for (let group = from; group < Math.min(until, groups.x.length); group += 1) {
    const summary = summaryOf(groups, group);
    const accounts = groups.weight[group] ?? 0;
    let alive = 0;
    clear(all);
    for (const [index, { model, values, weight }] of outlook.entries()) {
      model.countChances(part, summary, values, into.weeks);
      alive += weight * model.aliveChance(summary, values);
      addWeighed(all, part, weight);
      const total = into.totals[index];
      if (total === undefined) continue;
      total.expected += accounts * meanOf(part);
      total.variance += accounts * varianceOf(part);
    }
    into.alive[group] = alive;
    into.expected[group] = meanOf(all);
    into.low[group] = quantileOf(all, 0.1);
    into.high[group] = quantileOf(all, 0.9);
  }
}

/** Chances of 0, 1, 2 … purchase days of one account; `part` is room to count in. */
export function outlookCounts(
  out: CountChances,
  outlook: Outlook,
  summary: Summary,
  { weeks, part = emptyCounts() }: { weeks: number; part?: CountChances },
): void {
  clear(out);
  for (const { model, values, weight } of outlook) {
    model.countChances(part, summary, values, weeks);
    addWeighed(out, part, weight);
  }
}

/** The chance of being alive, and what it may be by 80 % as the values of the parameters are not known for sure. */
export function aliveRange(
  outlook: Outlook,
  summary: Summary,
): { chance: number; low: number; high: number } {
  const parts = outlook
    .map(({ model, values, weight }) => ({ chance: model.aliveChance(summary, values), weight }))
    .sort((a, b) => a.chance - b.chance);
  const at = (level: number) => {
    let below = 0;
    for (const { chance, weight } of parts) {
      below += weight;
      if (below >= level) return chance;
    }
    return parts.at(-1)?.chance ?? 0;
  };
  const chance = parts.reduce((sum, part) => sum + part.weight * part.chance, 0);
  return { chance, low: at(0.1), high: at(0.9) };
}

/**
 * In how many weeks from today an account has bought again with a chance of `level`; null where that chance is never
 * reached within ten years.
 */
export function nextPurchaseWeeks(outlook: Outlook, summary: Summary, level: number): number | null {
  const bought = (weeks: number) =>
    outlook.reduce(
      (sum, part) => sum + part.weight * (1 - part.model.noneChance(summary, part.values, weeks)),
      0,
    );
  let [low, high] = [0, TEN_YEARS];
  if (bought(high) < level) return null;
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (bought(middle) < level) low = middle;
    else high = middle;
  }
  return high;
}

const TEN_YEARS = 522;

/** The sum over all accounts: the parts differ by what is not known of the business, accounts within a part by chance. */
export function totalRange(outlook: Outlook, totals: GroupForecasts['totals']) {
  let [expected, squares] = [0, 0];
  for (const [index, { weight }] of outlook.entries()) {
    const total = totals[index] ?? { expected: 0, variance: 0 };
    expected += weight * total.expected;
    squares += weight * (total.variance + total.expected ** 2);
  }
  const deviation = Math.sqrt(Math.max(0, squares - expected ** 2));
  return {
    expected,
    low: Math.max(0, expected - NORMAL_80 * deviation),
    high: expected + NORMAL_80 * deviation,
  };
}

/** The normal distribution lies within so many deviations by 80 %. */
const NORMAL_80 = 1.2816;

function addWeighed(all: CountChances, part: CountChances, weight: number): void {
  for (let k = 0; k < part.cells; k += 1)
    all.chances[k] = (all.chances[k] ?? 0) + weight * (part.chances[k] ?? 0);
  all.cells = Math.max(all.cells, part.cells);
}

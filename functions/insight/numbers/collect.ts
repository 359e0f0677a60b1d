import { monthAfter } from '../levels/months.ts';
import { type FifthStarts, fifthOf, fifthsOf } from './fifths.ts';
import { type Quartiles, quartilesOf } from './quartiles.ts';

/** What is read of one account that has bought anything. */
export interface NumberedAccount {
  kind: 'personal' | 'household' | 'company';
  firstMonth: string;
  /** The last purchase day as a number of days. */
  lastDay: bigint;
  intervalHalfDays: bigint | null;
  /** To date. */
  spendMinor: bigint;
  yearOrders: bigint;
  yearDays: bigint;
  yearSpendMinor: bigint;
}

export interface RfmCell {
  recency: number;
  frequency: number;
  accounts: number;
  spendMinor: bigint;
}

export interface Rfm {
  accounts: number;
  /** The least that is in the second fifth and each above it: days as numbers, purchase days, minor units. */
  starts: { recency: FifthStarts; frequency: FifthStarts; spend: FifthStarts };
  cells: RfmCell[];
  /** By the fifth of spend. */
  spend: { fifth: number; accounts: number; spendMinor: bigint }[];
}

/** The accounts that bought within the last 365 days, by the fifths of when, how often and how much. */
export function rfmOf(all: readonly NumberedAccount[]): Rfm {
  const accounts = all.filter(({ yearDays }) => yearDays > 0n);
  const starts = {
    recency: fifthsOf(accounts.map(({ lastDay }) => lastDay)),
    frequency: fifthsOf(accounts.map(({ yearDays }) => yearDays)),
    spend: fifthsOf(accounts.map(({ yearSpendMinor }) => yearSpendMinor)),
  };
  const cells = [5, 4, 3, 2, 1].flatMap((recency) =>
    [1, 2, 3, 4, 5].map((frequency) => ({ recency, frequency, accounts: 0, spendMinor: 0n })),
  );
  const spend = [1, 2, 3, 4, 5].map((fifth) => ({ fifth, accounts: 0, spendMinor: 0n }));
  for (const { lastDay, yearDays, yearSpendMinor } of accounts) {
    const cell = cells[(5 - fifthOf(lastDay, starts.recency)) * 5 + fifthOf(yearDays, starts.frequency) - 1];
    const row = spend[fifthOf(yearSpendMinor, starts.spend) - 1];
    for (const sums of [cell, row]) {
      if (sums === undefined) continue;
      sums.accounts += 1;
      sums.spendMinor += yearSpendMinor;
    }
  }
  return { accounts: accounts.length, starts, cells, spend };
}

/** What the tenth of spenders that spent most has of all spend; rounded up, so that one of three is a tenth. */
export function topTenthOf(all: readonly NumberedAccount[]) {
  const spent = BigInt64Array.from(
    all.filter(({ yearSpendMinor }) => yearSpendMinor > 0n).map(({ yearSpendMinor }) => yearSpendMinor),
  ).sort();
  const accounts = Math.ceil(spent.length / 10);
  const sum = (values: BigInt64Array) => values.reduce((total, value) => total + value, 0n);
  const top = accounts === 0 ? spent.subarray(0, 0) : spent.subarray(-accounts);
  return { accounts, of: spent.length, spendMinor: sum(top), ofMinor: sum(spent), fromMinor: top[0] ?? null };
}

export interface Bucket {
  from: bigint;
  /** The first figure that is not in it; null for the last. */
  to: bigint | null;
  accounts: number;
}

/** How many figures lie in each part of a scale; the last part has no end, and what lies below the first is in it. */
export function spreadOf(values: readonly bigint[], scale: readonly bigint[]): Bucket[] {
  const buckets = scale.map((from, at) => ({ from, to: scale[at + 1] ?? null, accounts: 0 }));
  for (const value of values) {
    const bucket = buckets.findLast(({ from }) => value >= from) ?? buckets[0];
    if (bucket) bucket.accounts += 1;
  }
  return buckets;
}

/** Round steps for sums: 1, 2, 5, 10 … of `unit`, up to the highest. */
export function roundScale(highest: bigint, unit: bigint): bigint[] {
  const scale = [0n];
  for (let power = unit; power <= highest; power *= 10n)
    for (const times of [1n, 2n, 5n]) if (power * times <= highest) scale.push(power * times);
  return scale;
}

/** Round steps for intervals, in half days. */
export const intervalScale = [0, 7, 14, 30, 60, 90, 180, 365].map((days) => BigInt(days * 2));

export interface Cohort {
  month: string;
  accounts: number;
  /** How many bought in each month since; the first is the month itself. */
  bought: number[];
}

/** Cohorts by the month of the first purchase day, up to a month; `seen` counts accounts by that month and one in which they bought. */
export function cohortsOf(seen: ReadonlyMap<string, number>, { until }: { until: string }): Cohort[] {
  const firsts = [...new Set([...seen.keys()].map((key) => key.slice(0, 7)))].sort();
  return firsts.flatMap((month) => {
    const bought: number[] = [];
    for (let next = month; next <= until; next = monthAfter(next, 1))
      bought.push(seen.get(`${month} ${next}`) ?? 0);
    return bought.length === 0 ? [] : [{ month, accounts: bought[0] ?? 0, bought }];
  });
}

/** How a typical account of some buys, by quartiles: half of the accounts lie between lower and upper. */
export interface TypicalAccount {
  /** Those that bought within the last 365 days: basket, days and spend are theirs. */
  accounts: number;
  basketMinor: Quartiles | null;
  yearDays: Quartiles | null;
  yearSpendMinor: Quartiles | null;
  meanSpendMinor: bigint;
  /** Those that bought on two days or more, whenever: the interval is theirs. */
  returning: number;
  intervalHalfDays: Quartiles | null;
  /** What they spent to date by category, the most first, in basis points. */
  mix: { category: string; bps: number }[];
}

const MIX_MAX = 8;

export function typicalOf(
  accounts: readonly NumberedAccount[],
  spentOn: ReadonlyMap<string, bigint>,
): TypicalAccount {
  const buying = accounts.filter(({ yearOrders, yearSpendMinor }) => yearOrders > 0n && yearSpendMinor >= 0n);
  const intervals = accounts.flatMap(({ intervalHalfDays }) => intervalHalfDays ?? []);
  const year = buying.map(({ yearSpendMinor }) => yearSpendMinor);
  const whole = year.reduce((sum, minor) => sum + minor, 0n);
  const spent = [...spentOn].filter(([, minor]) => minor > 0n);
  const all = spent.reduce((sum, [, minor]) => sum + minor, 0n);
  return {
    accounts: buying.length,
    basketMinor: quartilesOf(buying.map(({ yearSpendMinor, yearOrders }) => yearSpendMinor / yearOrders)),
    yearDays: quartilesOf(buying.map(({ yearDays }) => yearDays)),
    yearSpendMinor: quartilesOf(year),
    meanSpendMinor: buying.length === 0 ? 0n : whole / BigInt(buying.length),
    returning: intervals.length,
    intervalHalfDays: quartilesOf(intervals),
    mix: spent
      .sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0))
      .slice(0, MIX_MAX)
      .map(([category, minor]) => ({ category, bps: Number((minor * 10_000n) / all) })),
  };
}

/** Fewer accounts than this are no type: cannot tell yet. */
export const TYPICAL_MIN = 10;

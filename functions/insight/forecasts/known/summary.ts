/**
 * Purchase days of many accounts in two flat arrays: those of account `i`, rising, stand in `days` from `starts[i]` up to
 * `starts[i + 1]`, as days since 1970-01-01.
 */
export interface PurchaseDays {
  days: Int32Array;
  starts: Uint32Array;
}

/** All that the models ask about an account, in weeks (DOMAIN.md §5). */
export interface Summary {
  /** Repeat purchase days: all but the first. */
  x: number;
  /** From the first purchase day to the last. */
  tx: number;
  /** From the first purchase day to today. */
  T: number;
}

/** Accounts that look alike to the models, counted: a likelihood is a sum over these. */
export interface Groups {
  x: Float64Array;
  tx: Float64Array;
  T: Float64Array;
  weight: Float64Array;
  /** The group of each account, or `NO_GROUP` where its first purchase day is yet to come. */
  groupOf: Uint32Array;
}

export const NO_GROUP = 0xffff_ffff;
export const DAYS_A_WEEK = 7;

/** Purchase days in flat arrays from lists of rising, distinct days. */
export function packDays(lists: readonly (readonly number[])[]): PurchaseDays {
  const starts = new Uint32Array(lists.length + 1);
  lists.forEach((list, index) => {
    starts[index + 1] = (starts[index] ?? 0) + list.length;
  });
  return { days: Int32Array.from(lists.flat()), starts };
}

/** What is known of every account at the end of the day `until`, equal accounts together. */
export function summarise({ days, starts }: PurchaseDays, until: number): Groups {
  const groups = collectGroups(starts.length - 1);
  for (let account = 0; account < starts.length - 1; account += 1) {
    const start = starts[account] ?? 0;
    const count = countUntil(days, { start, end: starts[account + 1] ?? 0 }, until);
    if (count > 0)
      groups.add(account, { count, first: days[start] ?? 0, last: days[start + count - 1] ?? 0 });
  }
  return groups.at(until);
}

/** An account's purchase days in three figures: how many, and the first and the last, as days since 1970-01-01. */
export interface BuyingSpan {
  count: number;
  first: number;
  last: number;
}

/** Groups of accounts of which no more is known than this, at the end of the day `until`. */
export function groupSpans(spans: readonly BuyingSpan[], until: number): Groups {
  const groups = collectGroups(spans.length);
  for (const [account, span] of spans.entries()) groups.add(account, span);
  return groups.at(until);
}

function collectGroups(accounts: number) {
  const groupOf = new Uint32Array(accounts).fill(NO_GROUP);
  const known = new Map<number, Map<number, number>>();
  const [x, firsts, lasts, weight]: [number[], number[], number[], number[]] = [[], [], [], []];
  const weeks = (span: number) => span / DAYS_A_WEEK;
  return {
    add: (account: number, { count, first, last }: BuyingSpan) => {
      const alike = known.get(count) ?? new Map<number, number>();
      known.set(count, alike);
      const key = first * SPAN + last - first;
      const group = alike.get(key) ?? x.length;
      groupOf[account] = group;
      weight[group] = (weight[group] ?? 0) + 1;
      if (group < x.length) return;
      alike.set(key, group);
      x.push(count - 1);
      firsts.push(first);
      lasts.push(last);
    },
    at: (until: number): Groups => ({
      x: Float64Array.from(x),
      tx: Float64Array.from(lasts, (day, group) => weeks(day - (firsts[group] ?? 0))),
      T: Float64Array.from(firsts, (day) => weeks(until - day)),
      weight: Float64Array.from(weight),
      groupOf,
    }),
  };
}

/** Purchase days of one account up to and with the day `until`; null before its first. */
export function spanUntil({ days, starts }: PurchaseDays, account: number, until: number): BuyingSpan | null {
  const start = starts[account] ?? 0;
  const count = countUntil(days, { start, end: starts[account + 1] ?? 0 }, until);
  if (count === 0) return null;
  return { count, first: days[start] ?? 0, last: days[start + count - 1] ?? 0 };
}

/** What the models ask about an account, at the end of the day `until`. */
export function summaryAt({ count, first, last }: BuyingSpan, until: number): Summary {
  const weeks = (span: number) => span / DAYS_A_WEEK;
  return { x: count - 1, tx: weeks(last - first), T: weeks(until - first) };
}

/** Purchase days of every account after `from`, up to and with `until`. */
export function countBetween({ days, starts }: PurchaseDays, from: number, until: number): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, account) => {
    const range = { start: starts[account] ?? 0, end: starts[account + 1] ?? 0 };
    return countUntil(days, range, until) - countUntil(days, range, from);
  });
}

/** Every n-th account, so that at most `most` are left: parameters of more would hardly differ. */
export function sampleAccounts(purchases: PurchaseDays, most: number): PurchaseDays {
  const accounts = purchases.starts.length - 1;
  const step = Math.ceil(accounts / most);
  if (step <= 1) return purchases;
  const lists: number[][] = [];
  for (let account = 0; account < accounts; account += step)
    lists.push([...purchases.days.subarray(purchases.starts[account], purchases.starts[account + 1])]);
  return packDays(lists);
}

/** The groups of every n-th account, about `most` of them; the same groups where there are no more. */
export function someOf(groups: Groups, most: number): Groups {
  const step = Math.ceil(groups.groupOf.length / most);
  if (step <= 1) return groups;
  const weight = new Float64Array(groups.x.length);
  for (let account = 0; account < groups.groupOf.length; account += step) {
    const group = groups.groupOf[account] ?? NO_GROUP;
    if (group !== NO_GROUP) weight[group] = (weight[group] ?? 0) + 1;
  }
  const isKept = (_: number, group: number) => (weight[group] ?? 0) > 0;
  return {
    x: groups.x.filter(isKept),
    tx: groups.tx.filter(isKept),
    T: groups.T.filter(isKept),
    weight: weight.filter((one) => one > 0),
    groupOf: new Uint32Array(),
  };
}

export function accountsIn(groups: Groups): number {
  return groups.weight.reduce((sum, weight) => sum + weight, 0);
}

export function summaryOf(groups: Groups, group: number): Summary {
  return { x: groups.x[group] ?? 0, tx: groups.tx[group] ?? 0, T: groups.T[group] ?? 0 };
}

/** More days than any history has, so that a first day and a length make one key. */
const SPAN = 1_000_000;

function countUntil(days: Int32Array, { start, end }: { start: number; end: number }, until: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((days[middle] ?? 0) <= until) low = middle + 1;
    else high = middle;
  }
  return low - start;
}

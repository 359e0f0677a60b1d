import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';
import { getFactsState } from '../facts/get-facts-state.ts';
import { firstOfLast, YEAR_DAYS } from '../facts/level.ts';
import { monthOfDay } from '../levels/months.ts';
import { findMarginsMark, type MarginsMark, readAppliedSlice } from '../margins/read-applied.ts';
import { findLastAsking } from '../segments/find-last-asking.ts';
import { cohortsOf, intervalScale, rfmOf, roundScale, spreadOf, topTenthOf, typicalOf } from './collect.ts';
import {
  addApplied,
  addMembers,
  noSegmentSums,
  type SegmentSums,
  segmentNumbersOf,
} from './count-segments.ts';
import { findNumbers, keepNumbers, type Numbers } from './kept-numbers.ts';
import { keepSegmentNumbers } from './kept-segments.ts';
import { readMembers } from './read-members.ts';
import { type NumbersSlice, type NumberTerms, readSlice } from './read-slice.ts';

/** Counting all accounts takes at most a two-hundredth of the time while something happens. */
const TIMES = 200;
const ANEW_MS = 10 * 60_000;

/**
 * Counts the figures over all accounts: with each business day, and while something happens every ten minutes, or less often
 * where it takes long. Accounts are read in slices, so that others come to their turn between.
 */
export async function countNumbers(ctx: Context): Promise<void> {
  const db = ctx.db.fresh;
  const { currency, timeZone } = await getBusiness({ ...ctx, db });
  if (currency === null) return;
  const today = dayOf(ctx.now(), timeZone);
  const [kept, { position }, askedAt, margins] = await Promise.all([
    findNumbers(db, currency),
    getFactsState(ctx),
    findLastAsking(db),
    findMarginsMark(db),
  ]);
  const is = { position, askedAt, margins: margins.mark };
  if (kept !== null && !isDue(kept, { ...is, today, now: ctx.now() })) return;
  const begun = ctx.now();
  const terms = { currency, since: firstOfLast(YEAR_DAYS, today), today };
  const sums = await addUpAll(ctx, terms, margins);
  if (sums === null) return;
  const numbers = toNumbers(sums, terms);
  const about = { ...is, tookMs: ctx.now() - begun };
  await ctx.db.write([
    keepNumbers(currency, { ...about, ...numbers }, ctx.now()),
    keepSegmentNumbers(currency, segmentsOf(sums, terms), ctx.now()),
  ]);
}

function isDue(
  { at, numbers }: { at: number; numbers: Numbers },
  is: Pick<Numbers, 'today' | 'position' | 'askedAt' | 'margins'> & { now: number },
): boolean {
  if (numbers.today !== is.today) return true;
  const isSame =
    numbers.position === is.position && numbers.askedAt === is.askedAt && numbers.margins === is.margins;
  if (isSame) return false;
  return is.now - at >= Math.max(ANEW_MS, numbers.tookMs * TIMES);
}

interface Sums {
  seen: Map<string, number>;
  months: Map<string, Numbers['months'][number]>;
  weekdays: Map<number, Numbers['weekdays'][number]>;
  mix: Map<string, Map<string, bigint>>;
  segments: SegmentSums;
}

/** Null where the process ends before all was read. */
async function addUpAll(
  ctx: Context,
  terms: NumberTerms,
  { isTold, hasProducts }: MarginsMark,
): Promise<Sums | null> {
  const sums: Sums = {
    ...{ seen: new Map(), months: new Map() },
    ...{ weekdays: new Map(), mix: new Map(), segments: noSegmentSums() },
  };
  for (let after: string | null = ''; after !== null; ) {
    if (ctx.isEnding?.() === true) return null;
    const slice: NumbersSlice = await readSlice(ctx.db.fresh, after, terms);
    addSlice(sums, slice);
    const span = { after, upTo: slice.upTo };
    addMembers(sums.segments, await readMembers(ctx.db.fresh, slice.accounts, { ...span, terms }));
    if (isTold) {
      const { currency } = terms;
      addApplied(sums.segments, await readAppliedSlice(ctx.db.fresh, { ...span, currency, hasProducts }));
    }
    after = slice.last;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return sums;
}

function addSlice(sums: Sums, slice: NumbersSlice): void {
  for (const { first, month, accounts } of slice.seen) {
    const key = `${first} ${month}`;
    sums.seen.set(key, (sums.seen.get(key) ?? 0) + accounts);
  }
  for (const row of slice.months) {
    const known = sums.months.get(row.month);
    if (known === undefined) sums.months.set(row.month, { ...row });
    else {
      known.orders += row.orders;
      known.accounts += row.accounts;
      known.spendMinor += row.spendMinor;
    }
  }
  for (const row of slice.weekdays) {
    const known = sums.weekdays.get(row.weekday);
    if (known === undefined) sums.weekdays.set(row.weekday, { ...row });
    else {
      known.orders += row.orders;
      known.spendMinor += row.spendMinor;
    }
  }
  for (const { kind, category, minor } of slice.mix) {
    const own = sums.mix.get(kind) ?? new Map<string, bigint>();
    own.set(category, (own.get(category) ?? 0n) + minor);
    sums.mix.set(kind, own);
  }
}

function segmentsOf({ segments, mix }: Sums, { since, today }: NumberTerms) {
  const all = new Map<string, bigint>();
  for (const own of mix.values())
    for (const [category, minor] of own) all.set(category, (all.get(category) ?? 0n) + minor);
  const sold = [...all]
    .filter(([, minor]) => minor > 0n)
    .sort(([, a], [, b]) => (a < b ? 1 : a > b ? -1 : 0))
    .slice(0, SOLD_MAX)
    .map(([category, minor]) => ({ category, minor }));
  return { since, today, sold, ...segmentNumbersOf(segments, all) };
}

/** Of more categories nobody tells margins. */
const SOLD_MAX = 200;

export const typicalKinds = ['personal', 'household', 'company'] as const;

function toNumbers(
  sums: Sums,
  { since, today, currency }: NumberTerms,
): Omit<Numbers, 'position' | 'askedAt' | 'margins' | 'tookMs'> {
  const { accounts } = sums.segments;
  const bought = accounts.filter(({ yearDays }) => yearDays > 0n);
  const spend = bought.map(({ yearSpendMinor }) => yearSpendMinor);
  const highest = BigInt64Array.from(spend).sort().at(-1) ?? 0n;
  const unit = 10n ** BigInt((currencyExponent(currency) ?? 2) + 1);
  const intervals = accounts.flatMap(({ intervalHalfDays }) => intervalHalfDays ?? []);
  return {
    ...{ since, today, rfm: rfmOf(accounts), topTenth: topTenthOf(accounts) },
    spend: spreadOf(spend, roundScale(highest, unit)),
    intervals: spreadOf(intervals, intervalScale),
    cohorts: cohortsOf(sums.seen, { until: monthOfDay(today) }),
    months: [...sums.months.values()].sort((a, b) => a.month.localeCompare(b.month)),
    weekdays: [...sums.weekdays.values()].sort((a, b) => a.weekday - b.weekday),
    typical: Object.fromEntries(
      typicalKinds.map((kind) => [
        kind,
        typicalOf(
          accounts.filter((account) => account.kind === kind),
          sums.mix.get(kind) ?? new Map(),
        ),
      ]),
    ),
  };
}

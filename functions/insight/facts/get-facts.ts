import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listLots } from '../../money/accounts/list-lots.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type GroupFound, groupOf } from './group.ts';
import { meanInterval } from './interval.ts';
import { firstOfLast, type LevelFound, levelOf, type PraiseDays, YEAR_DAYS } from './level.ts';
import type { FactsRow } from './list-facts.ts';
import { findMark } from './premium-mark.ts';
import { countUpTo, findAccount, findWindow, listCategories } from './queries.ts';

/** The last so many business days, today among them. */
const windows = [30, 90, YEAR_DAYS] as const;

export interface WindowSums {
  days: (typeof windows)[number];
  /** Orders neither cancelled nor wholly refunded, and the days with one. */
  orderCount: number;
  purchaseDays: number;
  /** In the currency of the business; refunds stand on the days of their orders. */
  spendMinor: bigint;
  refundedMinor: bigint;
}

/** What is known of a root account (DOMAIN §5). */
export interface Facts {
  accountId: string;
  /** Whether something happened with the account that is not counted yet. */
  isBehind: boolean;
  /** The earlier of sign-up and first order; null before either. */
  joinedAt: number | null;
  orderCount: number;
  purchaseDays: number;
  firstOn: string | null;
  lastOn: string | null;
  /** Days between one purchase day and the next; null before the second. */
  interval: { median: number; mean: number; lower: number; upper: number } | null;
  praised: PraiseDays;
  /** The business day on which they last told us anything. */
  heardOn: string | null;
  level: LevelFound | null;
  group: GroupFound;
  /** From which spend of the last 365 days on an account is premium; null while nobody is. */
  premiumFromMinor: bigint | null;
  isInClub: boolean;
  /** Sums are in it; null while the business has none, and then there are no sums. */
  currency: string | null;
  windows: WindowSums[];
  categories: { category: string; orderCount: number; spendMinor: bigint; lastOn: string | null }[];
  /** The credit that lapses next, all of that moment. */
  lapsesNext: { minor: bigint; at: number } | null;
}

/**
 * What is known of a root account; null while nothing was counted of it, as in the first minutes after an upgrade.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function getFacts(ctx: Context, { accountId }: { accountId: string }): Promise<Facts | null> {
  allow(ctx.actor, 'customers:read');
  const [business, account] = await Promise.all([getBusiness(ctx), findAccount(ctx.db, { accountId })]);
  if (account === null) throw new AppError('not_found', 'There is no such account.');
  const { facts, isInClub, signedUpAt, firstPlacedAt } = account;
  if (facts === null) return null;
  const { currency, timeZone } = business;
  const today = dayOf(ctx.now(), timeZone);
  const [{ sums, categories, premiumFromMinor }, lapsesNext] = await Promise.all([
    currency === null ? noSums : loadSums(ctx.db, { accountId, currency, today }),
    findLapsing(ctx, accountId),
  ]);
  const { orderCount, purchaseDays } = facts;
  const now = await countNow(ctx.db, facts, today);
  const praised = praisedOf(facts, timeZone);
  const yearSpendMinor = sums.find(({ days }) => days === YEAR_DAYS)?.spendMinor ?? 0n;
  return {
    accountId,
    isBehind: facts.countedSeq !== account.historySeq,
    joinedAt: earlier(signedUpAt, firstPlacedAt),
    ...{ orderCount, purchaseDays, firstOn: facts.firstOn, lastOn: facts.lastOn, praised },
    interval: intervalIn(facts),
    heardOn: dayOrNull(facts.heardAt, timeZone),
    level: levelOf({ orderCount: now.orderCount, praised }, today),
    group: groupOf({ isInClub, ...now, yearSpendMinor }, premiumFromMinor),
    ...{ premiumFromMinor, isInClub, currency, windows: sums, categories, lapsesNext },
  };
}

/** Level and group go by what was bought by today; few accounts have an order of a day to come. */
async function countNow(db: Store, { accountId, orderCount, purchaseDays, lastOn }: FactsRow, today: string) {
  const isAhead = lastOn !== null && lastOn > today;
  return (isAhead ? await countUpTo(db, { accountId, today }) : null) ?? { orderCount, purchaseDays };
}

const noSums = { sums: [], categories: [], premiumFromMinor: null };

async function loadSums(db: Store, asked: { accountId: string; currency: string; today: string }) {
  const { today, ...of } = asked;
  const [categories, mark, ...found] = await Promise.all([
    listCategories(db, of),
    findMark(db, of),
    ...windows.map((days) => findWindow(db, { ...of, from: firstOfLast(days, today), to: today })),
  ]);
  const nothing = { orderCount: 0, purchaseDays: 0, spendMinor: 0n, refundedMinor: 0n };
  const sums = windows.map((days, at) => ({ days, ...(found[at] ?? nothing) }));
  return { sums, categories, premiumFromMinor: mark?.fromMinor ?? null };
}

async function findLapsing(ctx: Context, accountId: string): Promise<Facts['lapsesNext']> {
  const lots = await listLots(ctx.db, { ids: JSON.stringify([accountId]) });
  const open = lots.filter(({ remainingMinor }) => remainingMinor > 0n);
  const ends = open.flatMap(({ expiresAt }) =>
    expiresAt !== null && expiresAt > ctx.now() ? [expiresAt] : [],
  );
  if (ends.length === 0) return null;
  const at = Math.min(...ends);
  const minor = open
    .filter(({ expiresAt }) => expiresAt === at)
    .reduce((sum, { remainingMinor }) => sum + remainingMinor, 0n);
  return { minor, at };
}

function intervalIn({
  intervalHalfDays,
  intervalLowerDays,
  intervalUpperDays,
  ...facts
}: FactsRow): Facts['interval'] {
  if (intervalHalfDays === null || intervalLowerDays === null || intervalUpperDays === null) return null;
  return {
    median: intervalHalfDays / 2,
    mean: meanInterval(facts),
    ...{ lower: intervalLowerDays, upper: intervalUpperDays },
  };
}

const dayOrNull = (at: number | null, timeZone: string) => (at === null ? null : dayOf(at, timeZone));

const praisedOf = (facts: FactsRow, timeZone: string): PraiseDays => ({
  friend: dayOrNull(facts.friendOrderedAt, timeZone),
  quote: dayOrNull(facts.quotedAt, timeZone),
  recommendation: dayOrNull(facts.recommendedAt, timeZone),
});

function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

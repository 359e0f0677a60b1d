import { sumFriendOrders } from '../../circle/referrals/friend-orders.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { firstOfLast, YEAR_DAYS } from '../facts/level.ts';
import { listMergedInto } from '../facts/merged-into.ts';
import { findMargins } from '../margins/find-margins.ts';
import type { AccountMargins } from '../margins/margins.ts';
import { findRank, listRanks, listRewards, listSums, type SpendSums } from './queries.ts';

/** What orders came to, refunds taken off. */
export interface SpendParts {
  orderCount: number;
  /** To date. */
  spendMinor: bigint;
  yearOrders: number;
  yearSpendMinor: bigint;
}

/** A place by spend of the 365 days, equal spend having the same. */
export interface Rank {
  place: number;
  of: number;
}

/** What a root account is worth to date (DOMAIN §5), in the currency of the business; what it will spend is its forecast's. */
export interface AccountValue extends SpendParts {
  accountId: string;
  currency: string;
  /** The first and the last of the 365 business days. */
  since: string;
  until: string;
  /** Of orders to date; taken off what was spent. */
  refundedMinor: bigint;
  /** Given to date, less what was taken back. */
  rewardsMinor: bigint;
  /**
   * What is left of it by the margins of today; null while the business has told none, and to keys and staff who only
   * serve, whom it does not concern.
   */
  margin: AccountMargins | null;
  /** What friends spent whom they had sent, from the day on which they told whose code it was. */
  referred: { friends: number; spendMinor: bigint };
  /** Its place by spend of the 365 days, equal spend having the same; null where it spent nothing. */
  rank: Rank | null;
  /** By department where there is any; the account itself has no name. Each with its place among those of the account. */
  departments: (SpendParts & { id: string; name: string | null; rank: Rank | null })[];
}

/**
 * The value of a root account; null while the business has no currency.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function getValue(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<AccountValue | null> {
  allow(ctx.actor, 'customers:read');
  const terms = await readTerms(ctx);
  if (terms === null) return null;
  const { currency, timeZone, ...days } = terms;
  const ids = JSON.stringify([accountId]);
  const merged = await listMergedInto(ctx.db, { ids });
  const own = JSON.stringify([accountId, ...merged.map((into) => into.accountId)]);
  const [sums, [rewards], [referred], marginsOf] = await Promise.all([
    listSums(ctx.db, { ids, currency, ...days }),
    listRewards(ctx.db, { ids, currency }),
    sumFriendOrders(ctx.db, { ids: own, currency }),
    findMargins(ctx, { ids, currency, timeZone, ...days }),
  ]);
  const whole = addUp(sums);
  const rank = await findRank(ctx.db, { currency, minor: `${whole.yearSpendMinor}` });
  return {
    ...{ accountId, currency, ...days, ...whole },
    margin: marginsOf?.(accountId) ?? null,
    refundedMinor: sums.reduce((sum, { refundedMinor }) => sum + refundedMinor, 0n),
    rewardsMinor: rewards?.minor ?? 0n,
    referred: referred ?? { friends: 0, spendMinor: 0n },
    rank: whole.yearSpendMinor > 0n && rank !== null ? { place: rank.above + 1, of: rank.all } : null,
    departments: sums.some(({ departmentId }) => departmentId !== '') ? departmentsOf(sums) : [],
  };
}

/** What each of some root accounts spent, in the sequence given, and its place among all: the relationships of one customer. */
export async function listSpend(
  ctx: Context,
  accountIds: readonly string[],
): Promise<{ currency: string; accounts: (SpendParts & { accountId: string; rank: Rank | null })[] } | null> {
  allow(ctx.actor, 'customers:read');
  const terms = await readTerms(ctx);
  if (terms === null) return null;
  const { currency, since, until } = terms;
  const sums = await listSums(ctx.db, { ids: JSON.stringify(accountIds), currency, since, until });
  const accounts = accountIds.map((accountId) => ({
    accountId,
    ...addUp(sums.filter(({ rootId }) => rootId === accountId)),
  }));
  const minors = JSON.stringify(accounts.map(({ yearSpendMinor }) => `${yearSpendMinor}`));
  const ranks = new Map((await listRanks(ctx.db, { minors, currency })).map((rank) => [rank.minor, rank]));
  return {
    currency,
    accounts: accounts.map((account) => {
      const rank = account.yearSpendMinor > 0n ? ranks.get(`${account.yearSpendMinor}`) : undefined;
      return { ...account, rank: rank === undefined ? null : { place: rank.above + 1, of: rank.all } };
    }),
  };
}

interface ValueTerms {
  currency: string;
  since: string;
  until: string;
  timeZone: string;
}

async function readTerms(ctx: Context): Promise<ValueTerms | null> {
  const { currency, timeZone } = await getBusiness(ctx);
  const until = dayOf(ctx.now(), timeZone);
  if (currency === null) return null;
  return { currency, since: firstOfLast(YEAR_DAYS, until), until, timeZone };
}

function addUp(sums: readonly SpendSums[]): SpendParts {
  const whole = { orderCount: 0, spendMinor: 0n, yearOrders: 0, yearSpendMinor: 0n };
  for (const part of sums) {
    whole.orderCount += part.orderCount;
    whole.spendMinor += part.spendMinor;
    whole.yearOrders += part.yearOrders;
    whole.yearSpendMinor += part.yearSpendMinor;
  }
  return whole;
}

function departmentsOf(sums: readonly SpendSums[]): AccountValue['departments'] {
  const spenders = sums.filter(({ yearSpendMinor }) => yearSpendMinor > 0n);
  return sums.map(({ departmentId, department, orderCount, spendMinor, yearOrders, yearSpendMinor }) => ({
    ...{ id: departmentId, name: department, orderCount, spendMinor, yearOrders, yearSpendMinor },
    rank:
      yearSpendMinor > 0n
        ? {
            place: 1 + spenders.filter((other) => other.yearSpendMinor > yearSpendMinor).length,
            of: spenders.length,
          }
        : null,
  }));
}

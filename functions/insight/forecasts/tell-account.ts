import { addDays } from '../../ground/platform/business-time.ts';
import { dayNumber } from '../../ground/platform/calendar.ts';
import type { BuyingAccount, BuyingPart } from '../facts/list-buyers.ts';
import type { KeptBusiness } from './kept/fits.ts';
import type { AccountType } from './known/accounts.ts';
import { type Summary, summaryAt } from './known/summary.ts';
import type { CountChances } from './models/counts.ts';
import { expectedSpend, spendQuantile } from './models/gamma-gamma.ts';
import { aliveRange } from './served/outlook.ts';
import {
  countsAhead,
  type Horizon,
  horizons,
  nextPurchase,
  purchaseDaysAhead,
  type Ranged,
  YEAR_AHEAD,
} from './served/prospect.ts';

export interface KnownOfAccount {
  type: AccountType;
  purchaseDays: number;
  firstOn: string;
  lastOn: string;
  /** The mean of the days between one purchase day and the next; null before the second. */
  intervalDays: number | null;
  daysSinceLast: number;
}

/** In minor units, with the range of 80 %. */
export interface SpendAhead {
  expectedMinor: bigint;
  lowMinor: bigint;
  highMinor: bigint;
}

/** The next so many days. */
export interface AheadOf {
  days: Horizon;
  /** Purchase days; null where the range over all accounts is too wide to tell. */
  orders: Ranged | null;
  /** Null where that cannot be told, or there is no currency. */
  spend: SpendAhead | null;
}

/** When the account buys next, if it does within 365 days: by 80 % on one of these days. */
export interface NextDays {
  chance: number;
  from: string;
  until: string;
  /** By then it is as likely as not to have bought; null where it never is within 365 days. */
  expected: string | null;
}

/** By the fits that are kept, as of the day `asOf`; `unit` is how many minor units a whole one of the currency has. */
export interface ForecastTelling {
  kept: KeptBusiness;
  asOf: string;
  unit: number;
  /** The class of the account's first purchase; 0 where none serves. */
  place: number;
}

/** What is to be expected of an account that has bought. */
export function tellAccount(
  telling: ForecastTelling,
  buyer: BuyingAccount,
): { alive: { chance: number; low: number; high: number }; ahead: AheadOf[]; next: NextDays } {
  const { kept, asOf, place } = telling;
  const outlook = kept.outlookFor(buyer.type, place);
  const summary = summaryOf(buyer, asOf);
  const counts = countsAhead(outlook);
  const { chance, from, until, expected } = nextPurchase(outlook, summary);
  return {
    alive: aliveRange(outlook, summary),
    ahead: horizons.map((days) => {
      if (!isTold(kept, days)) return { days, orders: null, spend: null };
      const chances = counts(summary, days);
      const orders = purchaseDaysAhead(chances);
      return { days, orders, spend: spendAhead(telling, buyer, chances, orders) };
    }),
    next: {
      ...{ chance, from: addDays(asOf, from), until: addDays(asOf, until) },
      expected: expected === null ? null : addDays(asOf, expected),
    },
  };
}

/** What a part of an account is expected to spend in the next 365 days, by its own purchase days; null where that cannot be told. */
export function tellPart(telling: ForecastTelling, type: AccountType, part: BuyingPart): SpendAhead | null {
  const { kept, asOf } = telling;
  if (!isTold(kept, YEAR_AHEAD)) return null;
  const chances = countsAhead(kept.outlookFor(type))(summaryOf(part, asOf), YEAR_AHEAD);
  return spendAhead(telling, part, chances, purchaseDaysAhead(chances));
}

export function knownOf(
  { type, purchaseDays, firstOn, lastOn }: BuyingAccount,
  asOf: string,
): KnownOfAccount {
  const spanDays = dayNumber(lastOn) - dayNumber(firstOn);
  return {
    ...{ type, purchaseDays, firstOn, lastOn },
    intervalDays: purchaseDays > 1 ? spanDays / (purchaseDays - 1) : null,
    daysSinceLast: dayNumber(asOf) - dayNumber(lastOn),
  };
}

const isTold = ({ totals }: KeptBusiness, days: Horizon) =>
  totals.some((total) => total.days === days && total.isTold);

const summaryOf = ({ purchaseDays, firstOn, lastOn }: BuyingPart, asOf: string): Summary =>
  summaryAt({ count: purchaseDays, first: dayNumber(firstOn), last: dayNumber(lastOn) }, dayNumber(asOf));

function spendAhead(
  { kept: { spend }, unit }: ForecastTelling,
  { purchaseDays, repeatMinor }: BuyingPart,
  chances: CountChances,
  orders: Ranged,
): SpendAhead | null {
  const spent = { x: purchaseDays - 1, sum: Math.max(0, Number(repeatMinor) / unit) };
  const each = spend === null ? null : expectedSpend(spent, spend);
  if (spend === null || each === null) return null;
  const minor = (amount: number) => BigInt(Math.round(amount * unit));
  const at = (level: number) => minor(spendQuantile(spent, spend, chances, level));
  return { expectedMinor: minor(each * orders.expected), lowMinor: at(0.1), highMinor: at(0.9) };
}

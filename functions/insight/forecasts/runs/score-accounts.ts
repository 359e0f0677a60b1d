import { dayNumber } from '../../../ground/platform/calendar.ts';
import type { BuyingAccount } from '../../facts/list-buyers.ts';
import type { KeptBusiness } from '../kept/fits.ts';
import type { AccountType } from '../known/accounts.ts';
import { type Summary, summaryAt } from '../known/summary.ts';
import { expectedSpend } from '../models/gamma-gamma.ts';
import { countsAhead, type Horizon, nextDayAt, purchaseDaysAhead, YEAR_AHEAD } from '../served/prospect.ts';

/** Accounts that look alike share what was said of the first; of so many at the most it is remembered. */
const REMEMBERED_MOST = 20_000;

/** Of one account, in the order of the columns of `account_forecasts` behind the day. */
export type Scored = readonly [string, ...(number | null)[]];

/** Says of accounts, one after the other, known up to the day of these fits, what is to be expected; null of who has yet to buy. */
export function openScorer(
  kept: KeptBusiness,
  unit: number,
): (buyer: BuyingAccount, category?: string | null) => Scored | null {
  const until = dayNumber(kept.day);
  const isTold = (days: Horizon) => kept.totals.some((total) => total.days === days && total.isTold);
  const scorers = new Map<string, ReturnType<typeof scorerFor>>();
  const remembered = new Map<string, (number | null)[]>();
  return ({ id, type, purchaseDays, firstOn, lastOn, firstMinor, repeatMinor }, category = null) => {
    const [first, last] = [dayNumber(firstOn), dayNumber(lastOn)];
    if (first > until) return null;
    const place = kept.classFor({ day: first, spent: Number(firstMinor) / unit, category });
    const kind = `${type} ${place}`;
    const score = scorers.get(kind) ?? scorerFor(kept, { type, place }, isTold);
    scorers.set(kind, score);
    const key = `${kind} ${purchaseDays} ${first} ${last}`;
    const ahead = remembered.get(key) ?? score(summaryAt({ count: purchaseDays, first, last }, until));
    if (remembered.size >= REMEMBERED_MOST) remembered.clear();
    remembered.set(key, ahead);
    const spent = { x: purchaseDays - 1, sum: Math.max(0, Number(repeatMinor) / unit) };
    const each = kept.spend === null ? null : expectedSpend(spent, kept.spend);
    return [id, ...ahead, each === null ? null : Math.round(each * unit)];
  };
}

function scorerFor(
  kept: KeptBusiness,
  { type, place }: { type: AccountType; place: number },
  isTold: (days: Horizon) => boolean,
) {
  const outlook = kept.outlookFor(type, place);
  const counts = countsAhead(outlook);
  const thousandths = (value: number) => Math.round(value * 1000);
  return (summary: Summary): (number | null)[] => {
    const alive = outlook.reduce(
      (sum, { model, values, weight }) => sum + weight * model.aliveChance(summary, values),
      0,
    );
    const ahead = (days: Horizon) => (isTold(days) ? purchaseDaysAhead(counts(summary, days)) : null);
    const [month, quarter, year] = [ahead(30), ahead(90), ahead(YEAR_AHEAD)];
    return [
      thousandths(alive),
      ...[month, quarter, year].map((range) => (range === null ? null : thousandths(range.expected))),
      ...[year?.low ?? null, year?.high ?? null],
      nextDayAt(outlook, summary, 0.5),
    ];
  };
}

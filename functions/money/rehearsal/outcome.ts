import { monthOf, yearOf } from '../../ground/platform/calendar.ts';
import { compare } from '../../ground/platform/compare.ts';

/** What a month's orders earn, in minor units; `month` is `YYYY-MM`. */
export interface MonthCost {
  month: string;
  presentMinor: bigint;
  draftMinor: bigint;
}

/** What one root account earns under either programme, in minor units. */
export interface AccountShift {
  accountId: string;
  presentMinor: bigint;
  draftMinor: bigint;
}

/** A root account in the last tenth of the way to a target of the draft; `missingMinor` is what it lacks. */
export interface Nearly {
  accountId: string;
  rule: string;
  missingMinor: bigint;
}

export interface RehearsalTally {
  presentMinor: bigint;
  draftMinor: bigint;
  months: Map<string, MonthCost>;
  accounts: { gain: number; lose: number; same: number };
  gainers: Best<AccountShift>;
  losers: Best<AccountShift>;
  nearly: Best<Nearly>;
}

const SHIFTS_MAX = 20;
const NEARLY_MAX = 10_000;

export function openTally(): RehearsalTally {
  return {
    presentMinor: 0n,
    draftMinor: 0n,
    months: new Map(),
    accounts: { gain: 0, lose: 0, same: 0 },
    gainers: openBest(SHIFTS_MAX, (a, b) => compare(shiftOf(b), shiftOf(a)) || byAccount(a, b)),
    losers: openBest(SHIFTS_MAX, (a, b) => compare(shiftOf(a), shiftOf(b)) || byAccount(a, b)),
    nearly: openBest(NEARLY_MAX, (a, b) => compare(a.missingMinor, b.missingMinor) || byAccount(a, b)),
  };
}

export function addToMonth(
  tally: RehearsalTally,
  month: string,
  earned: Pick<MonthCost, 'presentMinor' | 'draftMinor'>,
) {
  const sum = tally.months.get(month) ?? { month, presentMinor: 0n, draftMinor: 0n };
  sum.presentMinor += earned.presentMinor;
  sum.draftMinor += earned.draftMinor;
  tally.months.set(month, sum);
  tally.presentMinor += earned.presentMinor;
  tally.draftMinor += earned.draftMinor;
}

export function addShift(tally: RehearsalTally, shift: AccountShift): void {
  const change = shiftOf(shift);
  if (change > 0n) {
    tally.accounts.gain += 1;
    tally.gainers.add(shift);
  } else if (change < 0n) {
    tally.accounts.lose += 1;
    tally.losers.add(shift);
  } else tally.accounts.same += 1;
}

/** Every month from one day's to another's, also those without an order. */
export function monthsBetween(tally: RehearsalTally, first: string, last: string): MonthCost[] {
  const months: MonthCost[] = [];
  const end = yearOf(last) * 12 + monthOf(last);
  for (let at = yearOf(first) * 12 + monthOf(first); at <= end; at += 1) {
    const month = `${Math.floor((at - 1) / 12)}-${String(((at - 1) % 12) + 1).padStart(2, '0')}`;
    months.push(tally.months.get(month) ?? { month, presentMinor: 0n, draftMinor: 0n });
  }
  return months;
}

/** The first so many of all that were added, in order, held without the others. */
interface Best<Item> {
  count: number;
  add: (item: Item) => void;
  list: () => Item[];
}

function openBest<Item>(size: number, order: (a: Item, b: Item) => number): Best<Item> {
  let kept: Item[] = [];
  const prune = () => {
    kept = kept.sort(order).slice(0, size);
    return kept;
  };
  const best: Best<Item> = {
    count: 0,
    add: (item) => {
      best.count += 1;
      kept.push(item);
      if (kept.length >= size * 2) prune();
    },
    list: prune,
  };
  return best;
}

const shiftOf = ({ presentMinor, draftMinor }: AccountShift) => draftMinor - presentMinor;
const byAccount = (a: { accountId: string }, b: { accountId: string }) => compare(a.accountId, b.accountId);

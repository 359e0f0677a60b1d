import type { AttentionList } from '../lists.ts';
import type { AttentionReason } from '../reasons.ts';
import { praiseReasons, reorderReasons } from './coming.ts';
import { departmentReasons } from './departments.ts';
import { type AskedDay, HABIT_DAYS_LEAST, isRecent, type WatchedAccount } from './known.ts';
import { lapsedReasons, walksAwayReasons } from './leaving.ts';
import { hasHabit, shiftReasons, usualSpend } from './shift.ts';

/** About whom something is said: a root account, or one of its departments; empty for the account itself. */
export interface Subject {
  list: AttentionList;
  departmentId: string;
}

/** What a list says of an account. */
export interface ListSaying extends Subject {
  reasons: AttentionReason[];
}

/** What all lists say of an account on a day. `isOn` tells where it stands already. */
export function sayOf(
  known: WatchedAccount,
  asked: AskedDay,
  isOn: (subject: Subject) => boolean = () => false,
): ListSaying[] {
  const on = (list: AttentionList) => isOn({ list, departmentId: '' });
  const lapsed = lapsedReasons(known, asked, on('lapsed'));
  const found: Record<Exclude<AttentionList, 'dormant_departments'>, AttentionReason[]> = {
    lapsed,
    walks_away: lapsed.length > 0 ? [] : walksAwayReasons(known, asked, on('walks_away')),
    reorders_soon: lapsed.length > 0 ? [] : reorderReasons(known, asked),
    praises: praiseReasons(known, asked),
    shifts: shiftReasons(known),
  };
  const lists = ['walks_away', 'lapsed', 'reorders_soon', 'praises', 'shifts'] as const;
  return [
    ...lists.map((list) => ({ list, departmentId: '', reasons: found[list] })),
    ...known.departments.map((department) => ({
      ...{ list: 'dormant_departments' as const, departmentId: department.id },
      reasons: departmentReasons(department, known, asked),
    })),
  ].filter(({ reasons }) => reasons.length > 0);
}

/** Of whom a list might say something at all: what it says is compared to some of these, drawn by chance. */
export function comparableTo(known: WatchedAccount, asked: AskedDay): Subject[] {
  const { purchaseDays, interval } = known;
  const isValuable = asked.medianMinor !== null && known.yearMinor >= asked.medianMinor;
  const lists: Record<Exclude<AttentionList, 'dormant_departments'>, boolean> = {
    walks_away: purchaseDays >= 2 && isValuable && isRecent(known, asked),
    lapsed: true,
    reorders_soon: interval !== null && purchaseDays >= HABIT_DAYS_LEAST && isRecent(known, asked),
    praises: isRecent(known, asked),
    shifts: hasHabit(known.windows),
  };
  const single = (['walks_away', 'lapsed', 'reorders_soon', 'praises', 'shifts'] as const).filter(
    (list) => lists[list],
  );
  return [
    ...single.map((list) => ({ list, departmentId: '' })),
    ...known.departments
      .filter((department) => department.purchaseDays >= HABIT_DAYS_LEAST)
      .map(({ id }) => ({ list: 'dormant_departments' as const, departmentId: id })),
  ];
}

/** Against what a shift is held later: the own usual spend of 90 days, and the side of it; null without a habit. */
export function markOf({ windows }: WatchedAccount): { minor: bigint; isBelow: boolean } | null {
  return hasHabit(windows) ? usualSpend(windows) : null;
}

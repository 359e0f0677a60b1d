import type { AttentionList } from '../lists.ts';

/** What became of a subject within the horizon, the day it was said not included. */
export interface Afterwards {
  purchaseDays: number;
  spendMinor: bigint;
  /** Whether it praised us in any way. */
  hasPraised: boolean;
}

/** Of shifts: the own usual spend of 90 days, and on which side of it the account was. */
export interface ShiftMark {
  minor: bigint;
  isBelow: boolean;
}

/** Whether what a list said came true; null where it cannot be told. */
export function hasHappened(list: AttentionList, after: Afterwards, mark: ShiftMark | null): boolean | null {
  switch (list) {
    case 'reorders_soon':
      return after.purchaseDays > 0;
    case 'walks_away':
    case 'lapsed':
    case 'dormant_departments':
      return after.purchaseDays === 0;
    case 'praises':
      return after.hasPraised;
    case 'shifts':
      if (mark === null) return null;
      return mark.isBelow ? after.spendMinor < mark.minor : after.spendMinor > mark.minor;
    default:
      return list satisfies never;
  }
}

import { dayNumber } from '../../../ground/platform/calendar.ts';

/** What the rules know of a root account; all days are business days. */
export interface WatchedAccount {
  purchaseDays: number;
  lastOn: string;
  /** Days from one purchase day to the next: the median and the upper quartile; null before the second. */
  interval: { medianDays: number; upperDays: number } | null;
  /** Of what the models said this morning; null where nothing could be told. */
  forecast: { alivePermille: number; nextDays: number | null } | null;
  /** Net spend of the last 365 days in the currency of the business. */
  yearMinor: bigint;
  /** Spend and purchase days of windows of 90 days: the last first, then those before back to the first purchase. */
  windows: readonly Window[];
  /** When each happened last; null for never. */
  praise: Readonly<Record<PraiseSign, string | null>>;
  hasOpenCase: boolean;
  /** Answers to "would you recommend us?", the newest first. */
  scores: readonly number[];
  departments: readonly KnownDepartment[];
}

export const praiseSigns = ['recommended', 'quoted', 'friend_ordered', 'praised'] as const;
export type PraiseSign = (typeof praiseSigns)[number];

export interface Window {
  minor: bigint;
  purchaseDays: number;
}

export interface KnownDepartment {
  id: string;
  purchaseDays: number;
  firstOn: string;
  lastOn: string;
}

/** What is so on the day on which the rules are asked. */
export interface AskedDay {
  today: string;
  /** The median of what accounts that spent anything spent in the last 365 days; null while none did. */
  medianMinor: bigint | null;
}

export const silentDays = (lastOn: string, today: string): number =>
  Math.max(0, dayNumber(today) - dayNumber(lastOn));

/** Whoever bought within so many days is still a customer of ours to lists that look ahead. */
const RECENT_DAYS = 365;

export const isRecent = (
  { lastOn }: Pick<WatchedAccount, 'lastOn'>,
  { today }: Pick<AskedDay, 'today'>,
): boolean => silentDays(lastOn, today) < RECENT_DAYS;

/** Own intervals mean something from the second interval on. */
export const HABIT_DAYS_LEAST = 3;

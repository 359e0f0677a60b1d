import { addDays, startOfDay } from '../../../ground/platform/business-time.ts';
import { dateText } from '../../../ground/platform/calendar.ts';
import { largerOf } from '../../../ground/platform/money.ts';
import type { Level } from '../level.ts';
import { fallsAt, firstDayAfter, type LevelTerms, type LevelWindow } from './windows.ts';

/** A window with what an account spent in it, in minor units of the business currency. */
export interface WindowSpend extends LevelWindow {
  spendMinor: bigint;
}

/** Where an account stands among the levels, why, and until when. */
export interface LevelStanding {
  /** From 1 for the lowest; 0 while there are no levels. */
  number: number;
  level: Level | null;
  /** What holds it: a year's purchases, or all; null at the lowest level, which nobody has to reach. */
  because: { year: number | null; spendMinor: bigint } | null;
  /** What is spent so far in the window that is open now. */
  spendMinor: bigint;
  next: { level: Level; missingMinor: bigint } | null;
  /** The last day on which it is held, whatever is bought; null where it is never lost. */
  heldThrough: string | null;
  /** What has to be bought for the level to be held beyond that day; null while that time has not begun. */
  keep: { missingMinor: bigint; by: string; graceThrough: string | null; fallsTo: Level } | null;
}

/** What a standing is reckoned from. */
export interface Reckoning {
  levels: readonly Level[];
  terms: LevelTerms;
  timeZone: string;
}

/**
 * The number of the level held at a moment: the highest that any window reached, less what was lost since; at least 1, or 0
 * without levels. Windows may lack those that hold nothing.
 */
export function numberAt(
  { levels, terms, timeZone }: Reckoning,
  windows: readonly WindowSpend[],
  moment: number,
): number {
  if (levels.length === 0) return 0;
  const numbers = windows.map((window) => {
    const falls = fallsAt(window, moment, { terms, timeZone });
    return falls === null ? 1 : reachedBy(levels, window.spendMinor) - falls;
  });
  return Math.max(1, ...numbers);
}

/** How many levels a spend reaches. */
const reachedBy = (levels: readonly Level[], spendMinor: bigint): number =>
  levels.filter(({ fromMinor }) => fromMinor <= spendMinor).length;

/** Where who spent this stands at `now`; windows newest first, as `windowsAt` gives them. */
export function standingOf(
  reckoning: Reckoning,
  windows: readonly WindowSpend[],
  now: number,
): LevelStanding {
  const { levels, terms, timeZone } = reckoning;
  const number = numberAt(reckoning, windows, now);
  const next = levels[number] ?? null;
  const open = windows.filter(({ from, to }) => (from === null || from <= now) && (to === null || to > now));
  const spendMinor = open.map((one) => one.spendMinor).reduce(largerOf, 0n);
  const holding = windows.find((window) => {
    const falls = fallsAt(window, now, { terms, timeZone });
    return number > 1 && falls !== null && reachedBy(levels, window.spendMinor) - falls === number;
  });
  const end = number > 1 ? firstEnd(reckoning, windows, { number, now }) : null;
  return {
    number,
    level: levels[number - 1] ?? null,
    because: holding === undefined ? null : { year: holding.year, spendMinor: holding.spendMinor },
    spendMinor,
    next: next === null ? null : { level: next, missingMinor: next.fromMinor - spendMinor },
    heldThrough: end === null ? null : addDays(end.day, -1),
    keep: end === null ? null : keepOf(reckoning, windows, { number, now, end }),
  };
}

interface LevelEnd {
  /** The first day without it. */
  day: string;
  /** The year whose purchases would hold it on. */
  year: number;
}

/** The first day to come on which what is bought so far holds less. */
function firstEnd(
  reckoning: Reckoning,
  windows: readonly WindowSpend[],
  { number, now }: { number: number; now: number },
): LevelEnd | null {
  const { terms, timeZone } = reckoning;
  const years = windows.flatMap(({ year }) => year ?? []).slice(0, 3);
  const ends = years.reverse().map((year) => ({ day: firstDayAfter(year, terms, 2), year: year + 1 }));
  const isLess = ({ day }: LevelEnd) => {
    const moment = startOfDay(day, timeZone);
    return moment > now && numberAt(reckoning, windows, moment) < number;
  };
  return ends.find(isLess) ?? null;
}

function keepOf(
  reckoning: Reckoning,
  windows: readonly WindowSpend[],
  { number, now, end }: { number: number; now: number; end: LevelEnd },
): LevelStanding['keep'] {
  const { levels, terms, timeZone } = reckoning;
  const window = windows.find(({ year }) => year === end.year);
  const level = levels[number - 1];
  const fallsTo = levels[numberAt(reckoning, windows, startOfDay(end.day, timeZone)) - 1];
  if (window === undefined || level === undefined || fallsTo === undefined) return null;
  const lastDay = dateText(end.year, 12, 31);
  const isInGrace = startOfDay(addDays(lastDay, 1), timeZone) <= now;
  const graceThrough = terms.graceDays === 0 ? null : addDays(end.day, -1);
  return {
    missingMinor: level.fromMinor - window.spendMinor,
    by: isInGrace ? addDays(end.day, -1) : lastDay,
    graceThrough: isInGrace ? null : graceThrough,
    fallsTo,
  };
}

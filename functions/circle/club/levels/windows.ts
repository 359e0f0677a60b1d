import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { dateText, yearOf } from '../../../ground/platform/calendar.ts';

/** By what rule members hold a level and lose it. */
export interface LevelTerms {
  /** Whether all purchases ever count, and no level is lost; or those of each calendar year. */
  per: 'lifetime' | 'year';
  /** What somebody falls to who has not kept a level: to what they reached, or by one level a year at most. */
  fall: 'reached' | 'one';
  /** So many days a year is longer: what is bought in them counts for it too, and no level is lost before they are over. */
  graceDays: number;
}

/** Purchases that count together; `year` is null for all there ever were. */
export interface LevelWindow {
  year: number | null;
  /** Both ends as instants, `to` exclusive; null with `year`. */
  from: number | null;
  to: number | null;
}

/** Levels are at most ten, so that what was reached so many falls ago holds nothing. */
const FALLS_MAX = 9;

/** The windows whose purchases may hold a level at `now` or held one a year before, newest first. */
export function windowsAt(terms: LevelTerms, now: number, timeZone: string): LevelWindow[] {
  if (terms.per === 'lifetime') return [{ year: null, from: null, to: null }];
  const year = yearOf(dayOf(now, timeZone));
  const back = terms.fall === 'one' ? FALLS_MAX + 3 : 3;
  return Array.from({ length: back }, (_, index) => {
    const own = year - index;
    return {
      year: own,
      from: startOfDay(dateText(own, 1, 1), timeZone),
      to: startOfDay(firstDayAfter(own, terms, 1), timeZone),
    };
  });
}

/**
 * What a window reached holds at a moment, as levels lost since: 0 until the year after it and its days of grace are over,
 * then one more with each year, or all at once; null for all.
 */
export function fallsAt(
  { year }: LevelWindow,
  moment: number,
  { terms, timeZone }: { terms: LevelTerms; timeZone: string },
): number | null {
  if (year === null) return 0;
  const today = dayOf(moment, timeZone);
  const ends = Array.from({ length: FALLS_MAX + 1 }, (_, index) => firstDayAfter(year, terms, 2 + index));
  const falls = ends.filter((end) => end <= today).length;
  if (falls > FALLS_MAX || (terms.fall === 'reached' && falls > 0)) return null;
  return falls;
}

/** The first day, `years` years after a year began, on which its days of grace are over. */
export function firstDayAfter(year: number, { graceDays }: LevelTerms, years: number): string {
  return addDays(dateText(year + years, 1, 1), graceDays);
}

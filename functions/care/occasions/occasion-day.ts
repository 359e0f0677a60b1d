import { addDays, addMonths, dayNumber, isRealDay, yearOf } from '../../ground/platform/calendar.ts';

/** Days that belong to one customer and come round each year (DOMAIN §1), the first being told of several on one day. */
export const occasionKinds = ['own', 'birthday', 'joined', 'first_order'] as const;
export type OccasionKind = (typeof occasionKinds)[number];

/** Words are late after so many days, and are not written any more. */
export const WORDS_DAYS = 3;
/** A gift is given so many days late at the most. */
export const GIFT_DAYS = 30;
/** Whatever day somebody says is theirs, a year of it lasts at least this long. */
export const ONCE_IN_DAYS = 300;

/** On which day of a year a day `MM-DD` falls: 29 February on 1 March in common years (DOMAIN §6). */
export function occasionIn(year: number, monthDay: string): string {
  return isRealDay(year, Number(monthDay.slice(0, 2)), Number(monthDay.slice(3)))
    ? `${year}-${monthDay}`
    : addMonths(`2000-${monthDay}`, (year - 2000) * 12);
}

/** The days `MM-DD` that fall on a day: on 1 March of a common year two. */
export function monthDaysOf(day: string): string[] {
  const own = day.slice(5);
  return own === '03-01' && occasionIn(yearOf(day), '02-29') === day ? [own, '02-29'] : [own];
}

/** Every day from one to another, both included, with each `MM-DD` that falls on it. */
export function monthDaysWithin(from: string, until: string): [monthDay: string, day: string][] {
  const length = dayNumber(until) - dayNumber(from) + 1;
  const days = Array.from({ length: Math.max(0, length) }, (_, at) => addDays(from, at));
  return days.flatMap((day) => monthDaysOf(day).map((monthDay): [string, string] => [monthDay, day]));
}

/** How many years lie between the first time and a day on which it comes round; null where nobody knows the first. */
export const yearsTo = (day: string, firstYear: number | null) =>
  firstYear === null ? null : yearOf(day) - firstYear;

import { addDays } from '../../ground/platform/calendar.ts';

/** `YYYY-MM` of a day. */
export const monthOfDay = (day: string) => day.slice(0, 7);

export const firstOfMonth = (month: string) => `${month}-01`;

/** The month that begins so many months later; earlier for fewer than none. */
export function monthAfter(month: string, months: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

export const nextMonth = (month: string) => monthAfter(month, 1);

export const lastOfMonth = (month: string) => addDays(firstOfMonth(nextMonth(month)), -1);

/** So many months in a row, the last of which is given. */
export function monthsUpTo(last: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => monthAfter(last, at + 1 - count));
}

/** Whether a text names a month, such as `2026-03`, of this century or the one before. */
export const isMonth = (text: string) => /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$/.test(text);

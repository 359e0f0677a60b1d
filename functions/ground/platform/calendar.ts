/** Arithmetic on calendar dates as `YYYY-MM-DD` text; no clock and no time zone. */

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Days since 1970-01-01. The date must be a real one. */
export function dayNumber(day: string): number {
  return Date.UTC(yearOf(day), monthOf(day) - 1, dateOf(day)) / DAY_MS;
}

/** The date `number` days after 1970-01-01. */
export function dayFromNumber(number: number): string {
  const known = dayTexts.get(number);
  if (known !== undefined) return known;
  const text = new Date(number * DAY_MS).toISOString().slice(0, 10);
  dayTexts.set(number, text);
  return text;
}

export function addDays(day: string, days: number): string {
  return dayFromNumber(dayNumber(day) + days);
}

/** A day that the month lacks falls on the first of the next: 2024-02-29 plus 12 months is 2025-03-01. */
export function addMonths(day: string, months: number): string {
  const count = yearOf(day) * 12 + monthOf(day) - 1 + months;
  const year = Math.floor(count / 12);
  const month = (count % 12) + 1;
  const date = dateOf(day);
  return date > daysInMonth(year, month)
    ? startOfNextMonth(dateText(year, month, 1))
    : dateText(year, month, date);
}

export function startOfNextMonth(day: string): string {
  const month = monthOf(day);
  return month === 12 ? dateText(yearOf(day) + 1, 1, 1) : dateText(yearOf(day), month + 1, 1);
}

/** Whether `text` is a real day as `YYYY-MM-DD` within the years 1900 to 2200. */
export function isDay(text: string): boolean {
  return dayPattern.test(text) && isRealDay(yearOf(text), monthOf(text), dateOf(text));
}

export function isRealDay(year: number, month: number, date: number): boolean {
  return (
    year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month)
  );
}

export function dateText(year: number, month: number, date: number): string {
  return `${year}-${twoDigits[month]}-${twoDigits[date]}`;
}

export function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}

export function monthOf(day: string): number {
  return Number(day.slice(5, 7));
}

function dateOf(day: string): number {
  return Number(day.slice(8, 10));
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const dayTexts = new Map<number, string>();
const twoDigits = Array.from({ length: 32 }, (_, number) => String(number).padStart(2, '0'));

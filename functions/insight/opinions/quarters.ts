import { addMonths } from '../../ground/platform/calendar.ts';

/** The quarter of a business day, such as `2026-Q1`. */
const quarterOf = (day: string) => `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

/** So many quarters up to that of a day, the oldest first. */
export function lastQuarters(today: string, count: number): string[] {
  const first = `${today.slice(0, 7)}-01`;
  return Array.from({ length: count }, (_, at) => quarterOf(addMonths(first, 3 * (at + 1 - count))));
}

export const isInQuarter = (day: string, quarter: string): boolean => quarterOf(day) === quarter;

/** The months of a quarter, such as `2026-01`. */
export function monthsOf(quarter: string): string[] {
  const [year, number] = quarter.split('-Q');
  return [1, 2, 3].map((month) => `${year}-${String((Number(number) - 1) * 3 + month).padStart(2, '0')}`);
}

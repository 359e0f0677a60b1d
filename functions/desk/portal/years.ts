import { and, gte, lt, type SQL } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { yearOf } from '../../ground/platform/calendar.ts';

/** Whether an instant lies in a calendar year of business time. */
export function isInYear(column: SQLiteColumn, year: number, timeZone: string): SQL | undefined {
  const startOf = (one: number) => startOfDay(`${String(one).padStart(4, '0')}-01-01`, timeZone);
  return and(gte(column, startOf(year)), lt(column, startOf(year + 1)));
}

/** The years of some moments in business time, each once, newest first. */
export function yearsOf(moments: readonly { at: number }[], timeZone: string): number[] {
  return [...new Set(moments.map(({ at }) => yearOf(dayOf(at, timeZone))))].sort((a, b) => b - a);
}

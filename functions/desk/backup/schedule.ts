import { z } from 'zod';
import type { backupSchedules } from '../../../db/schema/index.ts';
import { backupPlaces } from '../../ground/platform/backup-tools.ts';
import { addDays, dayOf, instantOfLocal } from '../../ground/platform/business-time.ts';
import { dayNumber, HOUR_MS } from '../../ground/platform/calendar.ts';

/** When backups are made by themselves, in which place, and how many of these stay. */
export const scheduleInput = z.strictObject({
  every: z.enum(['off', 'day', 'week']),
  /** 1 is Monday. */
  weekday: z.int().min(1).max(7),
  /** Of the business's clock. */
  hour: z.int().min(0).max(23),
  keep: z.int().min(1).max(365),
  place: z.enum(backupPlaces),
});
export type ScheduleInput = z.output<typeof scheduleInput>;

export type BackupSchedule = typeof backupSchedules.$inferSelect;

/** A time at which a backup is due; `name` is its own among all of a business. */
export interface Slot {
  name: string;
  at: number;
}

/** The last time up to `now` at which the schedule wants a backup; null before its first. */
export function lastSlot(schedule: BackupSchedule | null, now: number, timeZone: string): Slot | null {
  if (schedule === null || schedule.every === 'off') return null;
  const today = dayOf(now, timeZone);
  for (let back = 0; back <= 7; back += 1) {
    const day = addDays(today, -back);
    if (schedule.every === 'week' && weekdayOf(day) !== schedule.weekday) continue;
    const hour = String(schedule.hour).padStart(2, '0');
    const at = instantOfLocal(`${day}T${hour}:00:00.000`, timeZone);
    if (at <= now) return at < schedule.at ? null : { name: `${day} ${hour}`, at };
  }
  return null;
}

/** How long one may take before anybody is told that it is missing. */
const GRACE_MS = 2 * HOUR_MS;

/** Whether the newest backup is older than the schedule promises. */
export function isLate(
  { schedule, newestAt }: { schedule: BackupSchedule | null; newestAt: number | null },
  { now, timeZone }: { now: number; timeZone: string },
): boolean {
  const slot = lastSlot(schedule, now - GRACE_MS, timeZone);
  return slot !== null && (newestAt === null || newestAt < slot.at);
}

/** 1 January 1970 was a Thursday. */
const weekdayOf = (day: string) => ((dayNumber(day) + 3) % 7) + 1;

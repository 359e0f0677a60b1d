import { Temporal } from 'temporal-polyfill';
import { DAY_MS, dayFromNumber, dayNumber } from './calendar.ts';

export { addDays, addMonths, isDay, startOfNextMonth } from './calendar.ts';
export { type ParsedTime, parseInstantOrDate } from './time-text.ts';

/** Whether `timeZone` is a named zone of the time zone database; fixed offsets such as `+02:00` are not. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Za-z]/.test(timeZone)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(timeZone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The calendar day of an instant in business time. */
export function dayOf(instantMs: number, timeZone: string): string {
  return dayFromNumber(Math.floor((instantMs + offsetAt(instantMs, timeZone)) / DAY_MS));
}

/** The first instant of a day in business time; when midnight is skipped, the moment the clock jumps. */
export function startOfDay(day: string, timeZone: string): number {
  return fromClock(dayNumber(day) * DAY_MS, timeZone);
}

/**
 * The instant at which the business's clock shows `local` (`YYYY-MM-DDTHH:mm:ss.sss`, as `parseInstantOrDate`
 * returns it). A time that is skipped moves on by the gap; of a time that comes twice, the first is meant.
 */
export function instantOfLocal(local: string, timeZone: string): number {
  return fromClock(Date.parse(`${local}Z`), timeZone);
}

/** The same time of the clock `days` days on. */
export function plusDays(instantMs: number, days: number, timeZone: string): number {
  return days === 0
    ? instantMs
    : fromClock(instantMs + offsetAt(instantMs, timeZone) + days * DAY_MS, timeZone);
}

/** `clockMs` is what the clock shows, counted as if it were UTC. */
function fromClock(clockMs: number, timeZone: string): number {
  const offset = offsetAt(clockMs - DAY_MS, timeZone);
  if (offset === offsetAt(clockMs + DAY_MS, timeZone)) return clockMs - offset;
  const clock = new Date(clockMs).toISOString().slice(0, -1);
  return Temporal.PlainDateTime.from(clock).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
    .epochMilliseconds;
}

/**
 * Offsets are kept per slot of three days where both ends agree, then per quarter of an hour. In the time zone
 * database no two changes of one zone since 1905 are closer than six days, so agreeing ends mean no change between.
 */
const slots = [3 * DAY_MS, DAY_MS / 96] as const;
const mixed = Number.NaN;
const zones = new Map<string, readonly [Map<number, number>, Map<number, number>]>();

/** Milliseconds to add to UTC. */
function offsetAt(instantMs: number, timeZone: string): number {
  const kept = zones.get(timeZone) ?? openZone(timeZone);
  for (const level of [0, 1] as const) {
    const slot = Math.floor(instantMs / slots[level]);
    const offset =
      kept[level].get(slot) ?? fillSlot({ kept: kept[level], slot, width: slots[level], timeZone });
    if (!Number.isNaN(offset)) return offset;
  }
  return exactOffset(instantMs, timeZone);
}

function openZone(timeZone: string): readonly [Map<number, number>, Map<number, number>] {
  const kept = [new Map<number, number>(), new Map<number, number>()] as const;
  zones.set(timeZone, kept);
  return kept;
}

function fillSlot(at: { kept: Map<number, number>; slot: number; width: number; timeZone: string }): number {
  const first = exactOffset(at.slot * at.width, at.timeZone);
  const last = exactOffset((at.slot + 1) * at.width - 1, at.timeZone);
  const offset = first === last ? first : mixed;
  at.kept.set(at.slot, offset);
  return offset;
}

function exactOffset(instantMs: number, timeZone: string): number {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instantMs).toZonedDateTimeISO(timeZone);
  return zoned.offsetNanoseconds / 1_000_000;
}

import { addDays, dayOf, instantOfLocal, startOfDay } from './business-time.ts';
import { dayNumber, HOUR_MS } from './calendar.ts';

/** When somebody is there, by weekday from Sunday on: spans in minutes of the day, in their order. */
export type Week = readonly (readonly Span[])[];
export type Span = readonly [from: number, to: number];

/** From Sunday on, as `Week` has them. */
export const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
export type DayName = (typeof dayNames)[number];
const shape = /^([a-z]{3})(?: ?- ?([a-z]{3}))? (\d{2}):(\d{2}) ?- ?(\d{2}):(\d{2})$/;
const MINUTE_MS = 60_000;
/** No promise reaches further, however few hours a week has. */
const DAYS_MAX = 3660;

/** Reads business hours such as `Mon-Fri 09:00-17:00, Sat 10:00-14:00`; null for what is none. */
export function parseWeek(text: string): Week | null {
  const week: Span[][] = dayNames.map(() => []);
  for (const part of text.toLowerCase().split(',')) {
    const parsed = parsePart(part.trim().replace(/\s+/g, ' '));
    if (parsed === null) return null;
    for (const day of parsed.days) week[day]?.push(parsed.span);
  }
  for (const spans of week) spans.sort(([a], [b]) => a - b);
  return week.some(overlaps) ? null : week;
}

/** The text of business hours that {@link parseWeek} reads as the same: days of one span together, Monday first. */
export function weekText(week: Week): string {
  const parts: { first: number; last: number; span: string }[] = [];
  for (let index = 0; index < 7; index += 1)
    for (const [from, to] of week[(index + 1) % 7] ?? []) {
      const span = `${clock(from)}-${clock(to)}`;
      const run = parts.find((part) => part.span === span && part.last === index - 1);
      if (run) run.last = index;
      else parts.push({ first: index, last: index, span });
    }
  return parts
    .map(({ first, last, span }) =>
      first === last ? `${shortName(first)} ${span}` : `${shortName(first)}-${shortName(last)} ${span}`,
    )
    .join(', ');
}

/** The moment at which `hours` business hours have passed since an instant, by the business's clock. */
export function addBusinessHours(at: number, hours: number, { week, timeZone }: Opening): number {
  let left_ms = hours * HOUR_MS;
  let day = dayOf(at, timeZone);
  for (let count = 0; count < DAYS_MAX; count += 1) {
    for (const span of spansOn(day, week[(dayNumber(day) + 4) % 7] ?? [], timeZone)) {
      const from = Math.max(at, span.from);
      const open_ms = span.until - from;
      if (open_ms >= left_ms) return from + left_ms;
      left_ms -= Math.max(0, open_ms);
    }
    day = addDays(day, 1);
  }
  return startOfDay(day, timeZone);
}

/** Spans of a day as instants, by the business's clock. */
export function spansOn(
  day: string,
  spans: readonly Span[],
  timeZone: string,
): { from: number; until: number }[] {
  return spans.map(([from, until]) => ({
    from: instantOf(day, from, timeZone),
    until: instantOf(day, until, timeZone),
  }));
}

export interface Opening {
  week: Week;
  timeZone: string;
}

/** By its place from Monday on. */
function shortName(index: number): string {
  const name = dayNames[(index + 1) % 7] ?? '';
  return name.charAt(0).toUpperCase() + name.slice(1);
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function parsePart(text: string): { days: number[]; span: Span } | null {
  const [, first, last, ...clock] = shape.exec(text) ?? [];
  const from = dayIndex(first);
  const to = last === undefined ? from : dayIndex(last);
  const [start, end] = [minutesOf(clock[0], clock[1]), minutesOf(clock[2], clock[3])];
  if (from < 0 || to < 0 || start === null || end === null || start >= end) return null;
  const length = ((to - from + 7) % 7) + 1;
  return { days: Array.from({ length }, (_, index) => (from + index) % 7), span: [start, end] };
}

const order: readonly string[] = dayNames;
const dayIndex = (name = '') => order.indexOf(name);

function minutesOf(hour = '', minute = ''): number | null {
  const minutes = Number(hour) * 60 + Number(minute);
  return Number(minute) > 59 || minutes > 24 * 60 ? null : minutes;
}

function overlaps(spans: readonly Span[]): boolean {
  return spans.some(([from], index) => index > 0 && from < (spans[index - 1]?.[1] ?? 0));
}

function instantOf(day: string, minutes: number, timeZone: string): number {
  if (minutes === 24 * 60) return startOfDay(addDays(day, 1), timeZone);
  const clock = new Date(minutes * MINUTE_MS).toISOString().slice(11, -1);
  return instantOfLocal(`${day}T${clock}`, timeZone);
}

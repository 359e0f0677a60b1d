import { Temporal } from 'temporal-polyfill';
import { yearOf } from './calendar.ts';

/** Expressions by zone and span: finding the changes of a zone takes milliseconds. */
const known = new Map<string, string>();

/**
 * SQL of the business day on which a column of epoch milliseconds lies, as `dayOf` says it, for moments of the decades in
 * which the given days lie and of a year around them.
 */
export function dayInSql(column: string, span: { timeZone: string; from: string; to: string }): string {
  const decade = (day: string) => Math.floor(yearOf(day) / 10) * 10;
  const [first, last] = [decade(span.from) - 1, decade(span.to) + 11];
  const key = [column, span.timeZone, first, last].join(' ');
  const kept =
    known.get(key) ??
    `date((${column} + ${offsetSql(column, span.timeZone, [first, last])}) / 1000.0, 'unixepoch')`;
  known.set(key, kept);
  return kept;
}

/** Milliseconds to add to UTC: the newest change is asked for first, as most moments lie behind it. */
function offsetSql(column: string, timeZone: string, [first, last]: readonly [number, number]): string {
  const end = Date.UTC(last, 0, 1);
  let at: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(
    Date.UTC(first, 0, 1),
  ).toZonedDateTimeISO(timeZone);
  const begin = offsetOf(at);
  const changes: string[] = [];
  while (true) {
    at = at.getTimeZoneTransition('next');
    if (at === null || at.epochMilliseconds >= end) break;
    changes.unshift(`WHEN ${column} >= ${at.epochMilliseconds} THEN ${offsetOf(at)}`);
  }
  return changes.length === 0 ? `${begin}` : `CASE ${changes.join(' ')} ELSE ${begin} END`;
}

const offsetOf = (at: Temporal.ZonedDateTime) => at.offsetNanoseconds / 1_000_000;

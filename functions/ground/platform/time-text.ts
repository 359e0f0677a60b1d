import { isRealDay } from './calendar.ts';

/** A moment as text told it. `local` is a time of the business's clock, `YYYY-MM-DDTHH:mm:ss.sss`. */
export type ParsedTime =
  | { ok: true; kind: 'date'; date: string }
  | { ok: true; kind: 'local'; local: string }
  | { ok: true; kind: 'instant'; ms: number }
  | { ok: false };

/**
 * Reads an ISO 8601 date, a date with a time (`T` or a space between), or one with an offset as well (`Z`, `+02`,
 * `+0200`, `+02:00`). Seconds and their fraction may be missing; finer than a millisecond is cut off; a leap second
 * counts as second 59. Refuses days that do not exist and years outside 1900 to 2200.
 */
export function parseInstantOrDate(text: string): ParsedTime {
  const match = isoTime.exec(text);
  if (match === null) return refused;
  const [, date = '', hour, minute = '', second = '00', fraction = '', offset] = match;
  if (!isRealDay(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8)))) return refused;
  if (hour === undefined) return { ok: true, kind: 'date', date };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return refused;
  const wholeSecond = second === '60' ? '59' : second;
  const local = `${date}T${hour}:${minute}:${wholeSecond}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  if (offset === undefined) return { ok: true, kind: 'local', local };
  const offsetMs = parseOffset(offset);
  return offsetMs === null ? refused : { ok: true, kind: 'instant', ms: Date.parse(`${local}Z`) - offsetMs };
}

const refused = { ok: false } as const;

const isoTime =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([Zz]|[+-]\d{2}(?::?\d{2})?))?)?$/;

function parseOffset(offset: string): number | null {
  if (offset === 'Z' || offset === 'z') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', ''));
  if (hours > 23 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

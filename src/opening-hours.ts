import {
  type DayName,
  dayNames,
  parseWeek,
  type Span,
  weekText,
} from '../functions/ground/platform/business-hours.ts';

/** What a day of the form says: nobody is there, somebody is at its own hours, or as on Monday. */
export const dayChoices = ['closed', 'open', 'as_monday'] as const;
export type DayChoice = (typeof dayChoices)[number];

/** A day as its row in the form shows it; the second span is what follows a break. */
export interface DayRow {
  day: DayName;
  choice: DayChoice;
  /** `from`, `to`, `from2` and `to2`, as they were typed or as `09:00`. */
  times: Readonly<Record<TimeField, string>>;
}

export const timeFields = ['from', 'to', 'from2', 'to2'] as const;
type TimeField = (typeof timeFields)[number];

/** What is wrong with a day: a time that is missing or none, one that ends too early, or a break that is none. */
export type DayFlaw = 'unread' | 'backwards' | 'overlap';

/** Monday first. */
export const daysOfForm: readonly DayName[] = [...dayNames.slice(1), ...dayNames.slice(0, 1)];

/** The rows for opening hours, an empty text for closed on every day; null when they have a day that the form cannot show. */
export function toRows(policy: string): DayRow[] | null {
  const week = policy === '' ? dayNames.map(() => []) : parseWeek(policy);
  if (week === null || week.some((spans) => spans.length > 2)) return null;
  const spansOf = (day: DayName) => week[dayNames.indexOf(day)] ?? [];
  const monday = spansOf('mon');
  return daysOfForm.map((day) => {
    const spans = spansOf(day);
    const isAsMonday = day !== 'mon' && monday.length > 0 && String(spans) === String(monday);
    const choice = isAsMonday ? 'as_monday' : spans.length > 0 ? 'open' : 'closed';
    const [[from, to] = [540, 1020], second] = spans.length > 0 ? spans : monday;
    return {
      day,
      choice,
      times: {
        from: clock(from),
        to: clock(to),
        from2: second ? clock(second[0]) : '',
        to2: second ? clock(second[1]) : '',
      },
    };
  });
}

/** The rows as they were sent. */
export function readRows(form: ReadonlyMap<string, string>): DayRow[] {
  const value = (name: string) => form.get(name) ?? '';
  return daysOfForm.map((day) => ({
    day,
    choice: dayChoices.find((one) => one === value(`hours_${day}`)) ?? 'closed',
    times: {
      from: value(`from_${day}`),
      to: value(`to_${day}`),
      from2: value(`from2_${day}`),
      to2: value(`to2_${day}`),
    },
  }));
}

/**
 * The policy that rows say; empty, with what is wrong by day, where some cannot be read. A day that is as Monday while
 * Monday is closed is closed.
 */
export function toPolicy(rows: readonly DayRow[]): { text: string; flaws: Map<DayName, DayFlaw> } {
  const flaws = new Map<DayName, DayFlaw>();
  const own = new Map<DayName, Span[]>();
  for (const { day, choice, times } of rows) {
    if (choice !== 'open') continue;
    const read = readTimes(times);
    if (typeof read === 'string') flaws.set(day, read);
    else own.set(day, read);
  }
  if (flaws.size > 0) return { text: '', flaws };
  const spansOf = ({ day, choice }: DayRow) => own.get(choice === 'as_monday' ? 'mon' : day) ?? [];
  const week = dayNames.map((day) => rows.filter((row) => row.day === day).flatMap(spansOf));
  return { text: weekText(week), flaws };
}

function readTimes({ from, to, from2, to2 }: DayRow['times']): Span[] | DayFlaw {
  const first = readSpan(from, to);
  if (typeof first === 'string') return first;
  if (from2 === '' && to2 === '') return [first];
  const second = readSpan(from2, to2);
  if (typeof second === 'string') return second;
  return second[0] < first[1] ? 'overlap' : [first, second];
}

/** Midnight as an end is that of the day's end. */
function readSpan(from: string, to: string): Span | 'unread' | 'backwards' {
  const [start, end] = [minutesOf(from), minutesOf(to)];
  if (start === null || end === null) return 'unread';
  const until = end === 0 ? 24 * 60 : end;
  return start < until ? [start, until] : 'backwards';
}

function minutesOf(text: string): number | null {
  const [, hour, minute = '0'] = /^(\d{1,2})(?:[:.](\d{2}))?$/.exec(text) ?? [];
  const minutes = Number(hour) * 60 + Number(minute);
  return hour === undefined || Number(minute) > 59 || minutes > 24 * 60 ? null : minutes;
}

/** As fields for a time take it: they know no 24:00. */
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

import type { DayName } from '../../functions/ground/platform/business-hours.ts';
import { dayNames } from '../../functions/ground/platform/business-hours.ts';
import { DAY_MS } from '../../functions/ground/platform/calendar.ts';
import { built } from '../../languages/built.ts';
import type { Speech } from '../locale.ts';
import type { DayFlaw, DayRow } from '../opening-hours.ts';
import type { FormError } from './field-errors.ts';

/** A Sunday. */
const SUNDAY = Date.UTC(2024, 0, 7);

/** A day of the week as it begins a line. */
export function dayWords({ locale }: Speech, day: DayName): string {
  const { region } = built[locale];
  const name = new Intl.DateTimeFormat(region, { weekday: 'long', timeZone: 'UTC' }).format(
    SUNDAY + dayNames.indexOf(day) * DAY_MS,
  );
  return name.charAt(0).toLocaleUpperCase(region) + name.slice(1);
}

/** What is wrong with a form, each day of opening hours for itself where one is to blame. */
export function hoursErrors(
  speech: Speech,
  { rows, flaws }: { rows: readonly DayRow[] | null; flaws: ReadonlyMap<string, DayFlaw> },
  errors: FormError[],
): FormError[] {
  if (flaws.size === 0 || rows === null) return errors;
  const ofDays = rows.flatMap(({ day }) => {
    const flaw = flaws.get(day);
    if (flaw === undefined) return [];
    const rule = speech.t[`hours_flaw_${flaw}`]();
    return [{ field: `hours_${day}`, text: speech.t.form_rule({ field: dayWords(speech, day), rule }) }];
  });
  return [...errors.filter(({ field }) => field !== 'businessHours'), ...ofDays];
}

import type { DayName } from '../../functions/ground/platform/business-hours.ts';
import { dayNames } from '../../functions/ground/platform/business-hours.ts';
import { DAY_MS } from '../../functions/ground/platform/calendar.ts';
import { built } from '../../languages/built.ts';
import type { Speech } from '../locale.ts';

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

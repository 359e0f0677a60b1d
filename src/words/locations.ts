import type { Formats } from '../../functions/ground/formats/format.ts';
import { addDays, dayOf } from '../../functions/ground/platform/business-time.ts';
import type { Location, SpecialDay } from '../../functions/people/locations/location.ts';
import { parseSpans } from '../../functions/people/locations/location.ts';
import type { OpenState } from '../../functions/people/locations/open-state.ts';
import type { Messages, Speech } from '../locale.ts';
import { directionsHref } from './directions.ts';

interface Words {
  t: Messages;
  formats: Formats;
  timeZone: string;
  now: number;
}

/** Whether a location is open, and until or from when; null is by arrangement. */
export function openWords(state: OpenState | null, { t, formats, timeZone, now }: Words): string {
  if (state === null) return t.loc_arrangement();
  const today = dayOf(now, timeZone);
  if (state.isOpen) {
    if (state.until === null) return t.loc_open_always();
    const told = { time: formats.time(state.until), date: formats.day(state.until) };
    // Past midnight people still count it to the evening.
    return state.until - now < HALF_A_DAY_MS || dayOf(state.until, timeZone) === today
      ? t.loc_open_until(told)
      : t.loc_open_until_on(told);
  }
  if (state.from === null) return t.loc_closed();
  const told = { time: formats.time(state.from), date: formats.day(state.from) };
  const day = dayOf(state.from, timeZone);
  if (day === today) return t.loc_opens_today(told);
  return day === addDays(today, 1) ? t.loc_opens_tomorrow(told) : t.loc_opens_on(told);
}

const HALF_A_DAY_MS = 43_200_000;

/** The hours of a special day and what day it is, such as `closed (Christmas)`. */
export function specialWords(
  { hours, names }: SpecialDay,
  { t, locale }: Pick<Speech, 't' | 'locale'>,
): string {
  const spans = (parseSpans(hours) ?? []).map((span) => span.map(clock).join('–')).join(' ');
  const name = names[locale] ?? Object.values(names)[0];
  return `${spans || t.loc_special_closed()}${name === undefined ? '' : ` (${name})`}`;
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** A map with the location on it; it is asked only when somebody follows the link. */
export const mapHref = ({ mapUrl, address }: Pick<Location, 'mapUrl' | 'address'>): string =>
  mapUrl ?? directionsHref(address);

/** The way to an address, in the map that the phone opens such links with. */
export const wayHref = (address: string): string =>
  `https://www.google.com/maps/dir/?api=1&destination=${encodeURIComponent(address)}`;

import { built, locales } from '../../../languages/built.ts';
import type { Locale } from '../identity/languages.ts';
import { parseWeek } from '../platform/business-hours.ts';
import { DAY_MS } from '../platform/calendar.ts';

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);
/** Monday first. */
const weekdays = new Map(locales.map((locale) => [locale, weekdaysOf(built[locale].region)]));

/** The hours that were put into words last, since every page has the same at its foot. */
const lastWords = new Map<Locale, { policy: string; words: string | null }>();

/** Business hours as people read them: days of the same hours together, Monday first. */
export function hoursWords(policy: string, locale: Locale): string | null {
  const last = lastWords.get(locale);
  if (last?.policy === policy) return last.words;
  const words = wordsOf(policy, locale);
  lastWords.set(locale, { policy, words });
  return words;
}

function wordsOf(policy: string, locale: Locale): string | null {
  const week = parseWeek(policy);
  const names = weekdays.get(locale);
  if (week === null || names === undefined) return null;
  const days = names.map((name, index) => ({
    name,
    hours: (week[(index + 1) % 7] ?? []).map(([from, to]) => `${clock(from)}–${clock(to)}`).join(' '),
  }));
  const runs: { first: string; last: string; hours: string }[] = [];
  for (const { name, hours } of days) {
    const run = runs.at(-1);
    if (run?.hours === hours) run.last = name;
    else runs.push({ first: name, last: name, hours });
  }
  return runs
    .filter(({ hours }) => hours !== '')
    .map(({ first, last, hours }) => `${first === last ? first : `${first}–${last}`} ${hours}`)
    .join(', ');
}

const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function weekdaysOf(region: string): string[] {
  const { format } = new Intl.DateTimeFormat(region, { weekday: 'short', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, index) => format(MONDAY + index * DAY_MS));
}

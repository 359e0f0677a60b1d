import { parseWeek, type Span } from '../../ground/platform/business-hours.ts';

/** Where customers find the business. */
export interface Location {
  id: string;
  name: string;
  address: string;
  /** Empty for none of its own. */
  phone: string;
  /** As business hours are written; empty for by arrangement. */
  hours: string;
  mapUrl: string | null;
  /** How to get there, by language. */
  directions: Readonly<Record<string, string>>;
}

/** A day with other hours than the week says. */
export interface SpecialDay {
  day: string;
  /** Null for every location without a row of its own. */
  locationId: string | null;
  /** As `10:00-14:00`, several spans with commas between; empty for closed. */
  hours: string;
  /** What day it is, by language. */
  names: Readonly<Record<string, string>>;
}

/** The spans of a special day in minutes; none for closed, null for what cannot be read. */
export function parseSpans(hours: string): readonly Span[] | null {
  if (hours.trim() === '') return [];
  const asWeek = hours
    .split(',')
    .map((span) => `Mon ${span.trim()}`)
    .join(', ');
  return parseWeek(asWeek)?.[1] ?? null;
}

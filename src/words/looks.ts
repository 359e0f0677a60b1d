import type { LooksAsked } from '../../functions/desk/console/looks/list-looks.ts';
import { isDay } from '../../functions/ground/platform/calendar.ts';
import type { LookKind } from '../../functions/ground/platform/look-book.ts';
import type { Messages } from '../locale.ts';

/** By which way somebody's data was looked at. */
export function lookWords(what: LookKind, t: Messages): string {
  return words[what](t);
}

const words: Record<LookKind, (t: Messages) => string> = {
  page: (t) => t.looks_what_page(),
  order: (t) => t.looks_what_order(),
  feedback: (t) => t.looks_what_feedback(),
  till: (t) => t.looks_what_till(),
  program: (t) => t.looks_what_program(),
  file: (t) => t.looks_what_file(),
};

/** Which looks an address asks for. */
export function looksAsked(query: URLSearchParams): Pick<LooksAsked, 'actor' | 'customer' | 'day'> {
  const asked = (name: string) => query.get(name)?.trim().slice(0, 120) || null;
  const day = asked('day');
  return { actor: asked('actor'), customer: asked('customer'), day: day !== null && isDay(day) ? day : null };
}

import { titlesOf } from '../drops/statements.ts';
import { readTexts } from '../texts.ts';
import type { EventRow } from './queries.ts';

/** What every mail about an event is told. */
export function toMailParams({ id, texts, startsAt, endsAt, place }: EventRow) {
  return { eventId: id, title: titlesOf(readTexts(texts)), startsAt, endsAt, place };
}

import type { Store } from '../../../../db/store.ts';
import { readTexts, type Texts } from '../texts.ts';
import { type EventRow, listNewestEvents } from './queries.ts';

/** An event as others name it. */
export interface NamedEvent {
  id: string;
  texts: Texts;
  place: string;
  startsAt: number;
  endsAt: number;
  answerUntil: number;
  isCancelled: boolean;
}

/** The newest events, those that were cancelled among them. */
export async function listEvents(db: Store): Promise<NamedEvent[]> {
  return (await listNewestEvents(db)).map(toNamedEvent);
}

export function toNamedEvent(row: EventRow): NamedEvent {
  const { id, texts, place, startsAt, endsAt, answerUntil, cancelledAt } = row;
  return {
    ...{ id, place, startsAt, endsAt, answerUntil },
    texts: readTexts(texts),
    isCancelled: cancelledAt !== null,
  };
}

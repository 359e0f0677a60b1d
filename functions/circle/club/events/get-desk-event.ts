import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { readTexts, type Texts } from '../texts.ts';
import { findEvent, listAnswers, listGuests } from './queries.ts';
import { type Seat, seatsOf } from './seating.ts';

/** An event with its guest list, as staff see it. */
export interface DeskEvent {
  id: string;
  texts: Texts;
  place: string;
  startsAt: number;
  places: number;
  cancelledAt: number | null;
  isOver: boolean;
  seats: (Seat & { email: string; name: string | null })[];
}

/** @throws {AppError} `not_found` */
export async function getDeskEvent(ctx: Context, { eventId }: { eventId: string }): Promise<DeskEvent> {
  allow(ctx.actor, 'customers:read');
  const [[event], answers, people] = await Promise.all([
    findEvent(ctx.db, { eventId }),
    listAnswers(ctx.db, { ids: JSON.stringify([eventId]) }),
    listGuests(ctx.db, { eventId }),
  ]);
  if (event === undefined) throw new AppError('not_found', 'There is no such event.');
  const { id, place, startsAt, places, cancelledAt } = event;
  const seats = [...seatsOf(answers, places).values()].sort((a, b) => a.since - b.since);
  return {
    id,
    texts: readTexts(event.texts),
    place,
    startsAt,
    places,
    cancelledAt,
    isOver: event.endsAt <= ctx.now(),
    seats: seats.flatMap((seat) => {
      const person = people.find((one) => one.id === seat.customerId);
      return person === undefined ? [] : [{ ...seat, email: person.email ?? '', name: person.name }];
    }),
  };
}

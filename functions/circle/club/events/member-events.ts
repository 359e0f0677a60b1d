import { customerIdOf } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { choosePlace, listOwnPlaces } from '../../../money/accounts/own-places.ts';
import { isMemberNow } from '../standing.ts';
import { readTexts, type Texts } from '../texts.ts';
import { type EventRow, listAnswers, listNewestEvents } from './queries.ts';
import { freePlaces, type Seat, seatsOf } from './seating.ts';

/** An event as a member sees it. */
export interface EventView {
  id: string;
  texts: Texts;
  place: string;
  startsAt: number;
  endsAt: number;
  answerUntil: number;
  places: number;
  free: number;
  waiting: number;
  guestsMax: number;
  cancelReason: string | null;
  isOver: boolean;
  mine: Pick<Seat, 'answer' | 'guests' | 'state'> | null;
}

/** What is to come, and what one answered. */
export async function listMemberEvents(ctx: Context, customerId: string): Promise<EventView[]> {
  const rows = await listNewestEvents(ctx.db);
  if (rows.length === 0) return [];
  const answers = await listAnswers(ctx.db, { ids: JSON.stringify(rows.map(({ id }) => id)) });
  const now = ctx.now();
  return rows
    .map((row) =>
      viewOf(
        row,
        answers.filter(({ eventId }) => eventId === row.id),
        { customerId, now },
      ),
    )
    .filter(({ isOver, mine }) => !isOver || mine !== null);
}

/** One of them, for members and who answered it. @throws {AppError} `not_found`, also for who is neither */
export async function getMemberEvent(
  ctx: Context,
  { accountId, eventId }: { accountId: string | null; eventId: string },
): Promise<EventView> {
  const customerId = customerIdOf(ctx);
  const place = await choosePlace(ctx, await listOwnPlaces(ctx), accountId);
  const now = ctx.now();
  const [isMember, events] = await Promise.all([
    isMemberNow(ctx.db, { accountId: place.rootId, now }),
    listMemberEvents(ctx, customerId),
  ]);
  const event = events.find(({ id }) => id === eventId);
  if (event === undefined || (event.mine === null && !isMember))
    throw new AppError('not_found', 'There is no such event.');
  return event;
}

function viewOf(
  row: EventRow,
  answers: Parameters<typeof seatsOf>[0],
  { customerId, now }: { customerId: string; now: number },
): EventView {
  const seats = seatsOf(answers, row.places);
  const own = seats.get(customerId);
  const { id, place, startsAt, endsAt, answerUntil, places, guestsMax, cancelReason } = row;
  return {
    id,
    texts: readTexts(row.texts),
    place,
    startsAt,
    endsAt,
    answerUntil,
    places,
    free: freePlaces(seats, places),
    waiting: [...seats.values()].filter(({ state }) => state === 'waiting').length,
    guestsMax,
    cancelReason,
    isOver: endsAt <= now,
    mine: own === undefined ? null : { answer: own.answer, guests: own.guests, state: own.state },
  };
}

import { insertInto } from '../../../../db/query.ts';
import { clubEventAnswers } from '../../../../db/schema/index.ts';
import { type Decision, unchanged } from '../../../ground/decision/decision.ts';
import { customerIdOf } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { wrongField } from '../../../ground/platform/parse-input.ts';
import { choosePlace, listOwnPlaces } from '../../../money/accounts/own-places.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { assertMember, isMemberNow } from '../standing.ts';
import { toMailParams } from './event-mail.ts';
import { type EventRow, findEvent, listAnswers } from './queries.ts';
import { type GivenAnswer, hasRoomFor, type Seat, seatsOf } from './seating.ts';

const insertAnswer = insertInto(clubEventAnswers);

export interface EventAnswerInput {
  accountId: string | null;
  eventId: string;
  answer: 'yes' | 'no' | 'maybe';
  guests: number;
}

/**
 * Answers an event, or changes one's mind: where there is no place, a yes waits in line. A place that comes free goes to
 * the next in line with this very write. Saying the same again changes nothing.
 * @throws {AppError} `not_found`, `club_not_a_member`, `event_over`, `event_full`, `validation_failed`
 */
export async function answerEvent(ctx: Context, input: EventAnswerInput): Promise<Seat> {
  const customerId = customerIdOf(ctx);
  const { rootId } = await choosePlace(ctx, await listOwnPlaces(ctx), input.accountId);
  const { eventId, answer } = input;
  const guests = answer === 'yes' ? input.guests : 0;
  const seat = await writeHistory(ctx, rootId, async (seen) => {
    const { event, answers } = await loadAnswerable(seen, { accountId: rootId, eventId, answer, guests });
    const before = seatsOf(answers, event.places);
    const own = before.get(customerId);
    if (own?.answer === answer && own.guests === guests) return { ...unchanged, result: own };
    const seq = (answers.at(-1)?.seq ?? 0) + 1;
    const latest: GivenAnswer = { seq, customerId, accountId: rootId, answer, guests };
    if (!hasRoomFor(latest, before, event.places))
      throw new AppError('event_full', 'There is no room for that many guests.');
    const after = seatsOf([...answers, latest], event.places);
    const result = after.get(customerId);
    if (result === undefined) throw new AppError('not_found', 'There is no such answer.');
    const movedUp = [...after.values()].filter(
      (seat) =>
        seat.customerId !== customerId &&
        seat.state === 'seated' &&
        before.get(seat.customerId)?.state === 'waiting',
    );
    return {
      history: { kind: 'event_answered', detail: { event: eventId, answer, guests, state: result.state } },
      rows: [insertAnswer({ ...latest, eventId, at: ctx.now() })],
      also: movedUp.map((seat) => tellMovedUp(event, seat, rootId)),
      result,
    };
  });
  ctx.wakeMail('soon');
  return seat;
}

interface LatestAnswer {
  accountId: string;
  eventId: string;
  answer: string;
  guests: number;
}

async function loadAnswerable(
  ctx: Context,
  { accountId, eventId, answer, guests }: LatestAnswer,
): Promise<{ event: EventRow; answers: GivenAnswer[] }> {
  const db = ctx.db.fresh;
  const now = ctx.now();
  const [[event], answers, isMember] = await Promise.all([
    findEvent(db, { eventId }),
    listAnswers(db, { ids: JSON.stringify([eventId]) }),
    isMemberNow(db, { accountId, now }),
  ]);
  if (event === undefined) throw new AppError('not_found', 'There is no such event.');
  if (answer !== 'no') assertMember(isMember);
  const isLate = event.startsAt <= now || (answer !== 'no' && event.answerUntil <= now);
  if (isLate || event.cancelledAt !== null) throw new AppError('event_over', 'It is too late to answer.');
  if (!Number.isInteger(guests) || guests < 0 || guests > event.guestsMax) {
    throw wrongField('guests', 'out_of_range', `has to be a whole number from 0 to ${event.guestsMax}`);
  }
  return { event, answers };
}

/** A mail, and a line in the history of another account; this batch is decided under the lock of the event's answers. */
function tellMovedUp(event: EventRow, { accountId, customerId }: Seat, ownId: string): Decision {
  const line = { rootId: accountId, kind: 'event_moved_up', detail: { event: event.id } } as const;
  return {
    letters: [{ template: 'event_moved_up', params: toMailParams(event), customerId }],
    histories: accountId === ownId ? [] : [{ ...line, actor: actorName(club) }],
  };
}

const club = { kind: 'system', name: 'club' } as const;

import { insertInto, statement } from '../../../db/query.ts';
import { clubEventAnswers } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { note } from '../../accounts/note.ts';
import { choosePlace, listOwnPlaces } from '../../accounts/own-places.ts';
import { queueMail } from '../../mail/queue-mail.ts';
import { customerIdOf } from '../../platform/allow.ts';
import type { Context } from '../../platform/context.ts';
import { AppError } from '../../platform/errors.ts';
import { assertMember, loadMember } from '../standing.ts';
import { mailParamsOf } from './event-mail.ts';
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
  try {
    const seat = await note(ctx, rootId, async (seen) => {
      const { event, answers } = await loadAnswerable(seen, { accountId: rootId, eventId, answer, guests });
      const before = seatsOf(answers, event.places);
      const own = before.get(customerId);
      if (own?.answer === answer && own.guests === guests) throw new SaidBefore(own);
      const seq = (answers.at(-1)?.seq ?? 0) + 1;
      const given: GivenAnswer = { seq, customerId, accountId: rootId, answer, guests };
      if (!hasRoomFor(given, before, event.places))
        throw new AppError('event_full', 'There is no room for that many guests.');
      const after = seatsOf([...answers, given], event.places);
      const result = after.get(customerId);
      if (result === undefined) throw new AppError('not_found', 'There is no such answer.');
      const movedUp = [...after.values()].filter(
        (seat) =>
          seat.customerId !== customerId &&
          seat.state === 'seated' &&
          before.get(seat.customerId)?.state === 'waiting',
      );
      return {
        kind: 'event_answered',
        detail: { event: eventId, answer, guests, state: result.state },
        statements: [
          insertAnswer({ ...given, eventId, at: ctx.now() }),
          ...movedUp.flatMap((seat) => tellMovedUp(ctx, event, seat, rootId)),
        ],
        result,
      };
    });
    ctx.wakeMail('soon');
    return seat;
  } catch (error) {
    if (error instanceof SaidBefore) return error.seat;
    throw error;
  }
}

class SaidBefore extends Error {
  readonly seat: Seat;
  constructor(seat: Seat) {
    super('the same was said before');
    this.seat = seat;
  }
}

async function loadAnswerable(
  ctx: Context,
  asked: { accountId: string; eventId: string; answer: string; guests: number },
): Promise<{ event: EventRow; answers: GivenAnswer[] }> {
  const db = ctx.db.fresh;
  const { accountId, eventId, answer, guests } = asked;
  const now = ctx.now();
  const [[event], answers, member] = await Promise.all([
    findEvent(db, { eventId }),
    listAnswers(db, { ids: JSON.stringify([eventId]) }),
    loadMember(db, { accountId, currency: null, now }),
  ]);
  if (event === undefined) throw new AppError('not_found', 'There is no such event.');
  if (answer !== 'no') assertMember(member);
  const isLate = event.startsAt <= now || (answer !== 'no' && event.answerUntil <= now);
  if (isLate || event.cancelledAt !== null) throw new AppError('event_over', 'It is too late to answer.');
  if (!Number.isInteger(guests) || guests < 0 || guests > event.guestsMax) {
    const message = `has to be a whole number from 0 to ${event.guestsMax}`;
    throw new AppError('validation_failed', `guests ${message}.`, {
      errors: [{ path: 'guests', code: 'out_of_range', message }],
    });
  }
  return { event, answers };
}

/** A mail, and a line in the history of another account; this batch is decided under the lock of the event's answers. */
function tellMovedUp(
  ctx: Context,
  event: EventRow,
  { accountId, customerId }: Seat,
  ownId: string,
): Statement[] {
  const at = ctx.now();
  const mail = queueMail({
    template: 'event_moved_up',
    params: mailParamsOf(event),
    customerId,
    language: null,
    at,
  });
  if (accountId === ownId) return [mail];
  return [
    mail,
    statement(
      `INSERT INTO history (account_id, seq, at, kind, actor, detail, programme_revision)
       SELECT id, history_seq + 1, ?2, 'event_moved_up', 'system:club', json_object('event', ?3),
         (SELECT coalesce(max(revision), 0) FROM programmes) FROM accounts WHERE id = ?1`,
      accountId,
      at,
      event.id,
    ),
    statement('UPDATE accounts SET history_seq = history_seq + 1 WHERE id = ?', accountId),
  ];
}

import { z } from 'zod';
import { insertInto } from '../../../../db/query.ts';
import { clubEventCancellations, clubEvents } from '../../../../db/schema/index.ts';
import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { textsInput } from '../texts.ts';
import { toMailParams } from './event-mail.ts';
import { findEvent, listAnswers } from './queries.ts';
import { seatsOf } from './seating.ts';

const insertEvent = insertInto(clubEvents);
const insertCancellation = insertInto(clubEventCancellations);

const eventInput = z
  .strictObject({
    texts: textsInput,
    place: z.string().trim().min(1).max(300),
    startsAt: z.int(),
    endsAt: z.int(),
    places: z.int().min(1).max(100_000),
    guestsMax: z.int().min(0).max(50),
    answerUntil: z.int(),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, {
    path: ['endsAt'],
    params: { code: 'before_start' },
    message: 'lies before the beginning',
    when: ({ value }) => z.object({ startsAt: z.int(), endsAt: z.int() }).safeParse(value).success,
  })
  .refine(({ startsAt, answerUntil }) => answerUntil <= startsAt, {
    path: ['answerUntil'],
    params: { code: 'after_start' },
    message: 'lies after the beginning',
    when: ({ value }) => z.object({ startsAt: z.int(), answerUntil: z.int() }).safeParse(value).success,
  });
export type EventInput = z.input<typeof eventInput>;

/** Announces an event; the next job invites all members by mail. @throws {AppError} `validation_failed` */
export async function createEvent(ctx: Context, input: EventInput): Promise<{ id: string }> {
  allow(ctx.actor, 'customers:write');
  const { texts, ...event } = parseInput(eventInput, input);
  const id = newId();
  const by = { at: ctx.now(), actor: actorName(ctx.actor) };
  await writeDecision(ctx, {
    rows: [insertEvent({ id, texts: JSON.stringify(texts), ...event, ...by })],
    audit: { kind: 'event.announced', subjectKind: 'event', subjectId: id, detail: { places: event.places } },
  });
  return { id };
}

/** Calls an event off; whoever said yes or perhaps is told by mail. @throws {AppError} `not_found`, `event_over`, `validation_failed` */
export async function cancelEvent(
  ctx: Context,
  { id, reason }: { id: string; reason: string },
): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const db = ctx.db.fresh;
  const [[event], answers] = await Promise.all([
    findEvent(db, { eventId: id }),
    listAnswers(db, { ids: JSON.stringify([id]) }),
  ]);
  if (event === undefined) throw new AppError('not_found', 'There is no such event.');
  const now = ctx.now();
  if (event.endsAt <= now || event.cancelledAt !== null)
    throw new AppError('event_over', 'The event is over.');
  const words = reason.trim();
  if (words === '' || words.length > 1000) {
    throw wrongField('reason', words === '' ? 'required' : 'too_long', 'has to have 1 to 1000 characters');
  }
  const coming = [...seatsOf(answers, event.places).values()].filter(({ answer }) => answer !== 'no');
  const params = { ...toMailParams(event), reason: words };
  try {
    await writeDecision(ctx, {
      rows: [insertCancellation({ eventId: id, reason: words, at: now, actor: actorName(ctx.actor) })],
      letters: coming.map(({ customerId }) => ({ template: 'event_cancelled', params, customerId })),
      audit: { kind: 'event.cancelled', subjectKind: 'event', subjectId: id },
    });
  } catch (error) {
    if (isConflictOn(error, 'club_event_cancellations'))
      throw new AppError('event_over', 'It was called off already.');
    throw error;
  }
  ctx.wakeMail('soon');
}

import { listTold, once, tellEach } from '../../../ground/outbox/tell-each.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { toMailParams } from './event-mail.ts';
import { type EventRow, listAnswers, listComing, listUninvited } from './queries.ts';
import { seatsOf } from './seating.ts';

/** Invites members to what is to come, and reminds who has a place a day before; each person once. */
export async function tellEvents(ctx: Context): Promise<number> {
  const now = ctx.now();
  const coming = await listComing(ctx.db.fresh, { now });
  let told = 0;
  for (const event of coming) {
    if (event.answerUntil > now) told += await invite(ctx, event);
    if (event.startsAt <= now + DAY_MS) told += await remind(ctx, event);
  }
  return told;
}

async function invite(ctx: Context, event: EventRow): Promise<number> {
  const at = ctx.now();
  const params = { ...toMailParams(event), answerUntil: event.answerUntil };
  const { told } = await tellEach(ctx, {
    list: (after) => listUninvited(ctx.db.fresh, { eventId: event.id, now: at, after }),
    lettersTo: async (step) =>
      step.map(({ reader, rootId }) => [
        { template: 'event_invitation', params: { ...params, rootId }, customerId: reader },
      ]),
  });
  return told;
}

async function remind(ctx: Context, event: EventRow): Promise<number> {
  const db = ctx.db.fresh;
  const subject = `event ${event.id} reminder`;
  const [answers, reminded] = await Promise.all([
    listAnswers(db, { ids: JSON.stringify([event.id]) }),
    listTold(db, { subject }),
  ]);
  const known = new Set(reminded.map(({ reader }) => reader));
  const coming = [...seatsOf(answers, event.places).values()]
    .filter(({ state, customerId }) => state === 'seated' && !known.has(customerId))
    .map(({ customerId }) => ({ reader: customerId, subject }));
  const params = toMailParams(event);
  const { told } = await tellEach(ctx, {
    list: once(coming),
    lettersTo: async (step) =>
      step.map(({ reader }) => [{ template: 'event_reminder', params, customerId: reader }]),
  });
  return told;
}

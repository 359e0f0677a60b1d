import { listTold, once, tellEach } from '../../../ground/outbox/tell-each.ts';
import { HOUR_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { eventMoment, reminderHours } from '../moments.ts';
import { toMailParams } from './event-mail.ts';
import { type EventRow, listAnswers, listComing, listUninvited } from './queries.ts';
import { seatsOf } from './seating.ts';

/** Invites members to what is to come, and reminds who has a place some hours before, where the business wants it; each person once. */
export async function tellEvents(ctx: Context): Promise<number> {
  const now = ctx.now();
  const [coming, business] = await Promise.all([listComing(ctx.db.fresh, { now }), getBusiness(ctx)]);
  const isReminding = policyOf(business, eventMoment.isOn) === 'on';
  const remindedBefore = policyOf(business, reminderHours) * HOUR_MS;
  let told = 0;
  for (const event of coming) {
    if (event.answerUntil > now) told += await invite(ctx, event);
    if (isReminding && event.startsAt <= now + remindedBefore) told += await remind(ctx, event);
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

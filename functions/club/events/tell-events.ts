import { sql } from 'drizzle-orm';
import { insertInto, query } from '../../../db/query.ts';
import { clubEventNotices } from '../../../db/schema/index.ts';
import { isConflictOn, type Statement } from '../../../db/store.ts';
import { queueMail } from '../../mail/queue-mail.ts';
import { DAY_MS } from '../../platform/calendar.ts';
import type { Context } from '../../platform/context.ts';
import { mailParamsOf } from './event-mail.ts';
import { type EventRow, listAnswers, listComing, listUninvited } from './queries.ts';
import { seatsOf } from './seating.ts';

const insertNotice = insertInto(clubEventNotices);

/** Invites members to what is to come, and reminds who has a place a day before; each person once. */
export async function tellEvents(ctx: Context): Promise<number> {
  const now = ctx.now();
  const coming = await listComing(ctx.db.fresh, { now });
  let told = 0;
  for (const event of coming) {
    if (event.answerUntil > now) told += await invite(ctx, event);
    if (event.startsAt <= now + DAY_MS) told += await remind(ctx, event);
  }
  if (told > 0) ctx.wakeMail('soon');
  return told;
}

async function invite(ctx: Context, event: EventRow): Promise<number> {
  const at = ctx.now();
  const params = { ...mailParamsOf(event), answerUntil: event.answerUntil };
  let told = 0;
  let after = '';
  for (;;) {
    const people = await listUninvited(ctx.db.fresh, { eventId: event.id, now: at, after });
    const last = people.at(-1);
    if (last === undefined) return told;
    after = last.customerId;
    told += await writeEach(
      ctx,
      people.map(({ customerId }) => [
        insertNotice({ eventId: event.id, customerId, kind: 'invitation', at }),
        queueMail({ template: 'event_invitation', params, customerId, language: null, at }),
      ]),
    );
  }
}

async function remind(ctx: Context, event: EventRow): Promise<number> {
  const at = ctx.now();
  const db = ctx.db.fresh;
  const [answers, reminded] = await Promise.all([
    listAnswers(db, { ids: JSON.stringify([event.id]) }),
    listReminded(db, { eventId: event.id }),
  ]);
  const known = new Set(reminded.map(({ customerId }) => customerId));
  const coming = [...seatsOf(answers, event.places).values()].filter(
    ({ state, customerId }) => state === 'seated' && !known.has(customerId),
  );
  return writeEach(
    ctx,
    coming.map(({ customerId }) => [
      insertNotice({ eventId: event.id, customerId, kind: 'reminder', at }),
      queueMail({ template: 'event_reminder', params: mailParamsOf(event), customerId, language: null, at }),
    ]),
  );
}

const listReminded = query((db) =>
  db
    .select({ customerId: clubEventNotices.customerId })
    .from(clubEventNotices)
    .where(sql`event_id = ${sql.placeholder('eventId')} AND kind = 'reminder'`),
);

/** Each by itself, so that what another worker was faster with stops nothing else. */
async function writeEach(ctx: Context, units: Statement[][]): Promise<number> {
  if (units.length === 0) return 0;
  const outcomes = await ctx.db.writeMany(units);
  let written = 0;
  for (const outcome of outcomes) {
    if (outcome.ok) written += 1;
    else if (!isConflictOn(outcome.error, 'club_event_notices')) throw outcome.error;
  }
  return written;
}

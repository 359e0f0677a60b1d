import { asc, desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import {
  clubEventAnswers,
  clubEventCancellations,
  clubEvents,
  customers,
} from '../../../../db/schema/index.ts';
import { survivingCustomer } from '../../../money/accounts/survivors.ts';

const eventColumns = {
  id: clubEvents.id,
  texts: clubEvents.texts,
  place: clubEvents.place,
  startsAt: clubEvents.startsAt,
  endsAt: clubEvents.endsAt,
  places: clubEvents.places,
  guestsMax: clubEvents.guestsMax,
  answerUntil: clubEvents.answerUntil,
  cancelledAt: clubEventCancellations.at,
  cancelReason: clubEventCancellations.reason,
};

export const findEvent = query((db) =>
  db
    .select(eventColumns)
    .from(clubEvents)
    .leftJoin(clubEventCancellations, eq(clubEventCancellations.eventId, clubEvents.id))
    .where(eq(clubEvents.id, sql.placeholder('eventId'))),
);
export type EventRow = Awaited<ReturnType<typeof findEvent>>[number];

/** The latest first. */
export const listNewestEvents = query((db) =>
  db
    .select(eventColumns)
    .from(clubEvents)
    .leftJoin(clubEventCancellations, eq(clubEventCancellations.eventId, clubEvents.id))
    .orderBy(desc(clubEvents.startsAt))
    .limit(50),
);

const answerColumns = {
  eventId: clubEventAnswers.eventId,
  seq: clubEventAnswers.seq,
  customerId: clubEventAnswers.customerId,
  accountId: clubEventAnswers.accountId,
  answer: clubEventAnswers.answer,
  guests: clubEventAnswers.guests,
};

/** All answers to some events, in the order in which they came; `ids` is a JSON array. */
export const listAnswers = query((db) =>
  db
    .select(answerColumns)
    .from(clubEventAnswers)
    .where(sql`${clubEventAnswers.eventId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`)
    .orderBy(asc(clubEventAnswers.eventId), asc(clubEventAnswers.seq)),
);

/** Who answered an event, by name. */
export const listGuests = query((db) =>
  db
    .selectDistinct({ id: customers.id, email: customers.email, name: customers.name })
    .from(clubEventAnswers)
    .innerJoin(customers, eq(customers.id, clubEventAnswers.customerId))
    .where(eq(clubEventAnswers.eventId, sql.placeholder('eventId'))),
);

/** Who some customers are by now, themselves or whom they became by a merge, unless they are gone; `ids` is a JSON array. */
export const listBecome = query((db) =>
  db
    .select({ id: sql<string>`j.value`, became: sql<string>`c.id` })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS j CROSS JOIN customers AS c ON c.id = ${sql.raw(survivingCustomer('j.value'))}`,
    )
    .where(sql`c.withdrawn_at IS NULL`),
);

/** Events that are to come, soonest first. */
export const listComing = query((db) =>
  db
    .select(eventColumns)
    .from(clubEvents)
    .leftJoin(clubEventCancellations, eq(clubEventCancellations.eventId, clubEvents.id))
    .where(
      sql`${clubEvents.startsAt} > ${sql.placeholder('now')} AND ${clubEventCancellations.eventId} IS NULL`,
    )
    .orderBy(asc(clubEvents.startsAt))
    .limit(50),
);

/** Members who have not been invited to an event, by account. */
export const listUninvited = query((db) =>
  db
    .select({
      reader: sql<string>`c.id`,
      rootId: sql<string>`min(m.account_id)`,
      subject: sql<string>`'event ' || ${sql.placeholder('eventId')} || ' invitation'`,
    })
    .from(sql`club_memberships m`)
    .innerJoin(sql`accounts a`, sql`a.root_id = m.account_id`)
    .innerJoin(
      sql`memberships p`,
      sql`p.account_id = a.id AND p.until IS NULL AND (a.kind = 'personal' OR p.role IS NOT NULL)`,
    )
    .innerJoin(
      sql`customers c`,
      sql`c.id = p.customer_id AND c.claimed_at IS NOT NULL AND c.withdrawn_at IS NULL`,
    )
    .where(
      sql`c.id > ${sql.placeholder('after')}
        AND NOT EXISTS (SELECT 1 FROM club_endings e WHERE e.membership_id = m.id AND e.until <= ${sql.placeholder('now')})
        AND NOT EXISTS (SELECT 1 FROM notices n WHERE n.reader = c.id
          AND n.subject = 'event ' || ${sql.placeholder('eventId')} || ' invitation')`,
    )
    .groupBy(sql`c.id`)
    .orderBy(sql`c.id`)
    .limit(200),
);

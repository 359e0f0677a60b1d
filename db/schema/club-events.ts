import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

export const clubEvents = sqliteTable(
  'club_events',
  {
    id: id(),
    texts: text().notNull(),
    place: text().notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    places: count().notNull(),
    /** How many each may bring. */
    guestsMax: count('guests_max').notNull(),
    answerUntil: instant('answer_until').notNull(),
    ...done(),
  },
  (table) => [index('club_events_start').on(table.startsAt)],
);

/** Append-only. */
export const clubEventCancellations = sqliteTable('club_event_cancellations', {
  eventId: text('event_id').primaryKey(),
  reason: text().notNull(),
  ...done(),
});

/**
 * All answers in the order in which they came; a later one of the same person replaces the earlier. Who has a place
 * follows from them all. `(event_id, seq)` is the lock: two answers cannot be decided on the same state. Append-only.
 */
export const clubEventAnswers = sqliteTable(
  'club_event_answers',
  {
    eventId: text('event_id').notNull(),
    seq: count().notNull(),
    customerId: text('customer_id').notNull(),
    accountId: text('account_id').notNull(),
    answer: text({ enum: ['yes', 'no', 'maybe'] }).notNull(),
    guests: count().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.eventId, table.seq] }),
    index('club_event_answers_customer').on(table.customerId),
    index('club_event_answers_account').on(table.accountId),
  ],
);

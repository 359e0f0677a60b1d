import { sql } from 'drizzle-orm';
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, instant } from './columns.ts';

/** Business settings: `currency`, `timeZone`. */
export const settings = sqliteTable('settings', {
  key: text().primaryKey(),
  value: text().notNull(),
  setAt: instant('set_at').notNull(),
  setBy: text('set_by').notNull(),
});

/** How urgent a mail is, the most urgent first: in that order what is due is sent. */
export const mailUrgencies = ['now', 'owed', 'bulk'] as const;

/**
 * Mail to send, written in the same batch as its cause. It is rendered once, before the first try, and
 * every retry sends the same bytes under the row's id as idempotency key. Mail that carries a sign-in secret
 * is never stored rendered: its secret follows from the challenge, so it renders to the same bytes again.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    id: text().primaryKey(),
    template: text().notNull(),
    urgency: text({ enum: mailUrgencies }).notNull().default('owed'),
    /** What sent it by itself; NULL for all other mail. */
    moment: text(),
    /** JSON; ids, amounts and moments. */
    params: text().notNull(),
    /** The recipient: a customer, or a bare address for someone not known yet. */
    customerId: text('customer_id'),
    address: text(),
    language: text(),
    createdAt: instant('created_at').notNull(),
    nextTryAt: instant('next_try_at').notNull(),
    tries: count().notNull(),
    /** What is being sent, until it is. */
    rendered: text(),
    /** Its words as they were sent, for the portal; not of mail that carries a secret. */
    letter: text(),
    sentAt: instant('sent_at'),
    providerId: text('provider_id'),
    failedAt: instant('failed_at'),
    failure: text(),
    /** When the provider was first asked to take it: from then on it remembers the key for a day. */
    firstTryAt: instant('first_try_at'),
    /** When it was decided that this is not sent, for the reason in `failure`; the portal still shows it. */
    withheldAt: instant('withheld_at'),
  },
  (table) => [
    index('outbox_waiting')
      .on(table.urgency, table.nextTryAt)
      .where(sql`sent_at IS NULL AND failed_at IS NULL AND withheld_at IS NULL`),
    index('outbox_failed').on(table.failedAt).where(sql`failed_at IS NOT NULL AND withheld_at IS NULL`),
    index('outbox_address').on(table.address).where(sql`address IS NOT NULL`),
    index('outbox_customer').on(table.customerId, table.createdAt).where(sql`customer_id IS NOT NULL`),
    // Of which it is still known what they said.
    index('outbox_words').on(table.createdAt).where(sql`letter IS NOT ''`),
    index('outbox_moment').on(table.moment, table.createdAt, table.id).where(sql`moment IS NOT NULL`),
  ],
);

/** When each job ran last and how it ended. */
export const jobRuns = sqliteTable('job_runs', {
  name: text().primaryKey(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  failure: text(),
  /** Where a job that goes round bit by bit goes on next time. */
  goesOnAfter: text('goes_on_after'),
});

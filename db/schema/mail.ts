import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from './accounts.ts';
import { count, instant, money } from './columns.ts';

/** What the provider told about a mail; `id` is that of the delivery of its webhook, which may come twice. Append-only. */
export const mailEvents = sqliteTable(
  'mail_events',
  {
    id: text().primaryKey(),
    /** The row of the outbox; NULL when the provider did not say. */
    mailId: text('mail_id'),
    kind: text({ enum: ['delivered', 'delayed', 'bounced', 'complained', 'failed'] }).notNull(),
    /** The provider's word for the kind of bounce, such as `Permanent`. */
    detail: text(),
    /** The Message-ID that the mail went out under: answers name it. */
    messageId: text('message_id'),
    at: instant().notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [
    index('mail_events_mail').on(table.mailId, table.at),
    index('mail_events_message').on(table.messageId).where(sql`message_id IS NOT NULL`),
  ],
);

/**
 * A mail that came in. The provider keeps it; we fetch it once, for what becomes of it. `id` is the provider's, so that a
 * mail that is told of twice is one.
 */
export const receivedMails = sqliteTable(
  'received_mails',
  {
    id: text().primaryKey(),
    /** Who it is from, as its header says: an address. */
    address: text().notNull(),
    subject: text(),
    messageId: text('message_id'),
    at: instant().notNull(),
    receivedAt: instant('received_at').notNull(),
    state: text({ enum: ['waiting', 'taken', 'left_out', 'failed'] }).notNull(),
    /** Why it was left out, or could not be fetched. */
    reason: text(),
    tries: count().notNull(),
    nextTryAt: instant('next_try_at').notNull(),
    /** What it became, and its id there. */
    becameKind: text('became_kind', { enum: ['feedback', 'contact'] }),
    becameId: text('became_id'),
  },
  (table) => [
    index('received_mails_waiting').on(table.nextTryAt).where(sql`state = 'waiting'`),
    index('received_mails_failed').on(table.at).where(sql`state = 'failed'`),
    index('received_mails_address').on(table.address, table.at),
    check('received_mails_became', sql`(state = 'taken') = (became_id IS NOT NULL)`),
  ],
);

/** An address that takes no mail, or wants none; until its owner proves it again or staff lift it. */
export const suppressions = sqliteTable(
  'suppressions',
  {
    id: text().primaryKey(),
    address: text().notNull(),
    reason: text({ enum: ['bounced', 'complained'] }).notNull(),
    eventId: text('event_id').notNull(),
    at: instant().notNull(),
    liftedAt: instant('lifted_at'),
    liftedBy: text('lifted_by'),
  },
  (table) => [
    uniqueIndex('suppressions_open').on(table.address, table.reason).where(sql`lifted_at IS NULL`),
    check('suppressions_lifted', sql`(lifted_at IS NULL) = (lifted_by IS NULL)`),
  ],
);

/**
 * Who was told of what, once: a `reader` is an account or a customer, a `subject` such as `drop` with its id says what it was
 * about. Append-only.
 */
export const notices = sqliteTable(
  'notices',
  { subject: text().notNull(), reader: text().notNull(), at: instant().notNull() },
  (table) => [
    primaryKey({ columns: [table.subject, table.reader] }),
    index('notices_reader').on(table.reader, table.subject),
  ],
);

/** "You are nearly there", told once for each target of a period. Append-only. */
export const nearlyNotices = sqliteTable(
  'nearly_notices',
  {
    rootId: text('root_id')
      .notNull()
      .references(() => accounts.id),
    ruleId: text('rule_id').notNull(),
    version: count().notNull(),
    periodStart: text('period_start').notNull(),
    targetMinor: money('target_minor').notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.rootId, table.ruleId, table.version, table.periodStart, table.targetMinor],
    }),
  ],
);

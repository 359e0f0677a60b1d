import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts, customers } from './accounts.ts';
import { count, flag, instant, money } from './columns.ts';

/** What a customer said about mail of a topic: the newest of a topic holds. Append-only. */
export const mailPreferences = sqliteTable(
  'mail_preferences',
  {
    id: text().primaryKey(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    topic: text().notNull(),
    isOn: flag('is_on').notNull(),
    /** Where they said it: a button in a mail program, the page a mail leads to, the settings. */
    source: text({ enum: ['one_click', 'mail', 'settings'] }).notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [index('mail_preferences_customer').on(table.customerId, table.topic, table.id)],
);

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
    at: instant().notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (table) => [index('mail_events_mail').on(table.mailId, table.at)],
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
  (table) => [primaryKey({ columns: [table.subject, table.reader] })],
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

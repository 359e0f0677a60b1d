import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { count, done, flag, id, instant } from './columns.ts';

/** Where a wish was said: a button in a mail program, the page that mails lead to, the settings, to staff, to another program. */
const source = () => text({ enum: ['one_click', 'mail', 'settings', 'staff', 'api', 'merge'] }).notNull();

const customerId = () =>
  text('customer_id')
    .notNull()
    .references(() => customers.id);

/** What a customer said about a topic and a channel (DOMAIN §6): the newest of both holds. Append-only. */
export const preferences = sqliteTable(
  'preferences',
  {
    id: id(),
    customerId: customerId(),
    topic: text().notNull(),
    channel: text({ enum: ['mail', 'phone', 'message', 'post'] }).notNull(),
    isOn: flag('is_on').notNull(),
    /** The business day on which it begins again. */
    pausedUntil: text('paused_until'),
    /** How often within thirty days at the most; NULL for as often as there is something. */
    monthMax: count('month_max'),
    source: source(),
    /** On what grounds somebody else wrote it down: how they know. */
    basis: text(),
    ...done(),
  },
  (table) => [index('preferences_customer').on(table.customerId, table.topic, table.channel, table.id)],
);

/** What a customer said about all that reaches them: the newest holds, whole. Append-only. */
export const generalPreferences = sqliteTable(
  'general_preferences',
  {
    id: id(),
    customerId: customerId(),
    /** The business day on which anything begins again. */
    pausedUntil: text('paused_until'),
    /** How much within seven days at the most; NULL for what the business has set. */
    weekMax: count('week_max'),
    /** `plain`: mail without layout and pictures. */
    format: text({ enum: ['full', 'plain'] }).notNull(),
    /** Whether they are told of offers; NULL while they said nothing: then their group decides (DOMAIN §6). */
    offers: flag(),
    source: source(),
    basis: text(),
    ...done(),
  },
  (table) => [index('general_preferences_customer').on(table.customerId, table.id)],
);

/**
 * What reached a customer without being asked for or owed, and counts against what they allow; `id` is that of the mail.
 * Append-only.
 */
export const tellings = sqliteTable(
  'tellings',
  {
    id: id(),
    customerId: customerId(),
    topic: text().notNull(),
    channel: text({ enum: ['mail', 'phone', 'message', 'post'] }).notNull(),
    at: instant().notNull(),
  },
  (table) => [
    index('tellings_customer').on(table.customerId, table.at),
    index('tellings_at').on(table.at, table.customerId),
  ],
);

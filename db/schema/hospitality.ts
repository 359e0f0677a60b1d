import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { done, flag, id, money } from './columns.ts';
import { staff } from './people.ts';

/**
 * A gift to a customer, or entertainment of one: who gave it, for what purpose, what it was worth and when (DOMAIN §6). The limits of
 * that moment and what the person had had in the year stand beside it, so that it stays told why it waited.
 */
export const hospitalityEntries = sqliteTable(
  'hospitality_entries',
  {
    id: id(),
    kind: text({ enum: ['gift', 'entertainment', 'event'] }).notNull(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    giverId: text('giver_id')
      .notNull()
      .references(() => staff.id),
    /** What for: the purpose. */
    purpose: text().notNull(),
    worthMinor: money('worth_minor').notNull(),
    currency: text().notNull(),
    day: text().notNull(),
    /** Of the club's event that it was. */
    eventId: text('event_id'),
    actLimitMinor: money('act_limit_minor').notNull(),
    yearLimitMinor: money('year_limit_minor').notNull(),
    /** What the person had had in the year of `day` before it. */
    yearBeforeMinor: money('year_before_minor').notNull(),
    needsApproval: flag('needs_approval').notNull(),
    ...done(),
  },
  (table) => [
    index('hospitality_entries_customer').on(table.customerId, table.day),
    index('hospitality_entries_day').on(table.day, table.id),
    index('hospitality_entries_over_limit').on(table.day, table.id).where(sql`needs_approval = 1`),
    uniqueIndex('hospitality_entries_event')
      .on(table.eventId, table.customerId)
      .where(sql`event_id IS NOT NULL`),
    check('hospitality_entries_worth', sql`worth_minor > 0`),
  ],
);

/**
 * What was decided of an entry over a limit, by whom of the team; alone is who decided on their own, since there was no second
 * person. Of earlier releases who decided is the actor. Append-only.
 */
export const hospitalityDecisions = sqliteTable('hospitality_decisions', {
  entryId: text('entry_id')
    .primaryKey()
    .references(() => hospitalityEntries.id),
  decision: text({ enum: ['approved', 'refused'] }).notNull(),
  reason: text(),
  deciderId: text('decider_id').references(() => staff.id),
  isAlone: flag('is_alone').notNull().default(false),
  ...done(),
});

/** An entry that was not given after all, or was recorded by mistake. Append-only. */
export const hospitalityWithdrawals = sqliteTable('hospitality_withdrawals', {
  entryId: text('entry_id')
    .primaryKey()
    .references(() => hospitalityEntries.id),
  reason: text().notNull(),
  ...done(),
});

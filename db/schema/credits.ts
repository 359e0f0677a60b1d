import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { instant, money } from './columns.ts';

/**
 * What a member of staff has given and taken by hand on one business day, in sums without sign. The check is the limit of
 * the day: of several who would pass it together, the later ones are refused whole.
 */
export const creditDays = sqliteTable(
  'credit_days',
  {
    staffId: text('staff_id').notNull(),
    day: text().notNull(),
    movedMinor: money('moved_minor').notNull(),
    limitMinor: money('limit_minor').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.staffId, table.day] }),
    check('credit_days_within_limit', sql`moved_minor <= limit_minor`),
  ],
);

/** Credit to be given or taken by hand that is more than its author may alone. Append-only. */
export const creditRequests = sqliteTable(
  'credit_requests',
  {
    id: text().primaryKey(),
    accountId: text('account_id').notNull(),
    /** Signed. */
    amountMinor: money('amount_minor').notNull(),
    currency: text().notNull(),
    /** For the customer's statement. */
    reason: text().notNull(),
    /** The case it makes good for, if any. */
    feedbackId: text('feedback_id'),
    staffId: text('staff_id').notNull(),
    at: instant().notNull(),
  },
  (table) => [index('credit_requests_at').on(table.at)],
);

/** What a second person said to it, once. Append-only. */
export const creditDecisions = sqliteTable('credit_decisions', {
  requestId: text('request_id')
    .primaryKey()
    .references(() => creditRequests.id),
  outcome: text({ enum: ['agreed', 'declined'] }).notNull(),
  at: instant().notNull(),
  actor: text().notNull(),
});

/** A payout that was paid or a donation that was passed on, once. Append-only. */
export const redemptionHandovers = sqliteTable('redemption_handovers', {
  redemptionId: text('redemption_id').primaryKey(),
  at: instant().notNull(),
  actor: text().notNull(),
});

import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from './accounts.ts';
import { done, id, instant } from './columns.ts';

/** That a root account need not reach the minimum of an order, until when, who said so and why. Append-only. */
export const minimumWaivers = sqliteTable(
  'minimum_waivers',
  {
    id: id(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    /** The first moment without it; NULL until it is ended. */
    until: instant(),
    reason: text().notNull(),
    ...done(),
  },
  (table) => [
    index('minimum_waivers_account').on(table.accountId, table.id),
    check('minimum_waivers_ahead', sql`until IS NULL OR until > at`),
  ],
);

/** A waiver ended before its time. Append-only. */
export const minimumWaiverEndings = sqliteTable('minimum_waiver_endings', {
  waiverId: text('waiver_id')
    .primaryKey()
    .references(() => minimumWaivers.id),
  ...done(),
});

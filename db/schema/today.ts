import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { movementKinds } from '../kinds.ts';
import { count, money } from './columns.ts';

/**
 * What the ledgers of all accounts moved on one business day, by kind of movement: derived, kept up by the follower `figures`
 * and checked by `verify`. The day is that on which an entry was posted.
 */
export const ledgerDays = sqliteTable(
  'ledger_days',
  {
    day: text().notNull(),
    currency: text().notNull(),
    kind: text({ enum: movementKinds }).notNull(),
    /** Signed, as in the ledger. */
    amountMinor: money('amount_minor').notNull(),
    entries: count().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.currency, table.kind] })],
);

/** Up to which entry a ledger is in `ledger_days`. */
export const ledgerDaysRead = sqliteTable('ledger_days_read', {
  accountId: text('account_id').primaryKey(),
  seq: count().notNull(),
});

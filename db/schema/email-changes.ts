import { sql } from 'drizzle-orm';
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { id, instant } from './columns.ts';

/**
 * A customer's wish to have another address; `id` is that of its challenge. Kept for as long as it can be undone and swept
 * then, since it holds both addresses.
 */
export const emailChanges = sqliteTable(
  'email_changes',
  {
    id: id(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    emailFrom: text('email_from').notNull(),
    emailTo: text('email_to').notNull(),
    askedAt: instant('asked_at').notNull(),
    /** When it is made by itself, once the new address alone was proven. */
    dueAt: instant('due_at'),
    madeAt: instant('made_at'),
    /** When it was stopped, undone, or replaced by a later one. */
    endedAt: instant('ended_at'),
  },
  (table) => [
    index('email_changes_customer').on(table.customerId),
    index('email_changes_due')
      .on(table.dueAt)
      .where(sql`due_at IS NOT NULL AND made_at IS NULL AND ended_at IS NULL`),
  ],
);

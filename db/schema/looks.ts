import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { id, instant } from './columns.ts';

/**
 * Who of the business, or which program of it, looked at the data of a customer; looks of some minutes are one row. What customers
 * read of themselves is not told here. Append-only, for as long as the business keeps it.
 */
export const customerLooks = sqliteTable(
  'customer_looks',
  {
    id: id(),
    /** When the first of them began. */
    at: instant().notNull(),
    actor: text().notNull(),
    customerId: text('customer_id').notNull(),
    what: text({ enum: ['page', 'order', 'feedback', 'till', 'program', 'file'] }).notNull(),
  },
  (table) => [
    index('customer_looks_at').on(table.at, table.id),
    index('customer_looks_customer').on(table.customerId, table.at),
    index('customer_looks_actor').on(table.actor, table.at),
  ],
);

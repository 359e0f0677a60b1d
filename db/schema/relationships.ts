import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { accounts } from './accounts.ts';
import { done, instant } from './columns.ts';

/** Root accounts that staff keep among the key accounts, whatever they spend; deleted when they no longer do. */
export const accountPins = sqliteTable('account_pins', {
  rootId: text('root_id')
    .primaryKey()
    .references(() => accounts.id),
  ...done(),
});

/**
 * Figures over all accounts, as they were when a job counted them last: what they are of, by currency. Derived, and made anew
 * with each business day.
 */
export const keptNumbers = sqliteTable(
  'kept_numbers',
  {
    name: text().notNull(),
    currency: text().notNull(),
    /** The business day they are as of. */
    day: text().notNull(),
    /** JSON, as its name says. */
    value: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.name, table.currency] })],
);

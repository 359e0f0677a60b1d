import { sql } from 'drizzle-orm';
import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, flag, instant, money } from './columns.ts';

/**
 * What the console's list of customers filters and sorts by, of the account that is shown of each first. Derived: it follows
 * the history, and can be made anew from nothing.
 */
export const customerFigures = sqliteTable(
  'customer_figures',
  {
    customerId: text('customer_id').primaryKey(),
    rootId: text('root_id').notNull(),
    kind: text({ enum: ['personal', 'household', 'company'] }).notNull(),
    isClaimed: flag('is_claimed').notNull(),
    /** A customer since the first order or joining, whichever was earlier, else since they were recorded. */
    joinedAt: instant('joined_at').notNull(),
    /** In the currency of the business. */
    spendMinor: money('spend_minor').notNull(),
    orderCount: count('order_count').notNull(),
    /** What orders of the last 365 days came to, as of when the row was written: it only shrinks while nothing happens. */
    yearSpendMinor: money('year_spend_minor').notNull(),
    /** 0 for who never ordered. */
    lastPlacedAt: instant('last_placed_at').notNull(),
    balanceMinor: money('balance_minor').notNull(),
    isInClub: flag('is_in_club').notNull(),
    wantsNews: flag('wants_news').notNull(),
    hasLapsed: flag('has_lapsed').notNull(),
    /** What the name sorts by, see `sortKey`; null until it is made anew, after the name became another. */
    nameKey: text('name_key'),
    /**
     * The kind and the answers that are yes or no, as one number: what is asked by any of these is some of 96 numbers, each
     * of which is found in each order by one index.
     */
    traits: count().notNull().default(0),
  },
  (table) => [
    index('customer_figures_root').on(table.rootId),
    index('customer_figures_year').on(table.yearSpendMinor, table.customerId),
    index('customer_figures_unnamed').on(table.customerId).where(sql`name_key IS NULL`),
    index('customer_figures_by_name').on(table.traits, table.nameKey, table.customerId),
    index('customer_figures_by_joined').on(table.traits, table.joinedAt, table.customerId),
    index('customer_figures_by_spend').on(table.traits, table.spendMinor, table.customerId),
    index('customer_figures_by_last').on(table.traits, table.lastPlacedAt, table.customerId),
    index('customer_figures_by_balance').on(table.traits, table.balanceMinor, table.customerId),
  ],
);

import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { count, done, flag, instant, money } from './columns.ts';

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
    /** Known since, from when on a customer of the business or of the portal. */
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
  },
  (table) => [
    index('customer_figures_root').on(table.rootId),
    index('customer_figures_joined').on(table.joinedAt, table.customerId),
    index('customer_figures_spend').on(table.spendMinor, table.customerId),
    index('customer_figures_year').on(table.yearSpendMinor, table.customerId),
    index('customer_figures_last').on(table.lastPlacedAt, table.customerId),
    index('customer_figures_balance').on(table.balanceMinor, table.customerId),
    index('customer_figures_kind').on(table.kind, table.customerId),
    index('customer_figures_claimed').on(table.isClaimed, table.customerId),
    index('customer_figures_club').on(table.isInClub, table.customerId),
    index('customer_figures_news').on(table.wantsNews, table.customerId),
    index('customer_figures_lapsed').on(table.hasLapsed, table.customerId),
  ],
);

/** Whom staff keep on top of the list; deleted when they no longer do. */
export const customerPins = sqliteTable(
  'customer_pins',
  {
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.customerId] })],
);

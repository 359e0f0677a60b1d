import { sql } from 'drizzle-orm';
import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, instant, money } from './columns.ts';

/**
 * What is known of a root account that would have to be counted anew each time: habits of buying, and what makes an
 * advocate (DOMAIN §5). Derived: it follows the history, can be made anew from nothing, and is checked by `verify`. Accounts
 * that were taken back or went into another have no row.
 */
export const accountFacts = sqliteTable(
  'account_facts',
  {
    accountId: text('account_id').primaryKey(),
    /** The newest row of the account's history when it was counted; -1 where all are to be counted anew. */
    countedSeq: count('counted_seq').notNull(),
    /** Orders neither cancelled nor wholly refunded. */
    orderCount: count('order_count').notNull(),
    purchaseDays: count('purchase_days').notNull(),
    /** The first and the last purchase day; NULL before there is one. */
    firstOn: text('first_on'),
    lastOn: text('last_on'),
    /** Between one purchase day and the next: the median in half days, the quartiles in days; NULL before the second. */
    intervalHalfDays: count('interval_half_days'),
    intervalLowerDays: count('interval_lower_days'),
    intervalUpperDays: count('interval_upper_days'),
    /** When a friend whom they had sent placed an order, words of theirs were accepted, they gave a 9 or 10: the last time. */
    friendOrderedAt: instant('friend_ordered_at'),
    quotedAt: instant('quoted_at'),
    recommendedAt: instant('recommended_at'),
    /** When they told us anything, in a form, a message or a survey: the last time. */
    heardAt: instant('heard_at'),
  },
  (table) => [index('account_facts_first').on(table.firstOn)],
);

/**
 * What the orders of a root account that were not cancelled came to on one business day, by department and currency. A
 * purchase day is one with an order that was not wholly refunded. Derived, as `account_facts`.
 */
export const accountDays = sqliteTable(
  'account_days',
  {
    rootId: text('root_id').notNull(),
    day: text().notNull(),
    /** Empty for the root account itself. */
    departmentId: text('department_id').notNull(),
    currency: text().notNull(),
    /** Those not wholly refunded. */
    orderCount: count('order_count').notNull(),
    /** Σ(total − discount − refunds), refunds on the day of their order. */
    spendMinor: money('spend_minor').notNull(),
    refundedMinor: money('refunded_minor').notNull(),
  },
  (table) => [primaryKey({ columns: [table.rootId, table.day, table.departmentId, table.currency] })],
);

/** What a root account bought of one category, to date, by currency; lines of none under an empty name. Derived, as `account_facts`. */
export const accountCategories = sqliteTable(
  'account_categories',
  {
    rootId: text('root_id').notNull(),
    category: text().notNull(),
    currency: text().notNull(),
    /** With a line of it that was not wholly refunded. */
    orderCount: count('order_count').notNull(),
    spendMinor: money('spend_minor').notNull(),
    /** The last purchase day with such a line; NULL where all of it was refunded. */
    lastOn: text('last_on'),
  },
  (table) => [primaryKey({ columns: [table.rootId, table.category, table.currency] })],
);

/**
 * How far the relationship of a root account had come from which business day on (DOMAIN §5), by the orders and the praise that
 * are known now: the row that holds on a day says the level of that day, also of days to come, when praise will be too old.
 * Accounts have none before their first order. Derived, as `account_facts`.
 */
export const accountLevels = sqliteTable(
  'account_levels',
  {
    rootId: text('root_id').notNull(),
    fromDay: text('from_day').notNull(),
    /** The first day on which it holds no more; NULL for the last. */
    untilDay: text('until_day'),
    level: text({ enum: ['first', 'repeat', 'advocate'] }).notNull(),
    /** The level before; NULL where it is the first. */
    before: text({ enum: ['first', 'repeat', 'advocate'] }),
    /** What brought it: an order, praise, or that praise had become too old. */
    cause: text({ enum: ['order', 'friend', 'quote', 'recommendation', 'ended'] }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.rootId, table.fromDay] }),
    index('account_levels_by_day').on(table.fromDay, table.rootId, table.before, table.level),
    index('account_levels_by_level').on(table.level, table.fromDay, table.rootId, table.untilDay),
    index('account_levels_by_before').on(table.before, table.fromDay).where(sql`before IS NOT NULL`),
  ],
);

/**
 * What the orders of a root account came to in the last 365 business days, by currency, as it stays until a day leaves or enters
 * them. Who spent how much more than whom is found here. Derived, as `account_facts`.
 */
export const accountYears = sqliteTable(
  'account_years',
  {
    rootId: text('root_id').notNull(),
    currency: text().notNull(),
    orderCount: count('order_count').notNull(),
    purchaseDays: count('purchase_days').notNull(),
    spendMinor: money('spend_minor').notNull(),
    refundedMinor: money('refunded_minor').notNull(),
    /** The first business day on which it is another. */
    untilDay: text('until_day').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.rootId, table.currency] }),
    index('account_years_by_spend').on(table.currency, table.spendMinor, table.rootId, table.purchaseDays),
    index('account_years_until').on(table.untilDay),
  ],
);

/**
 * From which spend of the last 365 days on an account was among the highest spenders when that was last counted, by currency.
 * Derived from `account_years`.
 */
export const premiumMarks = sqliteTable('premium_marks', {
  currency: text().primaryKey(),
  /** The business day on which the 365 days ended. */
  day: text().notNull(),
  sharePercent: count('share_percent').notNull(),
  /** Accounts that had spent anything. */
  accounts: count().notNull(),
  /** NULL where nobody had. */
  fromMinor: money('from_minor'),
  at: instant().notNull(),
});

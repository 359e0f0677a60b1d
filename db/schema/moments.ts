import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts, customers } from './accounts.ts';
import { done, id, instant, money } from './columns.ts';

/**
 * That a customer follows the business somewhere, or wrote about it there, as somebody of the team or another system logged it.
 * The keys are the promise that nobody is thanked twice for one.
 */
export const socialSigns = sqliteTable(
  'social_signs',
  {
    id: id(),
    kind: text({ enum: ['follow', 'post'] }).notNull(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    place: text({
      enum: ['instagram', 'facebook', 'tiktok', 'youtube', 'x', 'telegram', 'google', 'other'],
    }).notNull(),
    /** Where a post stands; NULL for a follower. */
    link: text(),
    ...done(),
    /** Set once it turned out not to be so; a bonus that was given stays. */
    withdrawnAt: instant('withdrawn_at'),
    withdrawnBy: text('withdrawn_by'),
  },
  (table) => [
    uniqueIndex('social_signs_follow').on(table.customerId, table.place).where(sql`kind = 'follow'`),
    uniqueIndex('social_signs_post').on(table.link).where(sql`link IS NOT NULL`),
    index('social_signs_at').on(table.at, table.id),
    index('social_signs_customer').on(table.customerId, table.at),
    check('social_signs_link', sql`(kind = 'post') = (link IS NOT NULL)`),
    check('social_signs_withdrawn', sql`(withdrawn_at IS NULL) = (withdrawn_by IS NULL)`),
  ],
);

/** That a sign was thanked for, once, with what was given for it (`verify`). Append-only. */
export const socialThanks = sqliteTable(
  'social_thanks',
  {
    signId: text('sign_id')
      .primaryKey()
      .references(() => socialSigns.id),
    /** The account that got it. */
    rootId: text('root_id')
      .notNull()
      .references(() => accounts.id),
    giftMinor: money('gift_minor').notNull(),
    currency: text().notNull(),
    ...done(),
  },
  (table) => [
    index('social_thanks_root').on(table.rootId),
    index('social_thanks_at').on(table.at),
    check('social_thanks_gift', sql`gift_minor > 0`),
  ],
);

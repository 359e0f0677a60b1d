import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { customers } from './accounts.ts';
import { count, instant, money } from './columns.ts';

/** The code by which a customer recommends the business; made when it is first asked for, and kept. */
export const referralCodes = sqliteTable('referral_codes', {
  customerId: text('customer_id')
    .primaryKey()
    .references(() => customers.id),
  code: text().notNull().unique(),
  at: instant().notNull(),
});

/**
 * One customer recommending one other person, who can be recommended once ever. What was promised is kept as it was
 * when the code was told. `state`, `order_id`, `step_seq`, `looked_*` and `due_at` are derived: see `state.ts` of the room.
 */
export const referrals = sqliteTable(
  'referrals',
  {
    id: text().primaryKey(),
    code: text().notNull(),
    referrerId: text('referrer_id')
      .notNull()
      .references(() => customers.id),
    /** The root accounts that are rewarded. */
    referrerRootId: text('referrer_root_id').notNull(),
    friendId: text('friend_id')
      .notNull()
      .references(() => customers.id),
    friendRootId: text('friend_root_id').notNull(),
    via: text({ enum: ['link', 'till'] }).notNull(),
    /** When the code was told: orders from then on count. */
    toldAt: instant('told_at').notNull(),
    ownMinor: money('own_minor').notNull(),
    friendMinor: money('friend_minor').notNull(),
    minimumMinor: money('minimum_minor').notNull(),
    currency: text().notNull(),
    /** Days that have to pass after delivery. */
    waitingDays: count('waiting_days').notNull(),
    state: text({
      enum: ['invited', 'joined', 'ordered', 'held', 'rewarded', 'declined', 'returned'],
    }).notNull(),
    /** The order that rewards, or is to. */
    orderId: text('order_id'),
    /** The newest step: whoever writes the next one has seen it. */
    stepSeq: count('step_seq').notNull(),
    /** The row of the friend's history up to which was looked, -1 when it moved meanwhile; and when. */
    lookedSeq: count('looked_seq').notNull(),
    lookedAt: instant('looked_at').notNull(),
    /** When it is to be looked at: at once when there is news, else when waiting alone will settle an order. */
    dueAt: instant('due_at'),
    recordedAt: instant('recorded_at').notNull(),
    actor: text().notNull(),
  },
  (table) => [
    uniqueIndex('referrals_friend').on(table.friendId),
    index('referrals_referrer').on(table.referrerId, table.toldAt),
    index('referrals_referrer_root').on(table.referrerRootId),
    index('referrals_friend_root').on(table.friendRootId, table.lookedSeq),
    index('referrals_due').on(table.dueAt).where(sql`due_at IS NOT NULL`),
    index('referrals_state').on(table.state, table.toldAt),
    check('referrals_of_another', sql`referrer_id <> friend_id`),
    check('referrals_money', sql`own_minor >= 0 AND friend_minor >= 0 AND minimum_minor >= 0`),
  ],
);

/**
 * All that happened with a referral: something was found that has to be looked at, staff decided, the referrer appealed,
 * the friend chose to be named, a side was paid, the state moved. Append-only; `(referral_id, seq)` is its lock.
 */
export const referralSteps = sqliteTable(
  'referral_steps',
  {
    referralId: text('referral_id')
      .notNull()
      .references(() => referrals.id),
    seq: count().notNull(),
    kind: text({
      enum: [
        'found',
        'released',
        'declined',
        'reopened',
        'appealed',
        'named',
        'unnamed',
        'paid',
        'taken_back',
        'moved',
      ],
    }).notNull(),
    /** What was found, the side that was paid, or the state it moved to. */
    code: text(),
    /** Of an appeal: the step it is against, a decision or the finding that holds it. */
    against: count(),
    /** The reason of a decision or the words of an appeal. */
    text: text(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.referralId, table.seq] }),
    uniqueIndex('referral_steps_found').on(table.referralId, table.code).where(sql`kind = 'found'`),
    uniqueIndex('referral_steps_appeal').on(table.referralId, table.against).where(sql`kind = 'appealed'`),
  ],
);

/** Something that two people should not have in common, hashed under SECRET, and when it was last seen. */
export const referralMarks = sqliteTable(
  'referral_marks',
  {
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    kind: text({ enum: ['address', 'payment', 'device', 'network'] }).notNull(),
    mark: text().notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.customerId, table.kind, table.mark] }),
    index('referral_marks_mark').on(table.kind, table.mark),
  ],
);

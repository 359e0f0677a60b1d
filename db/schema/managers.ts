import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from './accounts.ts';
import { count, done, id, instant } from './columns.ts';
import { staff } from './people.ts';

/**
 * In whose hands an account is, from when until when. A department's own row stands before that of its root; of an account
 * at most one is open.
 */
export const accountManagers = sqliteTable(
  'account_managers',
  {
    id: id(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    /** The segment whose rule gave it; null where somebody gave it by hand. */
    segmentId: text('segment_id'),
    /** Why, in the words of who gave it. */
    why: text(),
    ...done(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  (table) => [
    uniqueIndex('account_managers_open').on(table.accountId).where(sql`ended_at IS NULL`),
    index('account_managers_staff').on(table.staffId, table.accountId).where(sql`ended_at IS NULL`),
    index('account_managers_account').on(table.accountId, table.at),
    check('account_managers_ended', sql`(ended_at IS NULL) = (ended_by IS NULL)`),
  ],
);

/** Which segments go to whom, in the order in which they are asked; the newest list holds. Append-only. */
export const managerRuleLists = sqliteTable('manager_rule_lists', {
  revision: count().primaryKey(),
  /** JSON `[[segment, member of the team], …]`. */
  rules: text().notNull(),
  ...done(),
});

/** How customers are shown who of the team looks after them: what they or an owner said last. */
export const staffProfiles = sqliteTable('staff_profiles', {
  staffId: text('staff_id')
    .primaryKey()
    .references(() => staff.id),
  /** As customers read it; null for the name that the team calls them by. */
  name: text(),
  phone: text(),
  mail: text(),
  /** JSON `{language: text}`: when they can be reached. */
  hours: text().notNull(),
  /** JSON `{language: text}`: what they say of themselves. */
  words: text().notNull(),
  ...done(),
});

/** Their picture, without what its file told beside it. Deleted when there is another or none. */
export const staffPictures = sqliteTable(
  'staff_pictures',
  {
    staffId: text('staff_id')
      .primaryKey()
      .references(() => staff.id),
    /** The last part of its address, which follows from its bytes. */
    name: text().notNull(),
    /** Base64. */
    content: text().notNull(),
    ...done(),
  },
  (table) => [index('staff_pictures_name').on(table.name)],
);

/** When somebody is away, and who stands in for them. It ends by itself; `ended_at` where it was called off. */
export const staffAbsences = sqliteTable(
  'staff_absences',
  {
    id: id(),
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    standInId: text('stand_in_id')
      .notNull()
      .references(() => staff.id),
    /** Days of business time, both included. */
    fromDay: text('from_day').notNull(),
    untilDay: text('until_day').notNull(),
    ...done(),
    endedAt: instant('ended_at'),
    endedBy: text('ended_by'),
  },
  (table) => [
    index('staff_absences_ahead').on(table.untilDay).where(sql`ended_at IS NULL`),
    check('staff_absences_days', sql`from_day <= until_day AND staff_id <> stand_in_id`),
    check('staff_absences_ended', sql`(ended_at IS NULL) = (ended_by IS NULL)`),
  ],
);

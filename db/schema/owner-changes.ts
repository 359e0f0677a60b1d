import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { done, id, instant } from './columns.ts';
import { staff } from './people.ts';

/** What one owner wants to take away from another: it waits, so that it can be agreed to or stopped. */
export const ownerChanges = sqliteTable(
  'owner_changes',
  {
    id: id(),
    /** Whom it concerns. */
    staffId: text('staff_id')
      .notNull()
      .references(() => staff.id),
    act: text({ enum: ['shut-out', 'role', 'sign-out', 'factor'] }).notNull(),
    /** The role they would have; of the act `role` alone. */
    role: text({ enum: ['owner', 'manager', 'agent', 'analyst'] }),
    askedBy: text('asked_by')
      .notNull()
      .references(() => staff.id),
    askedAt: instant('asked_at').notNull(),
    dueAt: instant('due_at').notNull(),
  },
  (table) => [index('owner_changes_due').on(table.dueAt, table.id)],
);

/** How it ended, once. */
export const ownerChangeEnds = sqliteTable('owner_change_ends', {
  changeId: text('change_id')
    .primaryKey()
    .references(() => ownerChanges.id),
  outcome: text({ enum: ['agreed', 'due', 'stopped', 'lapsed'] }).notNull(),
  ...done(),
});

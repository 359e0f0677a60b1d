import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, instant } from './columns.ts';

/**
 * That a root account came into a segment, at the moment it was asked. What rules count for a segment goes by these rows
 * and the ends of them (DOMAIN §2, Versions), so that they are never rewritten. Append-only.
 */
export const audienceEntries = sqliteTable(
  'audience_entries',
  {
    accountId: text('account_id').notNull(),
    segmentId: text('segment_id').notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.segmentId, table.at] }),
    index('audience_entries_segment').on(table.segmentId, table.at, table.accountId),
  ],
);

/** That it was found to be in it no longer: the first moment that is outside. Append-only. */
export const audienceExits = sqliteTable(
  'audience_exits',
  {
    accountId: text('account_id').notNull(),
    segmentId: text('segment_id').notNull(),
    enteredAt: instant('entered_at').notNull(),
    at: instant().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.accountId, table.segmentId, table.enteredAt] }),
    index('audience_exits_segment').on(table.segmentId, table.at),
  ],
);

/** How many accounts are in a segment, as they were last asked: triggers keep it. Derived. */
export const audienceCounts = sqliteTable('audience_counts', {
  segmentId: text('segment_id').primaryKey(),
  members: count().notNull(),
});

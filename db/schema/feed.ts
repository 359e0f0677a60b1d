import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count } from './columns.ts';

/**
 * The order in which rows of the history were committed, over all accounts: `position` grows by one with each of them and
 * without holes, since it is given under the database's one lock for writing. A trigger adds the rows. Append-only.
 */
export const feedChanges = sqliteTable('feed_changes', {
  position: count().primaryKey(),
  accountId: text('account_id').notNull(),
  seq: count().notNull(),
});

/** Up to which change each follower has read; `terms` are what it read them under. */
export const feedPositions = sqliteTable('feed_positions', {
  name: text().primaryKey(),
  position: count().notNull(),
  terms: text().notNull(),
});

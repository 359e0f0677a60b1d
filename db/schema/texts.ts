import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done } from './columns.ts';

/**
 * What the business says in its own words on pages and in mail: every version of a text in a language, the newest of which
 * is in force. Rows are never changed, so that one can go back to any of them.
 */
export const textVersions = sqliteTable(
  'text_versions',
  {
    id: count().primaryKey(),
    key: text().notNull(),
    language: text().notNull(),
    /** JSON of those of its parts that are the business's own; null where all are ours again. */
    parts: text(),
    ...done(),
  },
  (table) => [index('text_versions_of').on(table.key, table.language, table.id)],
);

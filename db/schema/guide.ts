import { index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

/** What the business says beside a chapter of the guide; the newest of each counts, and an empty one says nothing. Append-only. */
export const guideNotes = sqliteTable(
  'guide_notes',
  {
    id: id(),
    chapter: text().notNull(),
    text: text().notNull(),
    ...done(),
  },
  (table) => [index('guide_notes_chapter').on(table.chapter, table.id)],
);

/**
 * Who of the team has read which chapter of the guide. `seq` is how many they have read with it: of two at once the second is decided
 * again. Rows of earlier releases have none. Append-only.
 */
export const guideReads = sqliteTable(
  'guide_reads',
  {
    staffId: text('staff_id').notNull(),
    chapter: text().notNull(),
    at: instant().notNull(),
    seq: count(),
  },
  (table) => [
    primaryKey({ columns: [table.staffId, table.chapter] }),
    uniqueIndex('guide_reads_seq').on(table.staffId, table.seq),
  ],
);

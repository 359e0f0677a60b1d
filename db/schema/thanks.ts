import { sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { count, done, id } from './columns.ts';

/** That somebody of the team was thanked, once for each thing. Append-only. */
export const staffThanks = sqliteTable(
  'staff_thanks',
  {
    id: id(),
    staffId: text('staff_id').notNull(),
    kind: text({ enum: ['cases_kept', 'idea_done', 'idea_thanked', 'guide_finished'] }).notNull(),
    /** What for: a month with a number of cases, an idea, the guide. */
    subject: text().notNull(),
    /** Of cases, how many. */
    count: count(),
    /** What a colleague said. */
    words: text(),
    ...done(),
  },
  (table) => [uniqueIndex('staff_thanks_once').on(table.staffId, table.kind, table.subject)],
);

import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

/** What somebody of the team would do better. The row repeats where it stands by the newest act, whose number is the lock. */
export const staffIdeas = sqliteTable(
  'staff_ideas',
  {
    id: id(),
    title: text().notNull(),
    text: text(),
    staffId: text('staff_id').notNull(),
    state: text({ enum: ['new', 'considered', 'planned', 'done', 'declined'] }).notNull(),
    actSeq: count('act_seq').notNull(),
    at: instant().notNull(),
    /** What makes the same form sent twice one idea. */
    key: text().notNull().unique(),
  },
  (table) => [
    index('staff_ideas_state').on(table.state, table.id),
    check('staff_ideas_titled', sql`length(title) > 0`),
  ],
);

/** What became of an idea: where it was moved to, or that its author was thanked. Append-only. */
export const staffIdeaActs = sqliteTable(
  'staff_idea_acts',
  {
    ideaId: text('idea_id')
      .notNull()
      .references(() => staffIdeas.id),
    seq: count().notNull(),
    kind: text({ enum: ['told', 'new', 'considered', 'planned', 'done', 'declined', 'thanked'] }).notNull(),
    words: text(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.ideaId, table.seq] })],
);

/** Who of the team is for an idea; NULL in `ended_at` as long as they are. */
export const staffIdeaVotes = sqliteTable(
  'staff_idea_votes',
  {
    ideaId: text('idea_id')
      .notNull()
      .references(() => staffIdeas.id),
    staffId: text('staff_id').notNull(),
    at: instant().notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [primaryKey({ columns: [table.ideaId, table.staffId] })],
);

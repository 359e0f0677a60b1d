import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { flag, instant } from './columns.ts';

/** What advocates recount, as staff group it. */
export const praiseThemes = sqliteTable('praise_themes', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  madeAt: instant('made_at').notNull(),
  madeBy: text('made_by').notNull(),
  /** Since when it is not counted any more. */
  endedAt: instant('ended_at'),
  endedBy: text('ended_by'),
});

/** Words by which messages belong to a theme: `quick delivery`, `deliver*`. */
export const themePhrases = sqliteTable(
  'theme_phrases',
  {
    themeId: text('theme_id')
      .notNull()
      .references(() => praiseThemes.id),
    phrase: text().notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.themeId, table.phrase] })],
);

/** A message that staff put into a theme or took out of it by hand, whatever its words. */
export const themeMessages = sqliteTable(
  'theme_messages',
  {
    themeId: text('theme_id')
      .notNull()
      .references(() => praiseThemes.id),
    /** `feedback 0198…`, `answer 0198…:liked`, `testimonial 0198…`. */
    messageId: text('message_id').notNull(),
    isIn: flag('is_in').notNull(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.themeId, table.messageId] })],
);

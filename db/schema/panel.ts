import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

/** A question to the members before something is decided; `choices` is a JSON list of texts by language. */
export const panelQuestions = sqliteTable(
  'panel_questions',
  {
    id: id(),
    texts: text().notNull(),
    choices: text().notNull(),
    closesAt: instant('closes_at').notNull(),
    ...done(),
  },
  (table) => [index('panel_questions_closing').on(table.closesAt)],
);

/** One answer for each person. Append-only. */
export const panelAnswers = sqliteTable(
  'panel_answers',
  {
    questionId: text('question_id').notNull(),
    customerId: text('customer_id').notNull(),
    accountId: text('account_id').notNull(),
    choice: count().notNull(),
    comment: text(),
    at: instant().notNull(),
  },
  (table) => [primaryKey({ columns: [table.questionId, table.customerId] })],
);

/** What was decided, told to those who were asked. Append-only. */
export const panelOutcomes = sqliteTable('panel_outcomes', {
  questionId: text('question_id').primaryKey(),
  texts: text().notNull(),
  ...done(),
});

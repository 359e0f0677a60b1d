import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The number under which a customer, a piece of feedback or an order stands in an index of words, which knows rows by
 * numbers alone. The indexes themselves are virtual tables of FTS5 with trigrams, made by the migration: `customer_words`,
 * `own_words` (what own fields hold), `feedback_words` and `contact_words` follow their tables by triggers, `order_words` and `product_words`, which
 * knows orders by what was bought, by a job; whose lines are replaced later, by a trigger again.
 */
export const searchTexts = sqliteTable('search_texts', {
  id: integer().primaryKey(),
  subjectId: text('subject_id').notNull().unique(),
});

/** How far a job has come that fills an index: everything up to `after_id` is in it. */
export const searchProgress = sqliteTable('search_progress', {
  name: text().primaryKey(),
  afterId: text('after_id').notNull(),
});

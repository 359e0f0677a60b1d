import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant } from './columns.ts';

/**
 * An article of advice. The row repeats what its acts came to; `act_seq` is the number of the newest, and the key of the next
 * is the lock. What is said in the newest `content` may be ahead of what readers see: `published_seq` is the act that said that.
 */
export const articles = sqliteTable(
  'articles',
  {
    id: id(),
    /** The last part of its address, the same in every language; NULL while nothing has named it. It stays once it was shown. */
    slug: text().unique(),
    state: text({ enum: ['draft', 'published', 'withdrawn'] }).notNull(),
    /** Who may read what is published. */
    audience: text({ enum: ['everybody', 'customers'] }).notNull(),
    actSeq: count('act_seq').notNull(),
    contentSeq: count('content_seq').notNull(),
    /** NULL until it was published once; of what was withdrawn, what was shown last. */
    publishedSeq: count('published_seq'),
    publishedAt: instant('published_at'),
    ...done(),
  },
  (table) => [index('articles_state').on(table.state, table.publishedAt)],
);

/** What was done with an article, by whom. Append-only. */
export const articleActs = sqliteTable(
  'article_acts',
  {
    articleId: text('article_id')
      .notNull()
      .references(() => articles.id),
    seq: count().notNull(),
    kind: text({ enum: ['saved', 'published', 'withdrawn'] }).notNull(),
    /** All that it says, in each language, as JSON, each time it is saved. */
    content: text(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.articleId, table.seq] })],
);

/** What lists and searches read of what is published, one row for each language: follows from the article's acts. */
export const articleTexts = sqliteTable(
  'article_texts',
  {
    articleId: text('article_id')
      .notNull()
      .references(() => articles.id),
    language: text().notNull(),
    title: text().notNull(),
    summary: text().notNull(),
    /** The first picture of the text; NULL for none. */
    picture: text(),
    /** All of its words and what it is about, in small letters. */
    words: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.articleId, table.language] })],
);

/** What a published article is about: numbers, names or categories of products, in small letters. */
export const articleProducts = sqliteTable(
  'article_products',
  {
    articleId: text('article_id')
      .notNull()
      .references(() => articles.id),
    name: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.articleId, table.name] }),
    index('article_products_name').on(table.name, table.articleId),
  ],
);

import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count } from './columns.ts';

/**
 * How often a page was read on a business day in a language. A page is a pattern of addresses, or the address of what everybody
 * may know, and never one that names a person, an order or a code; of who read it nothing is kept.
 */
export const pageHits = sqliteTable(
  'page_hits',
  {
    day: text().notNull(),
    page: text().notNull(),
    language: text().notNull(),
    hits: count().notNull(),
  },
  (table) => [primaryKey({ columns: [table.day, table.page, table.language] })],
);

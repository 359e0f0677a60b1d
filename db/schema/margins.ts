import { sql } from 'drizzle-orm';
import { check, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done } from './columns.ts';

/**
 * What of net spend is left when the goods are paid for, as the business tells it: of a product, by its SKU or its name, of a
 * category, or of all the rest. A category without a name is that of lines that tell none.
 */
export const margins = sqliteTable(
  'margins',
  {
    kind: text({ enum: ['product', 'category', 'rest'] }).notNull(),
    name: text().notNull(),
    /** Of ten thousand; below 0 where goods are sold for less than they cost. */
    bps: count().notNull(),
    ...done(),
  },
  (table) => [
    primaryKey({ columns: [table.kind, table.name] }),
    check('margins_bps', sql`bps BETWEEN -10000 AND 10000`),
    check('margins_name', sql`(kind <> 'rest' OR name = '') AND (kind <> 'product' OR name <> '')`),
  ],
);

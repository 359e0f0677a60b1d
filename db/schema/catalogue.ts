import { sql } from 'drizzle-orm';
import { check, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { done, instant, money } from './columns.ts';

/** What the business lists: `key` as `functions/money/catalogue/product-key.ts` writes it. A product that is gone stays, to be told of. */
export const catalogueProducts = sqliteTable(
  'catalogue_products',
  {
    key: text().primaryKey(),
    sku: text(),
    name: text().notNull(),
    category: text(),
    /** Of one piece; NULL where it is told when somebody asks. */
    priceMinor: money('price_minor'),
    currency: text(),
    /** Since when it is sold no longer. */
    goneAt: instant('gone_at'),
    ...done(),
  },
  () => [
    check(
      'catalogue_products_price',
      sql`(price_minor IS NULL) = (currency IS NULL) AND (price_minor IS NULL OR price_minor BETWEEN 0 AND 10000000000000)`,
    ),
  ],
);

import { asc, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { catalogueProducts } from '../../../db/schema/index.ts';

const columns = {
  key: catalogueProducts.key,
  sku: catalogueProducts.sku,
  name: catalogueProducts.name,
  category: catalogueProducts.category,
  priceMinor: catalogueProducts.priceMinor,
  currency: catalogueProducts.currency,
  goneAt: catalogueProducts.goneAt,
};

/** By key, behind a place. */
export const listBehind = query((db) =>
  db
    .select(columns)
    .from(catalogueProducts)
    .where(sql`${catalogueProducts.key} > ${sql.placeholder('after')}`)
    .orderBy(asc(catalogueProducts.key))
    .limit(sql.placeholder('limit')),
);
export type CatalogueRow = Awaited<ReturnType<typeof listBehind>>[number];

/** Some by their keys, a JSON array. */
export const listNamed = query((db) =>
  db
    .select(columns)
    .from(catalogueProducts)
    .where(sql`${catalogueProducts.key} IN (SELECT value FROM json_each(${sql.placeholder('keys')}))`),
);

/** What is sold, by category and name. */
export const listSold = query((db) =>
  db
    .select(columns)
    .from(catalogueProducts)
    .where(sql`${catalogueProducts.goneAt} IS NULL`)
    .orderBy(
      sql`${catalogueProducts.category} IS NULL`,
      asc(catalogueProducts.category),
      asc(catalogueProducts.name),
      asc(catalogueProducts.key),
    )
    .limit(sql.placeholder('limit')),
);

export const countProducts = queryOne((db) =>
  db.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(catalogueProducts),
);

import { and, desc, type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import { waitingSales } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import { normalCode } from '../../../ground/platform/ids.ts';
import type { FilteredTotal, ListPlace } from '../find-filtered.ts';
import type { OrderFilter } from '../order-filter.ts';
import { unpackSale } from './sale.ts';

type SaleFilter = Pick<
  OrderFilter,
  'placedSince' | 'placedUntil' | 'source' | 'currency' | 'amountFrom' | 'amountTo'
>;

/**
 * Sales of nobody that a filter means, the last placed first, after a place; `text` is a number or receipt code. What
 * orders are asked beyond that is nothing a sale knows.
 */
export async function findFilteredSales(
  db: Store,
  filter: SaleFilter,
  { text, after, limit }: { text: string; after: ListPlace | null; limit: number },
) {
  const place = after === null ? undefined : sql`(placed_at, id) < (${after.placedAt}, ${after.id})`;
  const rows = await ask(db, (builder) =>
    builder
      .select()
      .from(waitingSales)
      .where(and(...conditionsOf(filter, text), place))
      .orderBy(desc(waitingSales.placedAt), desc(waitingSales.id))
      .limit(limit),
  );
  return rows.map((row) => ({ sale: unpackSale(row), spendMinor: row.spendMinor }));
}

/** How many those are and what they came to, by currency. */
export async function sumFilteredSales(
  db: Store,
  filter: SaleFilter,
  text: string,
): Promise<FilteredTotal[]> {
  const rows = await ask(db, (builder) =>
    builder
      .select({
        currency: waitingSales.currency,
        orders: sql<number>`count(*)`.mapWith(Number),
        spendMinor: sql<bigint>`sum(${waitingSales.spendMinor})`.mapWith(waitingSales.spendMinor),
      })
      .from(waitingSales)
      .where(and(...conditionsOf(filter, text)))
      .groupBy(waitingSales.currency),
  );
  return rows;
}

function conditionsOf(filter: SaleFilter, text: string): SQL[] {
  const { placedSince, placedUntil, source, currency, amountFrom, amountTo } = filter;
  return [
    ...(placedSince === null ? [] : [sql`placed_at >= ${placedSince}`]),
    ...(placedUntil === null ? [] : [sql`placed_at < ${placedUntil}`]),
    ...(source === null ? [] : [sql`source = ${source}`]),
    ...(currency === null ? [] : [sql`currency = ${currency}`]),
    ...(amountFrom === null ? [] : [sql`spend_minor >= ${amountFrom}`]),
    ...(amountTo === null ? [] : [sql`spend_minor <= ${amountTo}`]),
    ...(text === ''
      ? []
      : [sql`(receipt_code = ${normalCode(text)} OR (source, number) IN ${numberIn(text)})`]),
  ];
}

/** The index leads with the source, of which there are few. */
const numberIn = (
  text: string,
) => sql`(WITH RECURSIVE sources(name) AS (SELECT min(source) FROM waiting_sales UNION ALL
  SELECT (SELECT min(source) FROM waiting_sales WHERE source > sources.name) FROM sources WHERE name IS NOT NULL)
  SELECT name, ${text} FROM sources)`;

import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { waitingSales } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import { unpackSale, type WaitingSale } from './sale.ts';

const findRowByCode = query((db) =>
  db
    .select()
    .from(waitingSales)
    .where(eq(waitingSales.receiptCode, sql.placeholder('code'))),
);

export async function findSaleByCode(db: Store, code: string): Promise<WaitingSale | null> {
  const [row] = await findRowByCode(db, { code });
  return row === undefined ? null : unpackSale(row);
}

/** Sales for staff, the latest first, after a place; at most `limit`. */
export const listNewestSales = query((db) =>
  db
    .select()
    .from(waitingSales)
    .where(
      sql`(${waitingSales.placedAt}, ${waitingSales.id}) < (${sql.placeholder('placedAt')}, ${sql.placeholder('id')})`,
    )
    .orderBy(desc(waitingSales.placedAt), desc(waitingSales.id))
    .limit(sql.placeholder('limit')),
);

/** A page of sales by their ids, which grow with the time of recording, from the last one down. */
export const listRecordedSales = query((db) =>
  db
    .select()
    .from(waitingSales)
    .where(
      sql`${waitingSales.id} < ${sql.placeholder('before')} AND ${waitingSales.id} >= ${sql.placeholder('since')}`,
    )
    .orderBy(desc(waitingSales.id))
    .limit(sql.placeholder('limit')),
);

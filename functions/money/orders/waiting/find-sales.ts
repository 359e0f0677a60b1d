import { and, asc, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { waitingSales } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import { unpackSale, type WaitingSale } from './sale.ts';

const listRowsByKey = query((db) =>
  db
    .select()
    .from(waitingSales)
    .where(
      sql`(${waitingSales.source}, ${waitingSales.number}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${sql.placeholder('keys')}))`,
    ),
);

/** Waiting sales by `(source, number)`. `keys` is a JSON array of pairs. */
export async function listSalesByKey(db: Store, values: { keys: string }): Promise<WaitingSale[]> {
  return (await listRowsByKey(db, values)).map(unpackSale);
}

/** Sales after a business key, by that key, placed within a span; at most `limit`. */
export const listSalePage = query((db) =>
  db
    .select()
    .from(waitingSales)
    .where(
      and(
        sql`(${waitingSales.source}, ${waitingSales.number}) > (${sql.placeholder('source')}, ${sql.placeholder('number')})`,
        sql`${waitingSales.placedAt} >= ${sql.placeholder('from')} AND ${waitingSales.placedAt} < ${sql.placeholder('to')}`,
      ),
    )
    .orderBy(asc(waitingSales.source), asc(waitingSales.number))
    .limit(sql.placeholder('limit')),
);

const isOfImport = sql`${waitingSales.importId} IS NOT NULL AND ${waitingSales.importId} = ${sql.placeholder('id')}`;

/** Sales of an import; at most 200. */
export const listSalesOfImport = query((db) =>
  db.select({ id: waitingSales.id }).from(waitingSales).where(isOfImport).limit(200),
);

/** A sale of an import that has had news since. */
export const findChangedSale = query((db) =>
  db
    .select({ number: waitingSales.number })
    .from(waitingSales)
    .where(and(isOfImport, sql`${waitingSales.version} > 1`))
    .limit(1),
);

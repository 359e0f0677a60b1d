import { type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import type { Store } from '../../../db/store.ts';

/** In SQL whether the order of an id was put into the archive. */
export const isArchivedSql = (orderId: SQLiteColumn): SQL =>
  sql`EXISTS (SELECT 1 FROM shelved_orders WHERE order_id = ${orderId})`;

const find = queryOne((db) =>
  db
    .select({
      isArchived:
        sql<boolean>`EXISTS (SELECT 1 FROM shelved_orders WHERE order_id = ${sql.placeholder('orderId')})`.mapWith(
          readFlag,
        ),
    })
    .from(sql`(SELECT 1)`),
);

/** Whether an order was put into the archive. */
export async function isArchived(db: Pick<Store, 'read'>, orderId: string): Promise<boolean> {
  return (await find(db, { orderId }))?.isArchived ?? false;
}

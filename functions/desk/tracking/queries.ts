import { eq, sql } from 'drizzle-orm';
import { queryOne, statement } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { customers, orderLinkEndings, orders } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';

/** An order with all that its links rest on. */
const linked = {
  orderId: orders.id,
  source: orders.source,
  number: orders.number,
  rootId: orders.rootId,
  accountId: orders.accountId,
  customerId: orders.customerId,
  email: customers.email,
  /** When its customer left the portal; null for who has not. */
  leftAt: customers.closedAt,
  /** Whether its customer belongs to its account still: who was taken out of a company or household sees its orders no longer. */
  isMember: sql<boolean>`EXISTS (SELECT 1 FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id
      WHERE m.customer_id = ${orders.customerId} AND a.root_id = ${orders.rootId} AND m.until IS NULL)`.mapWith(
    readFlag,
  ),
  /** When its links were ended last; 0 where they never were. */
  endedAt:
    sql<number>`coalesce((SELECT max(${orderLinkEndings.at}) FROM ${orderLinkEndings} WHERE ${orderLinkEndings.orderId} = ${orders.id}), 0)`.mapWith(
      Number,
    ),
};

export const findLinkedById = queryOne((db) =>
  db
    .select(linked)
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(eq(orders.id, sql.placeholder('orderId'))),
);

export const findLinkedByKey = queryOne((db) =>
  db
    .select(linked)
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(
      sql`${eq(orders.source, sql.placeholder('source'))} AND ${eq(orders.number, sql.placeholder('number'))}`,
    ),
);

/** How many orders of one number are told apart; they are of different sources. */
const FOUND_MAX = 5;

/** The orders of a customer that have one of some numbers, the last placed first. */
export async function listOwnByNumber(
  db: Store,
  { customerId, numbers }: { customerId: string; numbers: readonly string[] },
): Promise<{ source: string; number: string }[]> {
  const rows = await db.read(
    statement(
      `SELECT source, number FROM orders INDEXED BY orders_root_placed WHERE root_id IN (
         SELECT a.root_id FROM memberships AS m JOIN accounts AS a ON a.id = m.account_id WHERE m.customer_id = ?1 AND m.until IS NULL)
       AND customer_id = ?1 AND number IN (SELECT value FROM json_each(?2)) ORDER BY placed_at DESC LIMIT ${FOUND_MAX}`,
      customerId,
      JSON.stringify(numbers),
    ),
  );
  return rows.map(([source, number]) => ({ source: String(source), number: String(number) }));
}

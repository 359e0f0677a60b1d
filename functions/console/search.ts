import { desc, eq, or, sql } from 'drizzle-orm';
import { ask, query } from '../../db/query.ts';
import { customers, orders } from '../../db/schema/index.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { statusOf } from '../portal/order-summary.ts';
import { escaped, isLike, spellings } from '../portal/search-text.ts';
import type { Found } from './types.ts';

const FOUND_MAX = 20;

/**
 * Customers by the start of their email or member number or a part of their name, and orders by the start of their
 * number; at most 20 of each.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function search(ctx: Context, { text }: { text: string }): Promise<Found> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const [people, found] = await Promise.all([
    findCustomers(ctx, text),
    findOrders(ctx.db, { starts: JSON.stringify([...new Set([text, text.toUpperCase()])]) }),
  ]);
  return {
    customers: people.map(({ claimedAt, ...person }) => ({ ...person, isClaimed: claimedAt !== null })),
    orders: found.map(({ placedAt, placedOn, status, ...order }) => ({
      ...order,
      placedAt: { at: placedAt, day: placedOn },
      status: statusOf(status),
    })),
  };
}

function findCustomers({ db }: Context, text: string) {
  const inName = spellings(text).map((spelling) => isLike(customers.name, `%${escaped(spelling)}%`));
  return ask(db, (builder) =>
    builder
      .select({
        id: customers.id,
        email: customers.email,
        key: sql<
          string | null
        >`(SELECT source || ' ' || key FROM customer_keys WHERE customer_id = ${customers.id}
          ORDER BY source, key LIMIT 1)`,
        name: customers.name,
        memberNumber: customers.memberNumber,
        claimedAt: customers.claimedAt,
      })
      .from(customers)
      .where(
        sql`${customers.withdrawnAt} IS NULL AND ${or(
          isLike(customers.email, `${escaped(text.toLowerCase())}%`),
          isLike(customers.memberNumber, `${escaped(text)}%`),
          sql`${customers.id} IN (SELECT customer_id FROM customer_keys WHERE key = ${text})`,
          ...inName,
        )}`,
      )
      .orderBy(customers.email)
      .limit(FOUND_MAX),
  );
}

/** The index leads with the source, of which there are few: each is looked through for itself. */
const sources = sql`(WITH RECURSIVE s(name) AS (SELECT min(source) FROM orders UNION ALL
  SELECT (SELECT min(source) FROM orders WHERE source > s.name) FROM s WHERE s.name IS NOT NULL)
  SELECT name FROM s WHERE name IS NOT NULL)`;

const findOrders = query((db) =>
  db
    .select({
      customerId: orders.customerId,
      email: customers.email,
      source: orders.source,
      number: orders.number,
      placedAt: orders.placedAt,
      placedOn: orders.placedOn,
      status: orders.status,
    })
    .from(sql`json_each(${sql.placeholder('starts')}) AS start CROSS JOIN ${sources} AS kept`)
    .innerJoin(
      orders,
      sql`${orders.source} = kept.name AND ${orders.number} >= start.value
        AND ${orders.number} < start.value || char(1114111)`,
    )
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .orderBy(desc(orders.placedAt))
    .limit(FOUND_MAX),
);

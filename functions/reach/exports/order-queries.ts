import { and, asc, eq, isNotNull, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query, queryOne, rowsWithin } from '../../../db/query.ts';
import {
  accounts,
  customers,
  orderEvents,
  orderLines,
  orders,
  tellsGiftCard,
  tellsTaxIncluded,
  waitingSales,
} from '../../../db/schema/index.ts';

const roots = alias(accounts, 'roots');

const lineColumns = {
  sku: orderLines.sku,
  product: orderLines.product,
  category: orderLines.category,
  quantityMilli: orderLines.quantityMilli,
  totalMinor: orderLines.totalMinor,
  discountMinor: orderLines.discountMinor,
  refundedMinor: orderLines.refundedMinor,
  isGiftCard: orderLines.isGiftCard,
};

const eventColumns = {
  source: orderEvents.source,
  eventId: orderEvents.eventId,
  status: orderEvents.status,
  at: orderEvents.at,
  atOn: orderEvents.atOn,
  carrier: orderEvents.carrier,
  trackingNumber: orderEvents.trackingNumber,
};

/** Up to `limit` orders after a business key, by that key, with whose they are, their lines and events. */
export const listOrderPage = query((db) =>
  db
    .select({
      id: orders.id,
      source: orders.source,
      number: orders.number,
      placedAt: orders.placedAt,
      placedOn: orders.placedOn,
      currency: orders.currency,
      shippingMinor: orders.shippingMinor,
      taxMinor: orders.taxMinor,
      taxIncludedMinor: orders.taxIncludedMinor,
      deliveredAt: orders.deliveredAt,
      deliveredOn: orders.deliveredOn,
      isCancelled: orders.isCancelled,
      isHeld: orders.isHeld,
      promisedBy: orders.promisedBy,
      email: customers.email,
      key: sql<string | null>`(SELECT min(key) FROM customer_keys
        WHERE customer_id = ${orders.customerId} AND source = ${orders.source})`,
      customerName: customers.name,
      accountKind: accounts.kind,
      accountName: accounts.name,
      rootName: roots.name,
      lines: rowsWithin(lineColumns, sql`${orderLines} WHERE ${orderLines.orderId} = ${orders.id}`),
      events: rowsWithin(eventColumns, sql`${orderEvents} WHERE ${orderEvents.orderId} = ${orders.id}`),
    })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .innerJoin(accounts, eq(accounts.id, orders.accountId))
    .innerJoin(roots, eq(roots.id, orders.rootId))
    .where(
      and(
        sql`(${orders.source}, ${orders.number}) > (${sql.placeholder('source')}, ${sql.placeholder('number')})`,
        sql`${orders.placedAt} >= ${sql.placeholder('from')} AND ${orders.placedAt} < ${sql.placeholder('to')}`,
      ),
    )
    .orderBy(asc(orders.source), asc(orders.number))
    .limit(sql.placeholder('limit')),
);

const isPlaced = (placedAt: unknown) =>
  sql`${placedAt} >= ${sql.placeholder('from')} AND ${placedAt} < ${sql.placeholder('to')}`;

/** Whether tax is known to be inside the prices of some order, or sale of nobody, of a time. */
export const findTaxIncluded = queryOne((db) =>
  db
    .select({ id: orders.id })
    .from(orders)
    .where(and(isNotNull(orders.taxIncludedMinor), isPlaced(orders.placedAt)))
    .unionAll(
      db
        .select({ id: waitingSales.id })
        .from(waitingSales)
        .where(and(tellsTaxIncluded, isPlaced(waitingSales.placedAt))),
    )
    .limit(1),
);

/** Whether some order, or sale of nobody, of a time has a gift card among its goods. */
export const findGiftCard = queryOne((db) =>
  db
    .select({ id: orders.id })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .where(and(sql`${orderLines.isGiftCard} = 1`, isPlaced(orders.placedAt)))
    .unionAll(
      db
        .select({ id: waitingSales.id })
        .from(waitingSales)
        .where(and(tellsGiftCard, isPlaced(waitingSales.placedAt))),
    )
    .limit(1),
);

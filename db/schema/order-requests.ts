import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, money } from './columns.ts';

/**
 * What a customer asks for about an order: goods again, goods of the order form, or an order to be cancelled. It is no order
 * and earns nothing. `reference` is what people say on the telephone.
 */
export const orderRequests = sqliteTable(
  'order_requests',
  {
    id: id(),
    reference: text().notNull().unique(),
    kind: text({ enum: ['again', 'form', 'cancel'] }).notNull(),
    customerId: text('customer_id').notNull(),
    /** The account or department it is for; its history is that of `root_id`. */
    accountId: text('account_id').notNull(),
    rootId: text('root_id').notNull(),
    /** The order to be had again, or to be cancelled. */
    orderSource: text('order_source'),
    orderNumber: text('order_number'),
    /** What the customer calls it in their own books. */
    ownReference: text('own_reference'),
    /** The business day on which they would like to have it. */
    wishedOn: text('wished_on'),
    note: text(),
    /** What the prices of its lines are in. */
    currency: text(),
    /** What makes the same form sent twice one request. */
    key: text().notNull().unique(),
    ...done(),
  },
  (table) => [
    index('order_requests_root').on(table.rootId, table.id),
    index('order_requests_customer').on(table.customerId),
    index('order_requests_order')
      .on(table.orderSource, table.orderNumber)
      .where(sql`order_number IS NOT NULL`),
    check('order_requests_order_whole', sql`(order_source IS NULL) = (order_number IS NULL)`),
  ],
);

/** What is asked for; `price_minor` is that of one piece as it was shown, NULL where none was known. */
export const orderRequestLines = sqliteTable(
  'order_request_lines',
  {
    requestId: text('request_id')
      .notNull()
      .references(() => orderRequests.id),
    position: count().notNull(),
    sku: text(),
    name: text().notNull(),
    category: text(),
    quantityMilli: count('quantity_milli').notNull(),
    priceMinor: money('price_minor'),
  },
  (table) => [
    primaryKey({ columns: [table.requestId, table.position] }),
    check('order_request_lines_quantity', sql`quantity_milli > 0`),
  ],
);

/** What became of a request, once: answered (with the order that was made of it, or in words), declined, or taken back. */
export const orderRequestAnswers = sqliteTable(
  'order_request_answers',
  {
    requestId: text('request_id')
      .primaryKey()
      .references(() => orderRequests.id),
    outcome: text({ enum: ['answered', 'declined', 'withdrawn'] }).notNull(),
    orderSource: text('order_source'),
    orderNumber: text('order_number'),
    text: text(),
    ...done(),
  },
  (table) => [
    index('order_request_answers_order')
      .on(table.orderSource, table.orderNumber)
      .where(sql`order_number IS NOT NULL`),
    check('order_request_answers_order_whole', sql`(order_source IS NULL) = (order_number IS NULL)`),
  ],
);

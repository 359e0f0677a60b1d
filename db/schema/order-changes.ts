import { index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { done, id, instant } from './columns.ts';

/** An event that staff recorded and took back, as it was: it counts no more, and its id is used up. */
export const withdrawnEvents = sqliteTable(
  'withdrawn_events',
  {
    orderId: text('order_id').notNull(),
    source: text().notNull(),
    eventId: text('event_id').notNull(),
    status: text().notNull(),
    at: instant().notNull(),
    note: text(),
    carrier: text(),
    trackingNumber: text('tracking_number'),
    trackingUrl: text('tracking_url'),
    parcel: text(),
    recordedAt: instant('recorded_at').notNull(),
    withdrawnAt: instant('withdrawn_at').notNull(),
    actor: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.source, table.eventId] })],
);

/** Until when the links in mails that open an order were ended. Append-only. */
export const orderLinkEndings = sqliteTable(
  'order_link_endings',
  { id: id(), orderId: text('order_id').notNull(), ...done() },
  (table) => [index('order_link_endings_order').on(table.orderId, table.at)],
);

/** An order that staff gave to another customer or account: whose it was, and whose it is. */
export const orderMoves = sqliteTable(
  'order_moves',
  {
    id: text().primaryKey(),
    orderId: text('order_id').notNull(),
    fromRootId: text('from_root_id').notNull(),
    fromAccountId: text('from_account_id').notNull(),
    fromCustomerId: text('from_customer_id').notNull(),
    toRootId: text('to_root_id').notNull(),
    toAccountId: text('to_account_id').notNull(),
    toCustomerId: text('to_customer_id').notNull(),
    reason: text(),
    at: instant().notNull(),
    actor: text().notNull(),
  },
  (table) => [index('order_moves_order').on(table.orderId)],
);

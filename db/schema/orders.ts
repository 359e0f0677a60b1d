import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts, customers } from './accounts.ts';
import { count, flag, instant, money } from './columns.ts';
import { importKinds } from './import-runs.ts';

/**
 * A purchase, identified by `(source, number)`. Money in minor units of its own currency.
 * `*_on` keeps the calendar day as it was told when no clock time is known.
 * Totals, status and delivery are derived from lines, refunds and events, and checked by `verify`.
 */
export const orders = sqliteTable(
  'orders',
  {
    id: text().primaryKey(),
    source: text().notNull(),
    number: text().notNull(),
    accountId: text('account_id')
      .notNull()
      .references(() => accounts.id),
    rootId: text('root_id').notNull(),
    customerId: text('customer_id')
      .notNull()
      .references(() => customers.id),
    placedAt: instant('placed_at').notNull(),
    placedOn: text('placed_on'),
    currency: text().notNull(),
    /** Σ line totals, before discounts. */
    totalMinor: money('total_minor').notNull(),
    discountMinor: money('discount_minor').notNull(),
    refundedMinor: money('refunded_minor').notNull(),
    shippingMinor: money('shipping_minor'),
    /** On top of the prices; what is inside them stands beside it and is part of no sum. */
    taxMinor: money('tax_minor'),
    taxIncludedMinor: money('tax_included_minor'),
    lineCount: count('line_count').notNull(),
    firstProduct: text('first_product'),
    status: text().notNull(),
    statusAt: instant('status_at').notNull(),
    statusOn: text('status_on'),
    deliveredAt: instant('delivered_at'),
    deliveredOn: text('delivered_on'),
    isCancelled: flag('is_cancelled').notNull(),
    isHeld: flag('is_held').notNull(),
    promisedBy: text('promised_by'),
    importId: text('import_id'),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    uniqueIndex('orders_business_key').on(table.source, table.number),
    index('orders_root_placed').on(table.rootId, table.placedAt, table.number),
    index('orders_delivered').on(table.deliveredAt).where(sql`delivered_at IS NOT NULL`),
    index('orders_tax_included').on(table.placedAt).where(sql`tax_included_minor IS NOT NULL`),
    index('orders_import').on(table.importId).where(sql`import_id IS NOT NULL`),
    // All that the console's list and its figures filter and sum by, so that neither reads the table.
    index('orders_listed').on(
      table.currency,
      table.placedAt,
      table.id,
      table.status,
      table.source,
      table.isCancelled,
      table.totalMinor,
      table.discountMinor,
      table.refundedMinor,
      table.shippingMinor,
      table.taxMinor,
      table.rootId,
    ),
    index('orders_by_state').on(table.status, table.placedAt, table.id).where(sql`status <> 'delivered'`),
    index('orders_awaited')
      .on(table.placedAt, table.id, table.promisedBy)
      .where(sql`promised_by IS NOT NULL AND delivered_at IS NULL AND is_cancelled = 0`),
    index('orders_awaited_of')
      .on(table.rootId)
      .where(sql`promised_by IS NOT NULL AND delivered_at IS NULL AND is_cancelled = 0`),
    index('orders_promised')
      .on(table.promisedBy, table.deliveredAt)
      .where(sql`promised_by IS NOT NULL AND is_cancelled = 0`),
    check(
      'orders_money',
      sql`total_minor BETWEEN 0 AND 10000000000000000 AND discount_minor BETWEEN 0 AND total_minor
        AND refunded_minor BETWEEN 0 AND total_minor - discount_minor`,
    ),
  ],
);

/** One row of an order; `quantity_milli` in thousandths. */
export const orderLines = sqliteTable(
  'order_lines',
  {
    orderId: text('order_id')
      .notNull()
      .references(() => orders.id),
    position: count().notNull(),
    lineId: text('line_id').notNull(),
    sku: text(),
    product: text(),
    category: text(),
    quantityMilli: count('quantity_milli').notNull(),
    totalMinor: money('total_minor').notNull(),
    discountMinor: money('discount_minor').notNull(),
    refundedMinor: money('refunded_minor').notNull(),
    isGiftCard: flag('is_gift_card').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.position] }),
    index('order_lines_gift_cards').on(table.orderId).where(sql`is_gift_card = 1`),
    check(
      'order_lines_money',
      sql`total_minor BETWEEN 0 AND 10000000000000 AND discount_minor BETWEEN 0 AND total_minor
        AND refunded_minor BETWEEN 0 AND total_minor - discount_minor`,
    ),
  ],
);

/** A state the order reached, told by a source; the same `(source, event_id)` counts once. Append-only. */
export const orderEvents = sqliteTable(
  'order_events',
  {
    orderId: text('order_id')
      .notNull()
      .references(() => orders.id),
    source: text().notNull(),
    eventId: text('event_id').notNull(),
    status: text().notNull(),
    at: instant().notNull(),
    atOn: text('at_on'),
    note: text(),
    carrier: text(),
    trackingNumber: text('tracking_number'),
    trackingUrl: text('tracking_url'),
    parcel: text(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.source, table.eventId] }),
    index('order_events_by_hand').on(table.eventId).where(sql`source = 'console'`),
  ],
);

/** Money given back on an order; its lines say on what. Append-only. */
export const refunds = sqliteTable(
  'refunds',
  {
    orderId: text('order_id')
      .notNull()
      .references(() => orders.id),
    refundId: text('refund_id').notNull(),
    at: instant().notNull(),
    atOn: text('at_on'),
    reason: text(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.orderId, table.refundId] })],
);

export const refundLines = sqliteTable(
  'refund_lines',
  {
    orderId: text('order_id').notNull(),
    refundId: text('refund_id').notNull(),
    lineId: text('line_id').notNull(),
    amountMinor: money('amount_minor').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.refundId, table.lineId] }),
    check('refund_lines_positive', sql`amount_minor > 0`),
  ],
);

/** Of a waiting sale's `state`; text within quotes has its quotes escaped, so nothing else can look like that. */
export const tellsTaxIncluded = sql`instr(state, '"taxIncludedMinor":"') > 0`;
export const tellsGiftCard = sql`instr(state, '"isGiftCard":true') > 0`;

/**
 * A sale of nobody we know: it belongs to no account and earns nothing until its receipt code is entered, or a source or
 * staff say whose it is. It then becomes an order, and its row goes. `state` is JSON, see `functions/money/orders/waiting`.
 */
export const waitingSales = sqliteTable(
  'waiting_sales',
  {
    id: text().primaryKey(),
    source: text().notNull(),
    number: text().notNull(),
    receiptCode: text('receipt_code').notNull().unique(),
    placedAt: instant('placed_at').notNull(),
    currency: text().notNull(),
    /** Σ(total − discount − refunds) of its lines, 0 when cancelled. */
    spendMinor: money('spend_minor').notNull(),
    state: text().notNull(),
    /** Grows by one with each change: who changes it says which one they saw. */
    version: count().notNull(),
    importId: text('import_id'),
    recordedAt: instant('recorded_at').notNull(),
    actor: text().notNull(),
  },
  (table) => [
    uniqueIndex('waiting_sales_business_key').on(table.source, table.number),
    index('waiting_sales_placed').on(table.placedAt),
    index('waiting_sales_import').on(table.importId).where(sql`import_id IS NOT NULL`),
    index('waiting_sales_tax_included').on(table.placedAt).where(tellsTaxIncluded),
    index('waiting_sales_gift_cards').on(table.placedAt).where(tellsGiftCard),
  ],
);

/**
 * One run of the importer over one file: of orders, and of whatever else the command line brought in. `report` is JSON: of orders
 * the report of DOMAIN §4, of other kinds `RunReport` in `functions/reach/imports/runs/run-report.ts`.
 */
export const imports = sqliteTable('imports', {
  id: text().primaryKey(),
  fileName: text('file_name').notNull(),
  startedAt: instant('started_at').notNull(),
  finishedAt: instant('finished_at'),
  undoneAt: instant('undone_at'),
  report: text(),
  actor: text().notNull(),
  kind: text({ enum: importKinds }).notNull().default('orders'),
});

/**
 * What an import added to an order or waiting sale that was there before it, so that undoing can take it away again. `change`
 * is JSON, see `functions/money/orders/import-change.ts`.
 */
export const importChanges = sqliteTable(
  'import_changes',
  {
    id: text().primaryKey(),
    importId: text('import_id').notNull(),
    orderId: text('order_id').notNull(),
    change: text().notNull(),
    recordedAt: instant('recorded_at').notNull(),
  },
  (table) => [
    index('import_changes_import').on(table.importId),
    index('import_changes_order').on(table.orderId),
  ],
);

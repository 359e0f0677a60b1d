import { sql } from 'drizzle-orm';
import { check, index, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { count, done, id, instant, money } from './columns.ts';

/**
 * A customer's wish to give lines of an order back, from request to refund. Its state is that of the newest of its events.
 * Money is in the order's currency.
 */
export const returns = sqliteTable(
  'returns',
  {
    id: id(),
    /** What people call it. */
    reference: text().notNull().unique(),
    /** Of the form or the request that made it: sent twice, it is one return. */
    key: text().notNull().unique(),
    orderId: text('order_id').notNull(),
    source: text().notNull(),
    number: text().notNull(),
    /** The root account and the customer whose the order is; they follow it. */
    rootId: text('root_id').notNull(),
    customerId: text('customer_id').notNull(),
    /** The customer who asked for it, who may be another of the same account: the words and pictures are theirs. Null for the business. */
    askedBy: text('asked_by'),
    wish: text({ enum: ['refund', 'credit', 'exchange'] }).notNull(),
    /** What the customer told, and what they want instead where they exchange. */
    note: text(),
    currency: text().notNull(),
    /** What was told beforehand that it would come to, and on what terms, as JSON: `ReturnSplit`, `creditBonus`, `vouchers`. */
    told: text().notNull(),
    state: text({ enum: ['requested', 'approved', 'received', 'settled', 'refused', 'withdrawn'] }).notNull(),
    /** How many events there are. */
    seq: count().notNull(),
    /** What it ended in; null until it is settled. */
    outcome: text({ enum: ['refund', 'credit', 'exchange'] }),
    /** What was given back on the order, what of it as money and what vouchers had paid of it, and the bonus of the credit. */
    worthMinor: money('worth_minor'),
    moneyMinor: money('money_minor'),
    /** What was booked as credit, and for which root account. */
    voucherMinor: money('voucher_minor'),
    bonusMinor: money('bonus_minor'),
    creditMinor: money('credit_minor').notNull().default(sql`0`),
    creditRootId: text('credit_root_id'),
    stateAt: instant('state_at').notNull(),
    ...done(),
  },
  (table) => [
    index('returns_order').on(table.orderId),
    index('returns_root').on(table.rootId, table.at),
    index('returns_customer').on(table.customerId),
    index('returns_asked').on(table.askedBy).where(sql`asked_by IS NOT NULL`),
    index('returns_credited').on(table.creditRootId).where(sql`credit_root_id IS NOT NULL`),
    index('returns_open').on(table.at, table.id).where(sql`state IN ('requested', 'approved', 'received')`),
    index('returns_listed').on(table.at, table.id),
  ],
);

/** What of an order is to come back; `quantity_milli` in thousandths. */
export const returnLines = sqliteTable(
  'return_lines',
  {
    returnId: text('return_id')
      .notNull()
      .references(() => returns.id),
    lineId: text('line_id').notNull(),
    quantityMilli: count('quantity_milli').notNull(),
    reason: text().notNull(),
    /** What was told that it is worth. */
    worthMinor: money('worth_minor').notNull(),
    /** What of it was taken back when it was settled; null until then. */
    acceptedMilli: count('accepted_milli'),
  },
  (table) => [
    primaryKey({ columns: [table.returnId, table.lineId] }),
    check('return_lines_some', sql`quantity_milli > 0`),
    check(
      'return_lines_accepted',
      sql`accepted_milli IS NULL OR accepted_milli BETWEEN 0 AND quantity_milli`,
    ),
  ],
);

/** What of a line is in returns that stand: the check keeps anybody from giving back more than was bought, however many ask at once. */
export const returnedQuantities = sqliteTable(
  'returned_quantities',
  {
    orderId: text('order_id').notNull(),
    lineId: text('line_id').notNull(),
    takenMilli: count('taken_milli').notNull(),
    boughtMilli: count('bought_milli').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.orderId, table.lineId] }),
    check('returned_quantities_bought', sql`taken_milli BETWEEN 0 AND bought_milli`),
  ],
);

/** A step of a return: who, when, and what was told the customer. Append-only. */
export const returnEvents = sqliteTable(
  'return_events',
  {
    returnId: text('return_id')
      .notNull()
      .references(() => returns.id),
    seq: count().notNull(),
    kind: text({
      enum: ['requested', 'approved', 'received', 'settled', 'refused', 'withdrawn'],
    }).notNull(),
    /** What staff, or the customer, say to it; the customer reads it. */
    note: text(),
    ...done(),
  },
  (table) => [primaryKey({ columns: [table.returnId, table.seq] })],
);

/** A picture that came with a return, or the label that staff sent for it. */
export const returnFiles = sqliteTable(
  'return_files',
  {
    id: id(),
    returnId: text('return_id')
      .notNull()
      .references(() => returns.id),
    kind: text({ enum: ['picture', 'label'] }).notNull(),
    name: text().notNull(),
    mediaType: text('media_type').notNull(),
    sizeBytes: count('size_bytes').notNull(),
    sha256: text().notNull(),
    storedAs: text('stored_as').notNull().unique(),
    at: instant().notNull(),
  },
  (table) => [index('return_files_return').on(table.returnId), index('return_files_at').on(table.at)],
);

import { sql } from 'drizzle-orm';
import { check, index, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { accounts } from './accounts.ts';
import { count, done, id, money } from './columns.ts';

/**
 * An invoice, or a credit note that corrects one, as it was issued; never changed afterwards. `place` counts from 1 without gaps
 * within a kind and a calendar year of business time; `number` is that as it was written. Append-only.
 */
export const papers = sqliteTable(
  'papers',
  {
    id: id(),
    kind: text({ enum: ['invoice', 'credit_note'] }).notNull(),
    year: count().notNull(),
    place: count().notNull(),
    number: text().notNull(),
    orderId: text('order_id').notNull(),
    orderSource: text('order_source').notNull(),
    orderNumber: text('order_number').notNull(),
    /** What makes it be issued once: of an invoice which one of its order it is, of a credit note what it corrects of which. */
    cause: text().notNull(),
    /** The invoice that a credit note corrects. */
    invoiceId: text('invoice_id'),
    /** The business day of its issue. */
    issuedOn: text('issued_on').notNull(),
    currency: text().notNull(),
    /** What it comes to; negative for a credit note. */
    totalMinor: money('total_minor').notNull(),
    /** JSON of all that it says but who bought: see `functions/reach/papers/paper.ts`. */
    document: text().notNull(),
    /** SHA-256 of `document`, base64url. */
    hash: text().notNull(),
    ...done(),
  },
  (table) => [
    uniqueIndex('papers_place').on(table.kind, table.year, table.place),
    uniqueIndex('papers_cause').on(table.orderId, table.cause),
    index('papers_number').on(table.number),
    index('papers_order').on(table.orderNumber, table.orderSource),
    index('papers_corrections').on(table.invoiceId).where(sql`invoice_id IS NOT NULL`),
    check('papers_correction_of_one', sql`(kind = 'credit_note') = (invoice_id IS NOT NULL)`),
  ],
);

/**
 * Whose a paper is, and who bought: name, address and tax number as they were at its issue, JSON; null once the time is over for
 * which the business keeps them.
 */
export const paperHolders = sqliteTable(
  'paper_holders',
  {
    paperId: text('paper_id')
      .primaryKey()
      .references(() => papers.id),
    rootId: text('root_id').notNull(),
    accountId: text('account_id').notNull(),
    customerId: text('customer_id').notNull(),
    buyer: text(),
  },
  (table) => [
    index('paper_holders_root').on(table.rootId, table.paperId),
    index('paper_holders_customer').on(table.customerId),
    index('paper_holders_told').on(table.paperId).where(sql`buyer IS NOT NULL`),
  ],
);

/**
 * How the people of an account want its papers, and as whom it buys; a root account without a row has no wishes. `columns` are
 * JSON lists.
 */
export const paperLayouts = sqliteTable('paper_layouts', {
  accountId: text('account_id')
    .primaryKey()
    .references(() => accounts.id),
  buyerName: text('buyer_name'),
  buyerAddress: text('buyer_address'),
  buyerTaxNumber: text('buyer_tax_number'),
  /** What stands on each of its papers, such as a cost centre. */
  reference: text(),
  language: text(),
  /** Of what may be left out of an invoice, what is not. */
  invoiceColumns: text('invoice_columns').notNull(),
  statementColumns: text('statement_columns').notNull(),
  grouping: text({ enum: ['date', 'order', 'department'] }).notNull(),
  ...done(),
});

/** What the people of an account call one of its orders in their own books. */
export const orderReferences = sqliteTable('order_references', {
  orderId: text('order_id').primaryKey(),
  reference: text().notNull(),
  ...done(),
});

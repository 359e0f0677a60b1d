import { asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query, queryOne } from '../../../db/query.ts';
import { paperHolders, papers } from '../../../db/schema/index.ts';

const invoices = alias(papers, 'invoices');

const briefColumns = {
  id: papers.id,
  kind: papers.kind,
  number: papers.number,
  issuedOn: papers.issuedOn,
  orderSource: papers.orderSource,
  orderNumber: papers.orderNumber,
  currency: papers.currency,
  totalMinor: papers.totalMinor,
  invoiceId: papers.invoiceId,
  invoiceNumber: sql<string | null>`${invoices.number}`,
  invoiceIssuedOn: sql<string | null>`${invoices.issuedOn}`,
  rootId: paperHolders.rootId,
  accountId: paperHolders.accountId,
  customerId: paperHolders.customerId,
};

const wholeColumns = {
  ...briefColumns,
  year: papers.year,
  cause: papers.cause,
  document: papers.document,
  hash: papers.hash,
  buyer: paperHolders.buyer,
  at: papers.at,
};

export const findPaper = queryOne((db) =>
  db
    .select(wholeColumns)
    .from(papers)
    .innerJoin(paperHolders, eq(paperHolders.paperId, papers.id))
    .leftJoin(invoices, eq(invoices.id, papers.invoiceId))
    .where(eq(papers.id, sql.placeholder('id'))),
);
export type PaperRow = NonNullable<Awaited<ReturnType<typeof findPaper>>>;

/** The papers of an order; those of one kind in the order of their issue. */
export const listOfOrder = query((db) =>
  db
    .select(wholeColumns)
    .from(papers)
    .innerJoin(paperHolders, eq(paperHolders.paperId, papers.id))
    .leftJoin(invoices, eq(invoices.id, papers.invoiceId))
    .where(eq(papers.orderId, sql.placeholder('orderId')))
    .orderBy(asc(papers.year), asc(papers.place), desc(papers.kind)),
);

/** Papers in a list, the newest first, before an id. */
const listed = (where: SQL) =>
  query((db) =>
    db
      .select(briefColumns)
      .from(papers)
      .innerJoin(paperHolders, eq(paperHolders.paperId, papers.id))
      .leftJoin(invoices, eq(invoices.id, papers.invoiceId))
      .where(sql`${where} AND ${papers.id} < ${sql.placeholder('before')}`)
      .orderBy(desc(papers.id))
      .limit(sql.placeholder('limit')),
  );

export const listNewest = listed(sql`TRUE`);
export type PaperBriefRow = Awaited<ReturnType<typeof listNewest>>[number];

/** Those whose number, or that of whose order, begins like that: between `from` and `to` as text. */
export const listFound = listed(
  sql`${papers.id} IN (
    SELECT id FROM papers INDEXED BY papers_number WHERE number >= ${sql.placeholder('from')} AND number < ${sql.placeholder('to')}
    UNION SELECT id FROM papers INDEXED BY papers_order
      WHERE order_number >= ${sql.placeholder('from')} AND order_number < ${sql.placeholder('to')})`,
);

/** Those of some places, a JSON array of root, departments or null, and whose alone or null. */
export const listOfPlaces = listed(
  sql`${papers.id} IN (SELECT h.paper_id FROM json_each(${sql.placeholder('places')}) AS p
    JOIN paper_holders AS h INDEXED BY paper_holders_root ON h.root_id = p.value ->> 0
      AND (p.value ->> 1 IS NULL OR h.account_id IN (SELECT value FROM json_each(p.value ->> 1)))
      AND (p.value ->> 2 IS NULL OR p.value ->> 2 = h.customer_id))`,
);

/** All of a span of ids, the oldest first: for a file of all. */
export const listWhole = query((db) =>
  db
    .select(wholeColumns)
    .from(papers)
    .innerJoin(paperHolders, eq(paperHolders.paperId, papers.id))
    .leftJoin(invoices, eq(invoices.id, papers.invoiceId))
    .where(
      sql`${papers.id} > ${sql.placeholder('after')} AND ${papers.issuedOn} >= ${sql.placeholder('since')}
        AND ${papers.issuedOn} < ${sql.placeholder('until')}`,
    )
    .orderBy(asc(papers.id))
    .limit(sql.placeholder('limit')),
);

const text = (from: string) => sql<string | null>`(SELECT ${sql.raw(from)})`;

/**
 * Who bought an order as they are called now, what they want on its papers, and what they call it; the language is the one they
 * chose for papers, else the one they read.
 */
export const findBuyer = queryOne((db) =>
  db
    .select({
      name: text('name FROM customers WHERE id = who.customer_id'),
      email: text('email FROM customers WHERE id = who.customer_id'),
      address: text('address FROM customers WHERE id = who.customer_id'),
      accountName: text("name FROM accounts WHERE id = who.root_id AND kind = 'shared'"),
      department: text("name FROM accounts WHERE id = who.account_id AND kind = 'department'"),
      buyerName: text('buyer_name FROM paper_layouts WHERE account_id = who.root_id'),
      buyerAddress: text('buyer_address FROM paper_layouts WHERE account_id = who.root_id'),
      taxNumber: text('buyer_tax_number FROM paper_layouts WHERE account_id = who.root_id'),
      reference: text('reference FROM paper_layouts WHERE account_id = who.root_id'),
      orderReference: text('reference FROM order_references WHERE order_id = who.order_id'),
      language: text(
        `coalesce((SELECT language FROM paper_layouts WHERE account_id = who.root_id),
          (SELECT language FROM customers WHERE id = who.customer_id))`,
      ),
    })
    .from(
      sql`(SELECT ${sql.placeholder('rootId')} AS root_id, ${sql.placeholder('accountId')} AS account_id,
        ${sql.placeholder('customerId')} AS customer_id, ${sql.placeholder('orderId')} AS order_id) AS who`,
    ),
);
export type BuyerRow = NonNullable<Awaited<ReturnType<typeof findBuyer>>>;

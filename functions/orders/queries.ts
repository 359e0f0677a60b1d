import { and, asc, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query } from '../../db/query.ts';
import {
  accounts,
  countedSpend,
  customers,
  orderEvents,
  orderLines,
  orders,
  refundLines,
  refunds,
  voucherUses,
} from '../../db/schema/index.ts';
import { namedRoots, rootColumns } from '../accounts/queries.ts';
import { orderPayments } from './order-payments.ts';

const roots = alias(accounts, 'roots');

const listed = (placeholder: string) => sql`(SELECT value FROM json_each(${sql.placeholder(placeholder)}))`;

const businessKeys = sql`(SELECT value ->> 0, value ->> 1 FROM json_each(${sql.placeholder('keys')}))`;

const isOfListedOrders = (column: unknown) => sql`${column} IN ${listed('ids')}`;

/** Orders by `(source, number)`. `keys` is a JSON array of pairs. */
export const listOrdersByKey = query((db) =>
  db.select().from(orders).where(sql`(${orders.source}, ${orders.number}) IN ${businessKeys}`),
);

/** Orders of some root accounts in the order in which they count. `ids` is a JSON array. */
export const listOrdersOfRoots = query((db) =>
  db
    .select()
    .from(orders)
    .where(sql`${orders.rootId} IN ${listed('ids')}`)
    .orderBy(asc(orders.rootId), asc(orders.placedAt), asc(orders.number), asc(orders.source)),
);

const rootAccounts = alias(accounts, 'root_accounts');

/** What the order's source calls a customer who has no email. */
const keyOfEmailless = sql<string | null>`CASE WHEN ${customers.email} IS NULL THEN
  (SELECT min(key) FROM customer_keys WHERE customer_id = ${customers.id} AND source = ${orders.source}) END`;

/** A page of all orders by their ids, which grow with the time of recording, from the last one down. */
export const listRecorded = query((db) =>
  db
    .select({
      ...getTableColumns(orders),
      customerEmail: customers.email,
      customerKey: keyOfEmailless,
      customerName: customers.name,
      accountName: accounts.name,
      rootKind: rootAccounts.kind,
      rootName: rootAccounts.name,
    })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .innerJoin(accounts, eq(accounts.id, orders.accountId))
    .innerJoin(rootAccounts, eq(rootAccounts.id, orders.rootId))
    .where(sql`${orders.id} < ${sql.placeholder('before')} AND ${orders.id} >= ${sql.placeholder('since')}`)
    .orderBy(desc(orders.id))
    .limit(sql.placeholder('limit')),
);

export const listLines = query((db) =>
  db
    .select()
    .from(orderLines)
    .where(isOfListedOrders(orderLines.orderId))
    .orderBy(asc(orderLines.orderId), asc(orderLines.position)),
);

export const listEvents = query((db) =>
  db
    .select()
    .from(orderEvents)
    .where(isOfListedOrders(orderEvents.orderId))
    .orderBy(
      asc(orderEvents.orderId),
      asc(orderEvents.at),
      asc(orderEvents.source),
      asc(orderEvents.eventId),
    ),
);

export const listRefunds = query((db) =>
  db
    .select()
    .from(refunds)
    .where(isOfListedOrders(refunds.orderId))
    .orderBy(asc(refunds.orderId), asc(refunds.at), asc(refunds.refundId)),
);

export const listRefundLines = query((db) =>
  db.select().from(refundLines).where(isOfListedOrders(refundLines.orderId)),
);

const paymentColumns = {
  source: sql<string>`paid.order_source`,
  number: sql<string>`paid.order_number`,
  amountMinor: sql<bigint>`paid.amount_minor`.mapWith(voucherUses.amountMinor),
};

/** What vouchers and credit paid of some orders. `keys` is a JSON array of pairs. */
export const listVoucherPayments = query((db) =>
  db
    .select(paymentColumns)
    .from(sql`(${orderPayments}) AS paid`)
    .where(sql`(paid.order_source, paid.order_number) IN ${businessKeys}`),
);

/** The counted rows of whole root accounts. `ids` is a JSON array. */
export const listCountedOfRoots = query((db) =>
  db
    .select()
    .from(countedSpend)
    .where(sql`${countedSpend.rootId} IN ${listed('ids')}`),
);

/**
 * The counted rows of some orders. `keys` is a JSON array of `[rootId, placedAt, number, source]`. A join, since SQLite
 * searches a row-value IN by its first column only, which would read all rows of the account.
 */
export const listCounted = query((db) =>
  db
    .select(getTableColumns(countedSpend))
    .from(sql`json_each(${sql.placeholder('keys')}) AS wanted`)
    .crossJoin(countedSpend)
    .where(
      sql`${countedSpend.rootId} = wanted.value ->> 0 AND ${countedSpend.placedAt} = wanted.value ->> 1
        AND ${countedSpend.number} = wanted.value ->> 2 AND ${countedSpend.source} = wanted.value ->> 3`,
    ),
);

const laterCounted = (isOfRoot: SQL) =>
  query((db) =>
    db
      .select()
      .from(countedSpend)
      .where(
        and(
          isOfRoot,
          sql`(${countedSpend.placedAt}, ${countedSpend.number}, ${countedSpend.source}) >
            (${sql.placeholder('placedAt')}, ${sql.placeholder('number')}, ${sql.placeholder('source')})`,
        ),
      ),
  );

/** The counted rows of one root account after a place in the order in which orders count. */
export const listLaterCounted = laterCounted(eq(countedSpend.rootId, sql.placeholder('rootId')));
/** The same of the account that an email or a name means. */
export const listNamedLaterCounted = laterCounted(sql`${countedSpend.rootId} IN ${namedRoots}`);

/** What vouchers and credit paid of the orders of some root accounts. `ids` is a JSON array. */
export const listVoucherPaymentsOfRoots = query((db) =>
  db
    .select(paymentColumns)
    .from(orders)
    .innerJoin(
      sql`(${orderPayments}) AS paid`,
      sql`paid.order_source = ${orders.source} AND paid.order_number = ${orders.number}`,
    )
    .where(sql`${orders.rootId} IN ${listed('ids')}`),
);

/** Whose order it is. */
export const findOrderPeople = query((db) =>
  db
    .select({
      orderId: orders.id,
      rootId: orders.rootId,
      accountId: orders.accountId,
      customerId: orders.customerId,
      email: customers.email,
      key: keyOfEmailless,
      name: customers.name,
      claimedAt: customers.claimedAt,
    })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(and(eq(orders.source, sql.placeholder('source')), eq(orders.number, sql.placeholder('number')))),
);

/** Whose some orders are. `keys` is a JSON array of pairs. */
export const listOrderPeople = query((db) =>
  db
    .select({
      source: orders.source,
      number: orders.number,
      rootId: orders.rootId,
      customerId: orders.customerId,
      rootKind: roots.kind,
      rootName: roots.name,
      accountKind: accounts.kind,
      accountName: accounts.name,
    })
    .from(orders)
    .innerJoin(accounts, eq(accounts.id, orders.accountId))
    .innerJoin(roots, eq(roots.id, orders.rootId))
    .where(sql`(${orders.source}, ${orders.number}) IN ${businessKeys}`),
);

/**
 * The same with the names of companies or households and of departments, as a source would tell them. The inner selects name
 * the table of the outer one, since `root_id` alone would be their own.
 */
export const listOwnersByKey = query((db) =>
  db
    .select({
      source: orders.source,
      number: orders.number,
      customerId: orders.customerId,
      account: sql<string | null>`(SELECT name FROM accounts WHERE id = orders.root_id AND kind = 'shared')`,
      department: sql<
        string | null
      >`(SELECT name FROM accounts WHERE id = orders.account_id AND kind = 'department')`,
    })
    .from(orders)
    .where(sql`(${orders.source}, ${orders.number}) IN ${businessKeys}`),
);

/** The accounts an order belongs to: its root, and its department where it has one. */
export const listAccountsOfOrder = query((db) =>
  db
    .select(rootColumns)
    .from(accounts)
    .where(
      sql`${accounts.id} IN (SELECT root_id FROM orders WHERE source = ${sql.placeholder('source')} AND number = ${sql.placeholder('number')})
        OR ${accounts.id} IN (SELECT account_id FROM orders WHERE source = ${sql.placeholder('source')} AND number = ${sql.placeholder('number')})`,
    ),
);

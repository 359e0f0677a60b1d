import { and, asc, desc, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { type QueryBuilder, query } from '../../../db/query.ts';
import {
  accounts,
  countedSpend,
  customers,
  orderEvents,
  orderLines,
  orders,
  refundLines,
  refunds,
} from '../../../db/schema/index.ts';
import { rootColumns } from '../accounts/account-columns.ts';
import { namedRoots } from '../accounts/list-totals.ts';

export const listed = (placeholder: string) =>
  sql`(SELECT value FROM json_each(${sql.placeholder(placeholder)}))`;

export const businessKeys = sql`(SELECT value ->> 0, value ->> 1 FROM json_each(${sql.placeholder('keys')}))`;

const isOfListedOrders = (column: unknown) => sql`${column} IN ${listed('ids')}`;

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
export const keyOfEmailless = sql<string | null>`CASE WHEN ${customers.email} IS NULL THEN
  (SELECT min(key) FROM customer_keys WHERE customer_id = ${customers.id} AND source = ${orders.source}) END`;

const listedRows = (db: QueryBuilder) =>
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
    .innerJoin(rootAccounts, eq(rootAccounts.id, orders.rootId));

/** A page of all orders by their ids, which grow with the time of recording, from the last one down. */
export const listRecorded = query((db) =>
  listedRows(db)
    .where(sql`${orders.id} < ${sql.placeholder('before')} AND ${orders.id} >= ${sql.placeholder('since')}`)
    .orderBy(desc(orders.id))
    .limit(sql.placeholder('limit')),
);

/** The same of some orders, in no certain order. */
export const listRecordedByIds = query((db) => listedRows(db).where(sql`${orders.id} IN ${listed('ids')}`));

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

/** What a share of an order needs to know about the orders after it. */
export const laterColumns = {
  ruleId: countedSpend.ruleId,
  version: countedSpend.version,
  periodStart: countedSpend.periodStart,
  countedMinor: countedSpend.countedMinor,
  isSettled: countedSpend.isSettled,
};

const laterCounted = (isOfRoot: SQL) =>
  query((db) =>
    db
      .select(laterColumns)
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

import { and, eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query } from '../../../db/query.ts';
import { accounts, customers, orders } from '../../../db/schema/index.ts';
import { businessKeys, keyOfEmailless } from './queries.ts';

const roots = alias(accounts, 'roots');

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

import { eq, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { query } from '../../../../db/query.ts';
import { accounts, customers, orders } from '../../../../db/schema/index.ts';
import type { Store } from '../../../../db/store.ts';
import type { Moment } from '../../../ground/platform/moment.ts';
import { briefColumns, briefOf } from '../../portal/order-summary.ts';
import type { OrderBrief } from '../../portal/order-types.ts';

/** What a list tells of an order, with what its promise rests on. */
export interface ListRow extends OrderBrief {
  id: string;
  customer: { id: string; name: string | null; email: string | null };
  accountName: string | null;
  promisedBy: string | null;
  deliveredAt: Moment | null;
  isCancelled: boolean;
  totalMinor: bigint;
  discountMinor: bigint;
  refundedMinor: bigint;
}

/** The rows of some orders, in no certain order. */
export async function listRows(db: Store, found: readonly { id: string }[]): Promise<ListRow[]> {
  if (found.length === 0) return [];
  const rows = await listByIds(db, { ids: JSON.stringify(found.map(({ id }) => id)) });
  return rows.map((row) => ({
    ...briefOf(row),
    id: row.id,
    customer: { id: row.customerId, name: row.customerName, email: row.customerEmail },
    accountName: accountNameOf(row),
    promisedBy: row.promisedBy,
    deliveredAt: row.deliveredAt === null ? null : { at: row.deliveredAt, day: row.deliveredOn },
    isCancelled: row.isCancelled,
    totalMinor: row.totalMinor,
    discountMinor: row.discountMinor,
    refundedMinor: row.refundedMinor,
  }));
}

const roots = alias(accounts, 'roots');

const listByIds = query((db) =>
  db
    .select({
      ...briefColumns,
      id: orders.id,
      customerId: orders.customerId,
      customerName: customers.name,
      customerEmail: customers.email,
      accountKind: accounts.kind,
      accountName: accounts.name,
      rootKind: roots.kind,
      rootName: roots.name,
      promisedBy: orders.promisedBy,
      deliveredAt: orders.deliveredAt,
      deliveredOn: orders.deliveredOn,
      isCancelled: orders.isCancelled,
      refundedMinor: orders.refundedMinor,
    })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .innerJoin(accounts, eq(accounts.id, orders.accountId))
    .innerJoin(roots, eq(roots.id, orders.rootId))
    .where(sql`${orders.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);

function accountNameOf(row: {
  rootKind: string;
  rootName: string;
  accountKind: string;
  accountName: string;
}): string | null {
  if (row.rootKind === 'personal') return row.accountKind === 'department' ? row.accountName : null;
  return row.accountKind === 'department' ? `${row.rootName}, ${row.accountName}` : row.rootName;
}

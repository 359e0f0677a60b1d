import { eq, sql } from 'drizzle-orm';
import { queryOne, rowsWithin } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { accounts, countedSpend, customers, periodTotals } from '../../../db/schema/index.ts';
import type { Context } from '../../ground/platform/context.ts';
import { customerColumns, ownColumns, totalColumns } from '../accounts/account-columns.ts';
import { totalsByKey } from '../accounts/root.ts';
import { businessAt, businessStamp } from '../business/business.ts';
import { membershipKey, type OrderContext } from './load-order-context.ts';
import type { OrderDraft } from './order.ts';
import { orderPayments } from './order-payments.ts';
import { toSettledRow } from './page-shares.ts';
import { laterColumns } from './queries.ts';

/** A customer by their email of today with their own account, and what an order of theirs meets there. */
const findReturningCustomer = queryOne((db) =>
  db
    .select({
      ...customerColumns,
      formerEmail: sql<string | null>`NULL`,
      ...ownColumns,
      totals: rowsWithin(totalColumns, sql`${periodTotals} WHERE ${periodTotals.rootId} = ${accounts.id}`),
      later: rowsWithin(
        laterColumns,
        sql`${countedSpend} WHERE ${countedSpend.rootId} = ${accounts.id}
          AND (${countedSpend.placedAt}, ${countedSpend.number}, ${countedSpend.source}) >
            (${sql.placeholder('placedAt')}, ${sql.placeholder('number')}, ${sql.placeholder('source')})`,
      ),
      isOrderKept:
        sql`EXISTS (SELECT 1 FROM orders WHERE source = ${sql.placeholder('source')} AND number = ${sql.placeholder('number')})
          OR EXISTS (SELECT 1 FROM waiting_sales WHERE source = ${sql.placeholder('source')} AND number = ${sql.placeholder('number')})`.mapWith(
          readFlag,
        ),
      isPartPaid:
        sql`EXISTS (SELECT 1 FROM (${orderPayments}) WHERE order_source = ${sql.placeholder('source')} AND order_number = ${sql.placeholder('number')})`.mapWith(
          readFlag,
        ),
      stamp: businessStamp,
    })
    .from(customers)
    .innerJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(eq(customers.email, sql.placeholder('email'))),
);

/**
 * What is kept about a new order that a known customer makes for themselves, by one read where `loadOrderContext` takes
 * six; null for any other order, which then takes those as well: most orders are new ones of customers who come back.
 */
export async function loadReturningCustomer(
  ctx: Pick<Context, 'db' | 'cache' | 'defaults' | 'now'>,
  { buyer, account, placedAt, number, source }: OrderDraft,
): Promise<OrderContext | null> {
  if (account !== null || buyer.kind !== 'email' || buyer.key !== null) return null;
  const { email } = buyer;
  const db = ctx.db.fresh;
  const row = await findReturningCustomer(db, {
    email,
    placedAt: placedAt.at,
    number,
    source,
    now: ctx.now(),
  });
  if (row === null || row.isOrderKept || row.isPartPaid) return null;
  const { own, customerId } = row;
  return {
    business: await businessAt({ ...ctx, db }, row.stamp),
    customers: new Map([[email, row]]),
    accounts: new Map([[own.id, own]]),
    sharedByName: new Map(),
    departments: new Map(),
    members: new Set(row.isMember ? [membershipKey(own.id, customerId)] : []),
    orders: new Map(),
    waiting: new Map(),
    voucherPaid: new Map(),
    totals: new Map([[own.id, totalsByKey(row.totals)]]),
    counted: new Map(),
    dueLots: new Set(row.hasDueLots ? [own.id] : []),
    later: row.later.map(toSettledRow),
  };
}

import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { orders, voucherUses } from '../../../db/schema/index.ts';
import { orderPayments } from './order-payments.ts';
import { businessKeys, listed } from './queries.ts';

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

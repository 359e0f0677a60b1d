import { and, eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { imports, ledger, orderEvents, orders, refunds } from '../../db/schema/index.ts';
import { orderPayments } from '../orders/order-payments.ts';

export const findImport = query((db) =>
  db
    .select()
    .from(imports)
    .where(eq(imports.id, sql.placeholder('id'))),
);

export const listRootsOfImport = query((db) =>
  db
    .selectDistinct({ rootId: orders.rootId })
    .from(orders)
    .where(sql`${orders.importId} IS NOT NULL AND ${orders.importId} = ${sql.placeholder('id')}`)
    .limit(200),
);

const isAmong = (column: unknown) =>
  sql`(${sql.placeholder('ids')} IS NULL OR ${column} IN (SELECT value FROM json_each(${sql.placeholder('ids')})))`;

const isOfImport = sql`${orders.importId} IS NOT NULL AND ${orders.importId} = ${sql.placeholder('id')} AND ${isAmong(orders.rootId)}`;

export const findLaterNews = query((db) =>
  db
    .select({ number: orders.number })
    .from(orders)
    .where(
      and(
        isOfImport,
        sql`(EXISTS (SELECT 1 FROM ${orderEvents} e WHERE e.order_id = ${orders.id} AND e.recorded_at > ${orders.recordedAt})
          OR EXISTS (SELECT 1 FROM ${refunds} r WHERE r.order_id = ${orders.id} AND r.recorded_at > ${orders.recordedAt}))`,
      ),
    )
    .limit(1),
);

export const findRedeemed = query((db) =>
  db
    .select({ accountId: ledger.accountId })
    .from(ledger)
    .innerJoin(imports, eq(imports.id, sql.placeholder('id')))
    .where(
      and(
        sql`${ledger.kind} = 'redeem' AND ${ledger.recordedAt} >= ${imports.startedAt}`,
        isAmong(ledger.accountId),
        sql`NOT EXISTS (SELECT 1 FROM vouchers v WHERE v.code = ${ledger.cause} AND v.rule_id IS NOT NULL
          AND v.code NOT IN (SELECT code FROM voucher_uses))`,
        sql`${ledger.accountId} IN (SELECT root_id FROM orders WHERE import_id IS NOT NULL AND import_id = ${sql.placeholder('id')})`,
      ),
    )
    .limit(1),
);

export const findPaidByVoucher = query((db) =>
  db
    .select({ number: orders.number })
    .from(orders)
    .innerJoin(
      sql`(${orderPayments}) AS paid`,
      sql`paid.order_source = ${orders.source} AND paid.order_number = ${orders.number}`,
    )
    .where(isOfImport)
    .limit(1),
);

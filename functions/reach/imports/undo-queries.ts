import { and, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import {
  importChanges,
  imports,
  ledger,
  orderEvents,
  orders,
  refunds,
  waitingSales,
} from '../../../db/schema/index.ts';
import { orderPayments } from '../../money/orders/order-payments.ts';

export const findImport = query((db) =>
  db
    .select()
    .from(imports)
    .where(eq(imports.id, sql.placeholder('id'))),
);

const changedOrders = sql`(SELECT order_id FROM import_changes WHERE import_id = ${sql.placeholder('id')})`;

/** Accounts with orders that the import made, or added something to; some of them. */
export const listRootsOfImport = query((db) =>
  db
    .selectDistinct({ rootId: orders.rootId })
    .from(orders)
    .where(
      sql`(${orders.importId} IS NOT NULL AND ${orders.importId} = ${sql.placeholder('id')}) OR ${orders.id} IN ${changedOrders}`,
    )
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
        sql`${ledger.accountId} IN (SELECT root_id FROM orders WHERE import_id IS NOT NULL AND import_id = ${sql.placeholder('id')}
          UNION ALL SELECT root_id FROM orders WHERE id IN ${changedOrders})`,
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

/** What an import added to orders that were there before it, of some roots. `ids` is a JSON array of root ids. */
export const listChangesOfRoots = query((db) =>
  db
    .select({ orderId: importChanges.orderId, change: importChanges.change })
    .from(importChanges)
    .innerJoin(orders, eq(orders.id, importChanges.orderId))
    .where(and(eq(importChanges.importId, sql.placeholder('id')), isAmong(orders.rootId))),
);

/** Waiting sales of before with the first thing that an import told of them, and their version now; at most 200. */
export const listChangedSales = query((db) =>
  db
    .select({
      orderId: importChanges.orderId,
      firstId: sql<string>`min(${importChanges.id})`,
      first: importChanges.change,
      version: waitingSales.version,
    })
    .from(importChanges)
    .innerJoin(waitingSales, eq(waitingSales.id, importChanges.orderId))
    .where(eq(importChanges.importId, sql.placeholder('id')))
    .groupBy(importChanges.orderId)
    .limit(200),
);

/** An order of before that an import changed for good. */
export const findLastingChange = query((db) =>
  db
    .select({ number: orders.number, lasting: sql<string>`change ->> 'lasting'` })
    .from(importChanges)
    .innerJoin(orders, eq(orders.id, importChanges.orderId))
    .where(
      sql`${importChanges.importId} = ${sql.placeholder('id')} AND ${importChanges.change} ->> 'lasting' IS NOT NULL`,
    )
    .limit(1),
);

/** An order of before of which more was told after the import had told its part. */
export const findNewsAfterChange = query((db) =>
  db
    .select({
      number: sql<string>`coalesce((SELECT number FROM orders WHERE id = order_id),
        (SELECT number FROM waiting_sales WHERE id = order_id), order_id)`,
    })
    .from(importChanges)
    .where(
      sql`${importChanges.importId} = ${sql.placeholder('id')}
        AND NOT EXISTS (SELECT 1 FROM import_changes same WHERE same.order_id = ${importChanges.orderId}
          AND same.import_id = ${importChanges.importId} AND same.id > ${importChanges.id})
        AND (EXISTS (SELECT 1 FROM import_changes later WHERE later.order_id = ${importChanges.orderId}
            AND later.id > ${importChanges.id})
          OR EXISTS (SELECT 1 FROM order_events e WHERE e.order_id = ${importChanges.orderId} AND e.recorded_at > ${importChanges.recordedAt})
          OR EXISTS (SELECT 1 FROM refunds r WHERE r.order_id = ${importChanges.orderId} AND r.recorded_at > ${importChanges.recordedAt})
          OR (${importChanges.change} ->> 'sale' IS NOT NULL AND NOT EXISTS (SELECT 1 FROM waiting_sales w
            WHERE w.id = ${importChanges.orderId} AND w.version = ${importChanges.change} -> 'sale' ->> 'version')))`,
    )
    .limit(1),
);

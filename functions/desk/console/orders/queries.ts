import { asc, desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../../db/query.ts';
import {
  apiKeys,
  customers,
  feedback,
  history,
  imports,
  ledger,
  orderMoves,
  staff,
  withdrawnEvents,
} from '../../../../db/schema/index.ts';
import { entryColumns } from '../../../people/customers/entry-columns.ts';

export const findBuyerOf = queryOne((db) =>
  db
    .select({
      id: customers.id,
      name: customers.name,
      email: customers.email,
      key: sql<
        string | null
      >`(SELECT source || ' ' || key FROM customer_keys WHERE customer_id = ${customers.id} ORDER BY source, key LIMIT 1)`,
      memberNumber: customers.memberNumber,
    })
    .from(customers)
    .where(eq(customers.id, sql.placeholder('customerId'))),
);

export const findImportName = query((db) =>
  db
    .select({ id: imports.id, fileName: imports.fileName })
    .from(imports)
    .where(eq(imports.id, sql.placeholder('importId'))),
);

const ownerOf = (customerId: unknown, rootId: unknown) =>
  sql<string>`coalesce(
  (SELECT name FROM accounts WHERE id = ${rootId} AND kind = 'shared'),
  (SELECT coalesce(name, email, '') FROM customers WHERE id = ${customerId}), '')`.mapWith(String);

/** Who an order was moved from and to, the newest first. */
export const listMovesOf = query((db) =>
  db
    .select({
      at: orderMoves.at,
      by: staff.email,
      reason: orderMoves.reason,
      fromRootId: orderMoves.fromRootId,
      toRootId: orderMoves.toRootId,
      fromCustomerId: orderMoves.fromCustomerId,
      from: ownerOf(orderMoves.fromCustomerId, orderMoves.fromRootId),
      to: ownerOf(orderMoves.toCustomerId, orderMoves.toRootId),
    })
    .from(orderMoves)
    .leftJoin(staff, sql`${orderMoves.actor} = 'staff:' || ${staff.id}`)
    .where(eq(orderMoves.orderId, sql.placeholder('orderId')))
    .orderBy(desc(orderMoves.at)),
);

export const listWithdrawnOf = query((db) =>
  db
    .select({
      status: withdrawnEvents.status,
      at: withdrawnEvents.at,
      withdrawnAt: withdrawnEvents.withdrawnAt,
      by: staff.email,
    })
    .from(withdrawnEvents)
    .leftJoin(staff, sql`${withdrawnEvents.actor} = 'staff:' || ${staff.id}`)
    .where(eq(withdrawnEvents.orderId, sql.placeholder('orderId')))
    .orderBy(desc(withdrawnEvents.withdrawnAt)),
);

/** The entries that an order caused, in whatever account it was. */
export const listEntriesOf = query((db) =>
  db
    .select({
      accountId: ledger.accountId,
      seq: ledger.seq,
      kind: ledger.kind,
      because: entryColumns.because,
      amountMinor: ledger.amountMinor,
      balanceAfterMinor: ledger.balanceAfterMinor,
      currency: ledger.currency,
      recordedAt: ledger.recordedAt,
      ruleId: ledger.ruleId,
    })
    .from(ledger)
    .where(
      sql`${ledger.accountId} IN (SELECT ${sql.placeholder('rootId')} UNION SELECT from_root_id FROM order_moves
        WHERE order_id = ${sql.placeholder('orderId')} UNION SELECT to_root_id FROM order_moves WHERE order_id = ${sql.placeholder('orderId')})
        AND ${ledger.orderSource} = ${sql.placeholder('source')} AND ${ledger.orderNumber} = ${sql.placeholder('number')}`,
    )
    .orderBy(asc(ledger.recordedAt), asc(ledger.accountId), asc(ledger.seq)),
);

/** What the histories of some accounts tell of an order, the newest first. `roots` is a JSON array. */
export const listHistoryOf = query((db) =>
  db
    .select({
      seq: history.seq,
      at: history.at,
      kind: history.kind,
      actor: history.actor,
      actorName: sql<string | null>`coalesce(${staff.email}, ${apiKeys.name})`.mapWith(String),
      detail: history.detail,
    })
    .from(history)
    .leftJoin(staff, sql`${history.actor} = 'staff:' || ${staff.id}`)
    .leftJoin(apiKeys, sql`${history.actor} = 'key:' || ${apiKeys.id}`)
    .where(
      sql`${history.accountId} IN (SELECT value FROM json_each(${sql.placeholder('roots')}))
        AND ${history.orderId} = ${sql.placeholder('orderId')}`,
    )
    .orderBy(desc(history.at), desc(history.seq))
    .limit(100),
);

export const listFeedbackAbout = query((db) =>
  db
    .select({
      reference: feedback.reference,
      kind: feedback.kind,
      text: sql<string>`substr(${feedback.text}, 1, 200)`.mapWith(String),
      at: feedback.at,
    })
    .from(feedback)
    .where(
      sql`${feedback.orderNumber} IS NOT NULL AND ${feedback.orderNumber} = ${sql.placeholder('number')}
        AND ${feedback.orderSource} = ${sql.placeholder('source')}`,
    )
    .orderBy(desc(feedback.at))
    .limit(50),
);

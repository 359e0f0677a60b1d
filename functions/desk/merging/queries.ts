import { and, asc, desc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import {
  accountSpend,
  accounts,
  bonuses,
  customerMergeEntries,
  customerMergeRows,
  customerMerges,
  customerMergeUndos,
  customers,
  ledger,
  orderMoves,
  orders,
} from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';
import { standsMerged } from '../../money/accounts/survivors.ts';

/** A customer with what a merge decides on. */
export const findPerson = query((db) =>
  db
    .select({
      id: customers.id,
      email: customers.email,
      name: customers.name,
      memberNumber: customers.memberNumber,
      phone: customers.phone,
      address: customers.address,
      birthYear: customers.birthYear,
      language: customers.language,
      claimedAt: customers.claimedAt,
      closedAt: customers.closedAt,
      withdrawnAt: customers.withdrawnAt,
      createdAt: customers.createdAt,
      rootId: accounts.id,
    })
    .from(customers)
    .leftJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(eq(customers.id, sql.placeholder('id'))),
);
export type MergedPerson = Awaited<ReturnType<typeof findPerson>>[number];

const mergeColumns = {
  id: customerMerges.id,
  survivorId: customerMerges.survivorId,
  survivorRootId: customerMerges.survivorRootId,
  mergedId: customerMerges.mergedId,
  mergedRootId: customerMerges.mergedRootId,
  email: customerMerges.email,
  filled: customerMerges.filled,
  survivorSignedUpAt: customerMerges.survivorSignedUpAt,
  keptMinor: customerMerges.keptMinor,
  owedMinor: customerMerges.owedMinor,
  at: customerMerges.at,
  undoneAt: customerMergeUndos.at,
};

export const findMerge = query((db) =>
  db
    .select(mergeColumns)
    .from(customerMerges)
    .leftJoin(customerMergeUndos, eq(customerMergeUndos.mergeId, customerMerges.id))
    .where(eq(customerMerges.id, sql.placeholder('id'))),
);
export type KeptMerge = Awaited<ReturnType<typeof findMerge>>[number];

/** The merges of a customer, whichever of the two they were, newest first, with the other one's name. */
export const listMergesOf = query((db) =>
  db
    .select({ ...mergeColumns, mergedName: customers.name })
    .from(customerMerges)
    .leftJoin(customerMergeUndos, eq(customerMergeUndos.mergeId, customerMerges.id))
    .innerJoin(customers, eq(customers.id, customerMerges.mergedId))
    .where(
      sql`${customerMerges.survivorId} = ${sql.placeholder('id')} OR ${customerMerges.mergedId} = ${sql.placeholder('id')}`,
    )
    .orderBy(desc(customerMerges.at), desc(customerMerges.id)),
);

/** What a form did that is sent again. */
export const findDone = query((db) =>
  db
    .select({
      id: customerMerges.id,
      survivorId: customerMerges.survivorId,
      mergedId: customerMerges.mergedId,
      accountId: customerMerges.survivorRootId,
      at: customerMerges.at,
    })
    .from(customerMerges)
    .where(eq(customerMerges.id, sql.placeholder('id'))),
);

/** The merged accounts that hold something again: a redemption taken back, a voucher that ended, a late bonus. */
export const listRests = query((db) =>
  db
    .select({ id: sql<string>`m.id` })
    .from(sql`${customerMerges} AS m JOIN ${accounts} AS a ON a.id = m.merged_root_id`)
    .where(sql`${sql.raw(standsMerged)} AND (a.balance_minor <> 0 OR a.withdrawn_at IS NULL)`)
    .orderBy(asc(sql`m.id`))
    .limit(500),
);

/** The root accounts of more orders than so many. `ids` is a JSON array. */
export const listTooLarge = query((db) =>
  db
    .select({ rootId: accountSpend.rootId })
    .from(accountSpend)
    .where(sql`${accountSpend.rootId} IN ${listed('ids')}`)
    .groupBy(accountSpend.rootId)
    .having(sql`sum(${accountSpend.orderCount}) > ${sql.placeholder('max')}`),
);

/** The orders that a merge moved from one account to the other and that are still there. */
export const listMovedOrders = query((db) =>
  db
    .select({ id: orders.id, source: orders.source, number: orders.number })
    .from(orderMoves)
    .innerJoin(orders, eq(orders.id, orderMoves.orderId))
    .where(
      and(
        sql`${orderMoves.id} >= ${sql.placeholder('id')} || ':' AND ${orderMoves.id} < ${sql.placeholder('id')} || ';'`,
        sql`${orderMoves.fromRootId} <> ${orderMoves.toRootId}`,
        eq(orders.rootId, orderMoves.toRootId),
      ),
    ),
);

/** What of an account's ledger some orders earned and had taken back. `orderIds` is a JSON array. */
export const listEarnings = query((db) =>
  db
    .select({ seq: ledger.seq, kind: ledger.kind, ruleId: ledger.ruleId, amountMinor: ledger.amountMinor })
    .from(ledger)
    .innerJoin(orders, and(eq(orders.source, ledger.orderSource), eq(orders.number, ledger.orderNumber)))
    .where(
      sql`${ledger.accountId} = ${sql.placeholder('rootId')} AND ${ledger.kind} IN ('earn', 'clawback')
        AND ${orders.id} IN ${listed('orderIds')}`,
    ),
);

/** The entries of the surviving account that carry something of a merge. */
export const listCarried = query((db) =>
  db
    .select({
      seq: customerMergeEntries.entrySeq,
      role: customerMergeEntries.role,
      amountMinor: ledger.amountMinor,
    })
    .from(customerMergeEntries)
    .innerJoin(
      ledger,
      and(
        eq(ledger.accountId, customerMergeEntries.accountId),
        eq(ledger.seq, customerMergeEntries.entrySeq),
      ),
    )
    .where(
      and(
        eq(customerMergeEntries.mergeId, sql.placeholder('id')),
        eq(customerMergeEntries.accountId, sql.placeholder('rootId')),
        sql`${customerMergeEntries.isUndo} = 0`,
      ),
    ),
);

/** The bonus that makes good what a merge would have taken. */
export const findKept = query((db) =>
  db
    .select({ id: bonuses.id, entrySeq: bonuses.entrySeq, amountMinor: bonuses.amountMinor })
    .from(bonuses)
    .where(
      and(
        eq(bonuses.accountId, sql.placeholder('rootId')),
        eq(bonuses.causeKind, 'kept_at_merge'),
        eq(bonuses.causeId, sql.placeholder('id')),
      ),
    ),
);

/** The merges that owe a bonus to some root accounts. `ids` is a JSON array. */
export const listKept = query((db) =>
  db
    .select({
      id: sql<string>`m.id`,
      rootId: sql<string>`m.survivor_root_id`,
      keptMinor: sql<bigint>`m.kept_minor`.mapWith(customerMerges.keptMinor),
    })
    .from(sql`${customerMerges} AS m`)
    .where(sql`m.survivor_root_id IN ${listed('ids')} AND m.kept_minor > 0 AND ${sql.raw(standsMerged)}`),
);

/** What a merge did to memberships of the club. */
export const listClubSteps = query((db) =>
  db
    .select({ kind: customerMergeRows.kind, membershipId: customerMergeRows.rowKey })
    .from(customerMergeRows)
    .where(
      and(eq(customerMergeRows.mergeId, sql.placeholder('id')), sql`${customerMergeRows.kind} LIKE 'club_%'`),
    ),
);

/** All entries of an account as far as lots follow from them, with what a merge carried by them. */
export const listWholeLedger = query((db) =>
  db
    .select({
      seq: ledger.seq,
      kind: ledger.kind,
      amountMinor: ledger.amountMinor,
      balanceAfterMinor: ledger.balanceAfterMinor,
      ruleId: ledger.ruleId,
      version: ledger.version,
      effectiveAt: ledger.effectiveAt,
      recordedAt: ledger.recordedAt,
      expiresAt: ledger.expiresAt,
      lotSeq: ledger.lotSeq,
      causeSeq: ledger.causeSeq,
      cause: ledger.cause,
      role: customerMergeEntries.role,
    })
    .from(ledger)
    .leftJoin(customerMergeEntries, eq(customerMergeEntries.adjustmentId, ledger.cause))
    .where(eq(ledger.accountId, sql.placeholder('rootId')))
    .orderBy(asc(ledger.seq)),
);

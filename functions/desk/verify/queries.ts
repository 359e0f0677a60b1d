import { and, asc, eq, sql } from 'drizzle-orm';
import { query, rowsWithin } from '../../../db/query.ts';
import {
  accountSpend,
  accounts,
  adjustments,
  history,
  ledger,
  orderEvents,
  orderLines,
  orders,
  redemptions,
  refundLines,
  refunds,
  reversals,
  voucherCancellations,
  vouchers,
} from '../../../db/schema/index.ts';
import { rootColumns } from '../../money/accounts/account-columns.ts';
import { spansOwed } from '../../money/accounts/segment-spans.ts';

const listed = sql`(SELECT value FROM json_each(${sql.placeholder('ids')}))`;

/** Root accounts after a place and up to another, by id, also those that an import took back. */
export const listRootPage = query((db) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(
      and(
        eq(accounts.id, accounts.rootId),
        sql`${accounts.id} > ${sql.placeholder('after')}`,
        sql`${accounts.id} <= coalesce(${sql.placeholder('upTo')}, ${accounts.id})`,
      ),
    )
    .orderBy(asc(accounts.id))
    .limit(sql.placeholder('limit')),
);

/** Of all root accounts by id, the last of every so many. */
export const listSpanEnds = query((db) =>
  db
    .select({ id: sql<string>`id` })
    .from(
      sql`(SELECT id, row_number() OVER (ORDER BY id) AS place FROM accounts WHERE id = root_id) AS placed`,
    )
    .where(sql`place % ${sql.placeholder('size')} = 0`)
    .orderBy(sql`id`),
);

/** What every query below is asked for: some root accounts. `ids` is a JSON array. */
export const listRoots = query((db) =>
  db.select(rootColumns).from(accounts).where(sql`${accounts.id} IN ${listed}`),
);

export const listEntries = query((db) =>
  db
    .select()
    .from(ledger)
    .where(sql`${ledger.accountId} IN ${listed}`)
    .orderBy(asc(ledger.accountId), asc(ledger.seq)),
);

export const listSpend = query((db) =>
  db.select().from(accountSpend).where(sql`${accountSpend.rootId} IN ${listed}`),
);

const lineColumns = {
  position: orderLines.position,
  lineId: orderLines.lineId,
  sku: orderLines.sku,
  product: orderLines.product,
  category: orderLines.category,
  totalMinor: orderLines.totalMinor,
  discountMinor: orderLines.discountMinor,
  refundedMinor: orderLines.refundedMinor,
  isGiftCard: orderLines.isGiftCard,
};

const eventColumns = {
  source: orderEvents.source,
  eventId: orderEvents.eventId,
  status: orderEvents.status,
  at: orderEvents.at,
  atOn: orderEvents.atOn,
};

/** The orders of some root accounts in no certain order, with their lines and events; only what is checked. */
export const listOrdersWithParts = query((db) =>
  db
    .select({
      id: orders.id,
      rootId: orders.rootId,
      accountId: orders.accountId,
      source: orders.source,
      number: orders.number,
      placedAt: orders.placedAt,
      placedOn: orders.placedOn,
      currency: orders.currency,
      totalMinor: orders.totalMinor,
      discountMinor: orders.discountMinor,
      refundedMinor: orders.refundedMinor,
      shippingMinor: orders.shippingMinor,
      taxMinor: orders.taxMinor,
      lineCount: orders.lineCount,
      firstProduct: orders.firstProduct,
      status: orders.status,
      statusAt: orders.statusAt,
      statusOn: orders.statusOn,
      deliveredAt: orders.deliveredAt,
      deliveredOn: orders.deliveredOn,
      isCancelled: orders.isCancelled,
      isHeld: orders.isHeld,
      lines: rowsWithin(lineColumns, sql`${orderLines} WHERE ${orderLines.orderId} = ${orders.id}`),
      events: rowsWithin(eventColumns, sql`${orderEvents} WHERE ${orderEvents.orderId} = ${orders.id}`),
    })
    .from(accounts)
    .innerJoin(orders, eq(orders.rootId, accounts.id))
    .where(sql`${accounts.id} IN ${listed}`),
);

const isOfOrders = (orderId: unknown) =>
  sql`${orderId} IN (SELECT id FROM orders WHERE root_id IN ${listed})`;

/** What was given back, line by line, each with its refund's time. */
export const listRefundedLines = query((db) =>
  db
    .select({
      orderId: refunds.orderId,
      refundId: refunds.refundId,
      at: refunds.at,
      atOn: refunds.atOn,
      lineId: refundLines.lineId,
      amountMinor: refundLines.amountMinor,
    })
    .from(refunds)
    .leftJoin(
      refundLines,
      and(eq(refundLines.orderId, refunds.orderId), eq(refundLines.refundId, refunds.refundId)),
    )
    .where(isOfOrders(refunds.orderId))
    .orderBy(asc(refunds.orderId), asc(refunds.at), asc(refunds.refundId)),
);

export const countHistory = query((db) =>
  db
    .select({
      accountId: history.accountId,
      rows: sql<bigint>`count(*)`,
      first: sql<bigint>`min(seq)`,
      last: sql<bigint>`max(seq)`,
    })
    .from(history)
    .where(sql`${history.accountId} IN ${listed}`)
    .groupBy(history.accountId),
);

export const listRedemptions = query((db) =>
  db.select().from(redemptions).where(sql`${redemptions.accountId} IN ${listed}`),
);

export const listReversals = query((db) =>
  db
    .select()
    .from(reversals)
    .where(sql`${reversals.redemptionId} IN (SELECT id FROM redemptions WHERE account_id IN ${listed})`),
);

export const listVouchers = query((db) =>
  db.select().from(vouchers).where(sql`${vouchers.accountId} IN ${listed}`),
);

export const listCancellations = query((db) =>
  db
    .select()
    .from(voucherCancellations)
    .where(sql`${voucherCancellations.code} IN (SELECT code FROM vouchers WHERE account_id IN ${listed})`),
);

export const listAdjustments = query((db) =>
  db
    .select()
    .from(adjustments)
    .where(
      sql`${adjustments.id} IN (SELECT cause FROM ledger WHERE account_id IN ${listed} AND kind = 'adjust')`,
    ),
);

/** The times in the club and in segments that rules are for, of accounts that ever were in any, as kept and as dated rows say. */
export const listClubSpans = query((db) =>
  db
    .select({
      accountId: accounts.id,
      kept: sql<string>`coalesce(${accounts.clubSpans}, '[]')`,
      owed: clubSpansOwed,
      segmentsKept: sql<string>`coalesce(${accounts.segmentSpans}, '[]')`,
      segmentsOwed: sql<string>`coalesce(${spansOwed(sql`accounts.id`)}, '[]')`,
    })
    .from(accounts)
    .where(
      sql`${accounts.id} IN ${listed} AND (club_spans IS NOT NULL OR segment_spans IS NOT NULL
        OR EXISTS (SELECT 1 FROM audience_entries WHERE account_id = ${accounts.id})
        OR EXISTS (SELECT 1 FROM customer_merges WHERE survivor_root_id = ${accounts.id})
        OR EXISTS (SELECT 1 FROM club_memberships WHERE account_id = ${accounts.id}))`,
    ),
);

const clubSpansOwed = sql<string>`(SELECT json_group_array(json_array(since, until)) FROM (
  SELECT m.since, e.until FROM club_memberships m LEFT JOIN club_endings e ON e.membership_id = m.id
  WHERE m.account_id = accounts.id ORDER BY m.at, m.id))`;

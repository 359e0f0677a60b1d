import { asc, eq, sql } from 'drizzle-orm';
import { query, rowsWithin } from '../../../db/query.ts';
import { accounts, orderLines, orders } from '../../../db/schema/index.ts';
import { spansOf } from '../accounts/segment-spans.ts';

const lineColumns = {
  lineId: orderLines.lineId,
  sku: orderLines.sku,
  category: orderLines.category,
  totalMinor: orderLines.totalMinor,
  discountMinor: orderLines.discountMinor,
  refundedMinor: orderLines.refundedMinor,
  isGiftCard: orderLines.isGiftCard,
};

/**
 * The orders of all root accounts behind a place, account by account in the order in which they count, as far as rules
 * look at them: state and refunds as they are kept.
 */
export const listPlaced = query((db) =>
  db
    .select({
      id: orders.id,
      rootId: orders.rootId,
      placedAt: orders.placedAt,
      number: orders.number,
      source: orders.source,
      placedOn: orders.placedOn,
      currency: orders.currency,
      isCancelled: orders.isCancelled,
      isHeld: orders.isHeld,
      shippingMinor: orders.shippingMinor,
      taxMinor: orders.taxMinor,
      firstPlacedAt: accounts.firstPlacedAt,
      signedUpAt: accounts.signedUpAt,
      clubSpans: accounts.clubSpans,
      /** Of all segments, where they are asked for: a draft may be for one that no rule is for yet. */
      segmentSpans: sql<
        string | null
      >`CASE WHEN ${sql.placeholder('withSegments')} THEN ${spansOf(sql`${accounts.id}`)} END`,
      lines: rowsWithin(lineColumns, sql`${orderLines} WHERE ${orderLines.orderId} = ${orders.id}`),
    })
    .from(orders)
    .innerJoin(accounts, eq(accounts.id, orders.rootId))
    .where(
      sql`(${orders.rootId}, ${orders.placedAt}, ${orders.number}, ${orders.source}) >
        (${sql.placeholder('rootId')}, ${sql.placeholder('placedAt')}, ${sql.placeholder('number')}, ${sql.placeholder('source')})`,
    )
    .orderBy(asc(orders.rootId), asc(orders.placedAt), asc(orders.number), asc(orders.source))
    .limit(sql.placeholder('limit')),
);

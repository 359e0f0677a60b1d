import { compareBytes } from '../../ground/platform/compare.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import { type SaleRow, unpackSale } from '../../money/orders/waiting/sale.ts';
import type { listOrderPage } from './order-queries.ts';

export type SaleOrderRow = Awaited<ReturnType<typeof listOrderPage>>[number];
export type LineRow = SaleOrderRow['lines'][number];
export type SaleEventRow = SaleOrderRow['events'][number];

/** What comes first of two lists that are sorted by business key, each cut off at `limit`. */
export function firstByKey<Sale extends SaleRow>(
  orders: readonly SaleOrderRow[],
  sales: readonly Sale[],
  limit: number,
): (SaleOrderRow | Sale)[] {
  if (sales.length === 0) return [...orders];
  const byKey = (a: SaleOrderRow | Sale, b: SaleOrderRow | Sale) =>
    compareBytes(a.source, b.source) || compareBytes(a.number, b.number);
  return [...orders, ...sales].sort(byKey).slice(0, limit);
}

/** A sale of nobody as an order whose customer is empty. */
export function orderOfSale(row: SaleRow): SaleOrderRow {
  const { order, customerName, account, department } = unpackSale(row);
  const state = stateOf(order);
  return {
    ...order,
    ...{ email: null, key: null, customerName, rootName: account ?? '', accountName: department ?? '' },
    accountKind: department !== null ? 'department' : account !== null ? 'shared' : 'personal',
    placedAt: order.placedAt.at,
    placedOn: order.placedAt.day,
    deliveredAt: state.deliveredAt?.at ?? null,
    deliveredOn: state.deliveredAt?.day ?? null,
    isCancelled: state.isCancelled,
    isHeld: state.isHeld,
    lines: order.lines.map((line) => ({
      ...line,
      refundedMinor: state.refundedByLine.get(line.lineId) ?? 0n,
    })),
    events: order.events.map(({ at, ...event }) => ({ ...event, at: at.at, atOn: at.day })),
  };
}

import { stateOf } from '../orders/order-state.ts';
import { type SaleRow, unpackSale } from '../orders/waiting/sale.ts';
import type { listOrderPage } from './order-queries.ts';

export type OrderRow = Awaited<ReturnType<typeof listOrderPage>>[number];
export type LineRow = OrderRow['lines'][number];
export type EventRow = OrderRow['events'][number];

/** What comes first of two lists that are sorted by business key, each cut off at `limit`. */
export function firstByKey<Sale extends SaleRow>(
  orders: readonly OrderRow[],
  sales: readonly Sale[],
  limit: number,
): (OrderRow | Sale)[] {
  if (sales.length === 0) return [...orders];
  const byKey = (a: OrderRow | Sale, b: OrderRow | Sale) =>
    compareText(a.source, b.source) || compareText(a.number, b.number);
  return [...orders, ...sales].sort(byKey).slice(0, limit);
}

/** A sale of nobody as an order whose customer is empty. */
export function orderOfSale(row: SaleRow): OrderRow {
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

/** As the database sorts: by the bytes of UTF-8. */
function compareText(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}

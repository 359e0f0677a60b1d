import { compare } from '../../ground/platform/compare.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import type { OrderEvent, OrderLine, Refund } from '../../money/orders/order.ts';
import type { CountedParts, OrderParts } from '../../money/orders/order-state.ts';
import { eventStatuses } from '../../money/orders/statuses.ts';
import type { listOrdersWithParts, listRefundedLines } from './queries.ts';

export type CheckedOrderRow = Awaited<ReturnType<typeof listOrdersWithParts>>[number];
export type RefundedRow = Awaited<ReturnType<typeof listRefundedLines>>[number];

/** An order as far as anything follows from it. */
export type CheckedOrder = CountedParts & OrderParts & { lines: readonly Pick<OrderLine, 'product'>[] };

export function orderOf(row: CheckedOrderRow, refunded: readonly RefundedRow[]): CheckedOrder {
  return {
    id: row.id,
    source: row.source,
    number: row.number,
    placedAt: momentOf(row.placedAt, row.placedOn),
    currency: row.currency,
    shippingMinor: row.shippingMinor,
    taxMinor: row.taxMinor,
    lines: inSequence(row.lines, (left, right) => left.position - right.position),
    events: inSequence(row.events, byTimeAndName).flatMap(eventOf),
    refunds: refunded.length === 0 ? [] : refundsOf(refunded),
  };
}

/** Rows within a row come in no certain order; mostly there is one, or they are in theirs already. */
function inSequence<Item>(items: Item[], compare: (left: Item, right: Item) => number): Item[] {
  return items.length < 2 ? items : items.sort(compare);
}

type EventRow = CheckedOrderRow['events'][number];

function byTimeAndName(left: EventRow, right: EventRow): number {
  return left.at - right.at || compare(left.source, right.source) || compare(left.eventId, right.eventId);
}

function eventOf(row: EventRow): Pick<OrderEvent, 'status' | 'at'>[] {
  const status = eventStatuses.find((known) => known === row.status);
  return status === undefined ? [] : [{ status, at: momentOf(row.at, row.atOn) }];
}

function refundsOf(rows: readonly RefundedRow[]): Pick<Refund, 'at' | 'lines'>[] {
  return [...Map.groupBy(rows, ({ refundId }) => refundId).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const lines = own.flatMap(({ lineId, amountMinor }) =>
      lineId === null || amountMinor === null ? [] : [{ lineId, amountMinor }],
    );
    return [{ at: momentOf(first.at, first.atOn), lines }];
  });
}

function momentOf(at: number, day: string | null): Moment {
  return { at, day };
}

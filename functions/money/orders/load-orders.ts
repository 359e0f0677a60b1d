import type { Store } from '../../../db/store.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import { listOrdersByKey } from './find-order-rows.ts';
import type { Order, OrderEvent, OrderLine, Refund } from './order.ts';
import { listEvents, listLines, listOrdersOfRoots, listRefundLines, listRefunds } from './queries.ts';
import { eventStatuses } from './statuses.ts';

/** A business key as one text, for maps. */
export function orderKey(order: { source: string; number: string }): string {
  return JSON.stringify([order.source, order.number]);
}

/** Orders whole, by `orderKey`; those that are not kept are left out. */
export async function loadOrders(
  db: Store,
  keys: readonly { source: string; number: string }[],
): Promise<Map<string, Order>> {
  if (keys.length === 0) return new Map();
  const rows = await listOrdersByKey(db, {
    keys: JSON.stringify(keys.map(({ source, number }) => [source, number])),
  });
  const orders = await completeOrders(db, rows);
  return new Map(orders.map((order) => [orderKey(order), order]));
}

/** All orders of some root accounts whole, in the order in which they count. */
export async function loadOrdersOfRoots(db: Store, rootIds: readonly string[]): Promise<Order[]> {
  return completeOrders(db, await listOrdersOfRoots(db, { ids: JSON.stringify(rootIds) }));
}

/** The columns of an order that do not follow from its lines, events and refunds. */
export type OrderRow = Pick<
  Awaited<ReturnType<typeof listOrdersByKey>>[number],
  | 'id'
  | 'source'
  | 'number'
  | 'accountId'
  | 'rootId'
  | 'customerId'
  | 'placedAt'
  | 'placedOn'
  | 'currency'
  | 'shippingMinor'
  | 'taxMinor'
  | 'taxIncludedMinor'
  | 'promisedBy'
  | 'importId'
  | 'recordedAt'
>;

/** Adds lines, events and refunds to order rows; none of them has refunds when `hasRefunds` is false. */
export async function completeOrders(
  db: Store,
  rows: readonly OrderRow[],
  { hasRefunds = true } = {},
): Promise<Order[]> {
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const [lines, events, refunds, refundLines] = await Promise.all([
    listLines(db, { ids }),
    listEvents(db, { ids }),
    hasRefunds ? listRefunds(db, { ids }) : [],
    hasRefunds ? listRefundLines(db, { ids }) : [],
  ]);
  const linesOf = Map.groupBy(lines, (row) => row.orderId);
  const eventsOf = Map.groupBy(events, (row) => row.orderId);
  const refundsOf = Map.groupBy(refunds, (row) => row.orderId);
  const refundLinesOf = Map.groupBy(refundLines, (row) => `${row.orderId} ${row.refundId}`);
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    number: row.number,
    accountId: row.accountId,
    rootId: row.rootId,
    customerId: row.customerId,
    placedAt: { at: row.placedAt, day: row.placedOn },
    currency: row.currency,
    shippingMinor: row.shippingMinor,
    taxMinor: row.taxMinor,
    taxIncludedMinor: row.taxIncludedMinor,
    promisedBy: row.promisedBy,
    importId: row.importId,
    recordedAt: row.recordedAt,
    lines: (linesOf.get(row.id) ?? []).map(
      (line): OrderLine => ({
        lineId: line.lineId,
        sku: line.sku,
        product: line.product,
        category: line.category,
        quantityMilli: line.quantityMilli,
        totalMinor: line.totalMinor,
        discountMinor: line.discountMinor,
        isGiftCard: line.isGiftCard,
      }),
    ),
    events: (eventsOf.get(row.id) ?? []).flatMap((event): OrderEvent[] => {
      const status = eventStatuses.find((known) => known === event.status);
      if (status === undefined) return [];
      return [{ ...pick(event), status, at: momentOf(event.at, event.atOn) }];
    }),
    refunds: (refundsOf.get(row.id) ?? []).map(
      (refund): Refund => ({
        refundId: refund.refundId,
        at: momentOf(refund.at, refund.atOn),
        reason: refund.reason,
        lines: (refundLinesOf.get(`${row.id} ${refund.refundId}`) ?? []).map(({ lineId, amountMinor }) => ({
          lineId,
          amountMinor,
        })),
      }),
    ),
  }));
}

function momentOf(at: number, day: string | null): Moment {
  return { at, day };
}

function pick(event: Awaited<ReturnType<typeof listEvents>>[number]) {
  const { source, eventId, note, carrier, trackingNumber, trackingUrl, parcel } = event;
  return { source, eventId, note, carrier, trackingNumber, trackingUrl, parcel };
}

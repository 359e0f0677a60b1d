import { isRefundedWhole, type OrderState } from './order-state.ts';

/** What of an order tells whether goods are still to come by a promised day. */
type Awaited = Pick<OrderState, 'isCancelled' | 'totalMinor' | 'discountMinor' | 'refundedMinor'> & {
  promisedBy: string | null;
  deliveredAt: unknown;
};

/** Whether nothing will come any more: an order that was cancelled, or given back whole before it was there, on hold or not. */
export const isOver = (order: Omit<Awaited, 'promisedBy'>): boolean =>
  order.isCancelled || (order.deliveredAt === null && isRefundedWhole(order));

/** Whether the promised day of an order is over while its goods are still to come. */
export function isLate(order: Awaited, today: string): boolean {
  const { promisedBy, deliveredAt } = order;
  return promisedBy !== null && promisedBy < today && deliveredAt === null && !isOver(order);
}

/** In SQL whether all that was paid for the goods of an order was given back; its columns stand behind `of`. */
export const refundedWhole = (of = ''): string =>
  `(${of}refunded_minor > 0 AND ${of}refunded_minor = ${of}total_minor - ${of}discount_minor)`;

/** In SQL when an order was first ready for pickup, which keeps its promised day; null for never. */
export const readyAt = (of: string): string =>
  `(SELECT min(r.at) FROM order_events AS r WHERE r.order_id = ${of}id AND r.status = 'ready_for_pickup')`;

/** In SQL what {@link isLate} says but for the day: the first three are those of the index `orders_awaited`. */
export const awaited = `promised_by IS NOT NULL AND delivered_at IS NULL AND is_cancelled = 0 AND NOT ${refundedWhole()}`;

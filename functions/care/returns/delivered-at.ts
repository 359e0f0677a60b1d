import type { Moment } from '../../ground/platform/moment.ts';
import type { OrderEvent } from '../../money/orders/order.ts';

/** States of a parcel on its way; what comes back has parcels, too. */
const underWay: readonly OrderEvent['status'][] = [
  'packed',
  'shipped',
  'out_for_delivery',
  'ready_for_pickup',
  'delivery_failed',
  'delayed',
  'delivered',
];

/**
 * When all of an order had come: with the last of its parcels, each counted from when it came first. A delivery told of no
 * parcel speaks for those of which nothing was told after it. Null while any is under way.
 */
export function deliveredWhole(
  events: readonly Pick<OrderEvent, 'status' | 'at' | 'parcel'>[],
): Moment | null {
  const told = events.filter(({ status }) => underWay.includes(status));
  const byParcel = Map.groupBy(told, ({ parcel }) => parcel);
  const whole = firstDelivery(byParcel.get(null) ?? []);
  byParcel.delete(null);
  if (byParcel.size === 0) return whole;
  let last: Moment | null = null;
  for (const own of byParcel.values()) {
    const isSettled = whole !== null && own.every(({ at }) => at.at <= whole.at);
    const came = firstDelivery(own) ?? (isSettled ? whole : null);
    if (came === null) return null;
    if (last === null || came.at > last.at) last = came;
  }
  return last;
}

function firstDelivery(events: readonly Pick<OrderEvent, 'status' | 'at'>[]): Moment | null {
  const deliveries = events.filter(({ status }) => status === 'delivered').map(({ at }) => at);
  return deliveries.toSorted((left, right) => left.at - right.at)[0] ?? null;
}

import type { Order, OrderEvent } from '../../money/orders/order.ts';
import { latestOf, refundStates } from '../../money/orders/order-state.ts';
import type { OrderEventView, ParcelView } from './order-types.ts';

/**
 * An order's events by parcel, and those of the order itself with what was refunded; every event is in exactly one list,
 * oldest first.
 */
export interface Journey {
  parcels: ParcelView[];
  timeline: OrderEventView[];
  /** Of several parcels, how many have not arrived. */
  parcelsUnderWay: number;
}

/** What happens to goods on their way, so that it belongs to the parcel even when the source names none. */
const onTheWay: readonly string[] = [
  'packed',
  'shipped',
  'out_for_delivery',
  'delivered',
  'ready_for_pickup',
  'delivery_failed',
  'delayed',
];

/** Sorts events into parcels. While none is named, everything on the way is one parcel without a name. */
export function journeyOf(
  { events, refunds }: Pick<Order, 'events' | 'refunds'>,
  { isRefunded }: { isRefunded: boolean },
): Journey {
  const back = refundStates({ refunds }, isRefunded).map((one) => ({ ...one, note: null, source: '' }));
  const oldestFirst = events.toSorted((a, b) => a.at.at - b.at.at);
  const isAnyNamed = events.some(({ parcel }) => parcel !== null);
  const isOfParcel = (event: OrderEvent) =>
    event.parcel !== null ||
    event.carrier !== null ||
    event.trackingNumber !== null ||
    (!isAnyNamed && onTheWay.includes(event.status));
  const byName = Map.groupBy(oldestFirst.filter(isOfParcel), ({ parcel }) => parcel);
  const parcels = [...byName].map(([name, own]) => parcelOf(name, own));
  return {
    parcels,
    parcelsUnderWay:
      parcels.length > 1
        ? parcels.filter(({ status }) => onTheWay.includes(status) && status !== 'delivered').length
        : 0,
    timeline: [...oldestFirst.filter((event) => !isOfParcel(event)).map(eventView), ...back].sort(
      (a, b) => a.at.at - b.at.at,
    ),
  };
}

function parcelOf(name: string | null, events: readonly OrderEvent[]): ParcelView {
  const latest = latestOf(events);
  const newest = (field: 'carrier' | 'trackingNumber' | 'trackingUrl') =>
    events.findLast((event) => event[field] !== null)?.[field] ?? null;
  return {
    name,
    carrier: newest('carrier'),
    trackingNumber: newest('trackingNumber'),
    trackingUrl: newest('trackingUrl'),
    status: latest?.status ?? 'placed',
    statusAt: latest?.at ?? { at: 0, day: null },
    deliveredAt: events.find(({ status }) => status === 'delivered')?.at ?? null,
    promise: null,
    events: events.map(eventView),
  };
}

function eventView({ status, at, note, source }: OrderEvent): OrderEventView {
  return { status, at, note, source };
}

/** Parcels with how the promised day went for each; those that are late come first. */
export function withPromises(
  parcels: readonly ParcelView[],
  promiseFor: (deliveredAt: ParcelView['deliveredAt']) => ParcelView['promise'],
): ParcelView[] {
  const told = parcels.map((parcel) => ({ ...parcel, promise: promiseFor(parcel.deliveredAt) }));
  return told.toSorted((a, b) => Number(b.promise === 'late') - Number(a.promise === 'late'));
}

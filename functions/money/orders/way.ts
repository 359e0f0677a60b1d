import { isOver } from './late.ts';
import type { OrderEvent } from './order.ts';
import type { OrderState } from './order-state.ts';
import { type EventStatus, eventStatuses, type OrderStatus } from './statuses.ts';

/** How far along each state is; holds and cancellations stand nowhere on the way. */
const places: Partial<Record<OrderStatus, number>> = {
  ...{ placed: 0, confirmed: 1, packed: 2, shipped: 3 },
  ...{ out_for_delivery: 4, ready_for_pickup: 4, delayed: 4, delivery_failed: 4 },
  ...{ delivered: 5, return_requested: 6, return_approved: 7, return_refused: 7, returned: 8 },
};

/** What went wrong on the way is no step of it: goods that were late can still be sent. */
const asides: readonly OrderStatus[] = ['delayed', 'delivery_failed'];

const follows: Partial<Record<OrderStatus, EventStatus>> = {
  ...{ placed: 'confirmed', confirmed: 'packed', packed: 'shipped', shipped: 'out_for_delivery' },
  ...{ out_for_delivery: 'delivered', ready_for_pickup: 'delivered', delivery_failed: 'out_for_delivery' },
  ...{ return_requested: 'return_approved', return_approved: 'returned' },
};

type Told = Pick<OrderEvent, 'status' | 'parcel'>;

/** The state that most likely comes next; null where none does, while the order is on hold, and once it is over. */
export function likelyNext(state: OrderState, events: readonly Told[]): EventStatus | null {
  if (state.isHeld || isOver(state)) return null;
  const isAside = state.status === 'delayed' || state.status === 'released';
  return follows[isAside ? furthestOf(events) : state.status] ?? null;
}

/**
 * Whether a state lies behind one that was told already: of its own parcel where it names one, since each goes its own
 * way, and of the whole order otherwise.
 */
export function isStepBack(events: readonly Told[], { status, parcel }: Told): boolean {
  const place = places[status];
  if (place === undefined) return false;
  const own = parcel === null ? events : events.filter((one) => one.parcel === parcel);
  return place < (places[furthestOf(own)] ?? 0);
}

/** The states that would be a step back for an order. */
export const stepsBack = (events: readonly Told[]): EventStatus[] =>
  eventStatuses.filter((status) => isStepBack(events, { status, parcel: null }));

function furthestOf(events: readonly Told[]): OrderStatus {
  const steps = events.filter(({ status }) => !asides.includes(status));
  return steps.reduce<OrderStatus>(
    (furthest, { status }) => ((places[status] ?? -1) > (places[furthest] ?? 0) ? status : furthest),
    'placed',
  );
}

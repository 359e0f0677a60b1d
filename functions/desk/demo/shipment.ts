import { DAY_MS, HOUR_MS } from '../../ground/platform/calendar.ts';
import type { OrderEvent } from '../../money/orders/order.ts';
import type { EventStatus } from '../../money/orders/statuses.ts';
import type { Random } from './random.ts';

const MINUTE_MS = 60_000;

/** How an order fares; what is left out goes smoothly. */
export type Fate =
  | 'delivered'
  | 'delayed'
  | 'failed-once'
  | 'two-parcels'
  | 'pickup'
  | 'held'
  | 'cancelled'
  | 'returned'
  | 'return-refused';

interface Step {
  status: EventStatus;
  at: number;
  note?: string;
  parcel?: string;
}

/** Everything that happens to a web order placed at `placedAt`, in the order of time, also what lies ahead. */
export function shipmentOf(
  order: { number: string; placedAt: number },
  fate: Fate,
  random: Random,
): OrderEvent[] {
  return stepsOf(order.placedAt, fate, random).map((step, index) => eventOf(order, step, index));
}

/** At the till an order is handed over at once. */
export function handedOver(order: { number: string; placedAt: number }): OrderEvent[] {
  return [eventOf(order, { status: 'delivered', at: order.placedAt }, 0, 'till')];
}

function stepsOf(placedAt: number, fate: Fate, random: Random): Step[] {
  const steps: Step[] = [{ status: 'placed', at: placedAt }];
  let at = placedAt;
  const add = (status: EventStatus, after_ms: number, more: Pick<Step, 'note' | 'parcel'> = {}) => {
    at += after_ms;
    steps.push({ status, at, ...more });
  };
  const minutes = (from: number, to: number) => random.between(from, to) * MINUTE_MS;
  add('confirmed', minutes(2, 40));
  if (fate === 'cancelled') {
    add('cancelled', minutes(60, 900), { note: 'Cancelled at the customer’s wish' });
    return steps;
  }
  if (fate === 'held') {
    add('on_hold', minutes(30, 120), { note: 'We are checking the delivery address' });
    add('released', minutes(600, 1500));
  }
  add('packed', minutes(180, 1500));
  if (fate === 'pickup') {
    add('ready_for_pickup', minutes(30, 180), { note: '14 Tanner Yard, behind the green door' });
    add('delivered', minutes(1800, 3600), { note: 'Collected' });
    return steps;
  }
  const parcel = fate === 'two-parcels' ? { parcel: '1' } : {};
  add('shipped', minutes(120, 420), parcel);
  if (fate === 'delayed')
    add('delayed', DAY_MS, { note: 'The van broke down; your parcel travels on tomorrow' });
  add(
    'out_for_delivery',
    (fate === 'delayed' ? random.between(2, 4) : random.between(1, 2)) * DAY_MS,
    parcel,
  );
  if (fate === 'failed-once') {
    add('delivery_failed', minutes(120, 300), { note: 'Nobody was at home' });
    add('out_for_delivery', 22 * HOUR_MS);
  }
  add('delivered', minutes(90, 420), parcel);
  if (fate === 'two-parcels') {
    steps.push({ status: 'shipped', at: at - DAY_MS, parcel: '2' });
    steps.push({ status: 'out_for_delivery', at: at + 20 * HOUR_MS, parcel: '2' });
    steps.push({ status: 'delivered', at: at + 25 * HOUR_MS, parcel: '2' });
  }
  if (fate === 'returned' || fate === 'return-refused') {
    add('return_requested', random.between(2, 9) * DAY_MS, { note: 'Not what I hoped for' });
    if (fate === 'return-refused') add('return_refused', DAY_MS, { note: 'Opened bags cannot come back' });
    else {
      add('return_approved', 5 * HOUR_MS);
      add('returned', random.between(3, 6) * DAY_MS);
    }
  }
  return steps.sort((a, b) => a.at - b.at);
}

/** The carrier tells what is under way, the shop the rest. */
const carrierTells: readonly EventStatus[] = [
  'shipped',
  'delayed',
  'out_for_delivery',
  'delivery_failed',
  'delivered',
];

function eventOf(
  order: { number: string; placedAt: number },
  { status, at, note, parcel }: Step,
  index: number,
  place: 'web' | 'till' = 'web',
): OrderEvent {
  const isCarried = place === 'web' && carrierTells.includes(status) && note !== 'Collected';
  const tracking = `SW${order.number.replace(/\D/g, '')}${parcel ?? ''}GB`;
  return {
    source: isCarried ? 'swallow-post' : place,
    eventId: `${order.number}-${index + 1}`,
    status,
    at: { at, day: null },
    note: note ?? null,
    carrier: isCarried ? 'Swallow Post' : null,
    trackingNumber: isCarried ? tracking : null,
    trackingUrl: isCarried ? `https://track.swallowpost.example/${tracking}` : null,
    parcel: parcel ?? null,
  };
}

import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { OrderDraft, OrderLine } from '../../money/orders/order.ts';
import { goods } from './goods.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';
import { type Fate, handedOver, shipmentOf } from './shipment.ts';

/** Money back on an order, told at its own time. */
export interface DemoRefund {
  at: number;
  reason: string;
  lines: { line: string; amount: bigint }[];
}

/** An order with all that will ever happen to it; what lies ahead of the present is left out when it is written. */
export interface DemoOrder extends OrderDraft {
  email: string;
  refund: DemoRefund | null;
}

/** What matters about an order; the rest follows. */
export interface OrderSketch {
  by: Person;
  placedAt: number;
  lines: readonly OrderLine[];
  source?: 'web' | 'till';
  fate?: Fate;
  account?: string;
  department?: string;
  currency?: string;
  /** Days until it is promised; null promises nothing. */
  promisedDays?: number | null;
  refund?: DemoRefund;
}

export const demoTimeZone = 'Europe/London';

const SHIPPING = 395n;
const FREE_FROM = 4500n;

/** Numbers the sketches by the time they were placed and tells their whole fate. */
export function ordersOf(sketches: readonly OrderSketch[], random: Random): DemoOrder[] {
  return sketches
    .toSorted((a, b) => a.placedAt - b.placedAt)
    .map((sketch, index) => orderOf(sketch, index + 1, random));
}

function orderOf(sketch: OrderSketch, count: number, random: Random): DemoOrder {
  const { by, placedAt, lines, source = 'web', fate = 'delivered' } = sketch;
  const number = source === 'till' ? `T-${20_000 + count}` : `FK-${10_000 + count}`;
  const key = { number, placedAt };
  const events = source === 'till' ? handedOver(key) : shipmentOf(key, fate, random);
  const isSent = source === 'web' && fate !== 'pickup';
  const promisedDays = sketch.promisedDays === undefined ? 4 : sketch.promisedDays;
  const returned = events.find(({ status }) => status === 'returned');
  return {
    source,
    number,
    placedAt: { at: placedAt, day: null },
    currency: sketch.currency ?? 'GBP',
    email: by.email,
    buyer: { kind: 'email', email: by.email, key: null },
    customerName: by.name,
    account: sketch.account ?? null,
    department: sketch.department ?? null,
    lines,
    shippingMinor: isSent ? (priceOf(lines) >= FREE_FROM ? 0n : SHIPPING) : null,
    taxMinor: taxOf(lines),
    taxIncludedMinor: null,
    promisedBy: isSent && promisedDays !== null ? addDays(dayOf(placedAt, demoTimeZone), promisedDays) : null,
    events,
    refundedByLine: null,
    isRefundShared: false,
    cancelledGoods: [],
    refunds: [],
    leftByLine: null,
    refund: sketch.refund ?? (returned === undefined ? null : wholeRefund(lines, returned.at.at)),
  };
}

/** All of it back, a day after it came in. */
function wholeRefund(lines: readonly OrderLine[], returnedAt: number): DemoRefund {
  return {
    at: returnedAt + DAY_MS,
    reason: 'Sent back',
    lines: lines.map(({ lineId, totalMinor, discountMinor }) => ({
      line: lineId,
      amount: totalMinor - discountMinor,
    })),
  };
}

function priceOf(lines: readonly OrderLine[]): bigint {
  return lines.reduce((sum, { totalMinor, discountMinor }) => sum + totalMinor - discountMinor, 0n);
}

/** A fifth on what is not food; nothing is owed on coffee and tea. */
function taxOf(lines: readonly OrderLine[]): bigint {
  return priceOf(lines.filter(({ category }) => category === goods.mug.category)) / 5n;
}

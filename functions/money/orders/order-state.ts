import type { Moment } from '../../ground/platform/moment.ts';
import type { OrderFacts } from '../rewards/types.ts';
import type { Order, OrderEvent, OrderLine, Refund } from './order.ts';
import { type OrderStatus, orderStatuses } from './statuses.ts';

/** What follows from an order's lines, events and refunds, whatever the sequence in which they arrived. */
export interface OrderState {
  totalMinor: bigint;
  discountMinor: bigint;
  refundedMinor: bigint;
  refundedByLine: ReadonlyMap<string, bigint>;
  status: OrderStatus;
  statusAt: Moment;
  /** The earliest delivery told. */
  deliveredAt: Moment | null;
  isCancelled: boolean;
  isHeld: boolean;
}

/** What an order's state follows from. */
export interface OrderParts {
  placedAt: Moment;
  lines: readonly Pick<OrderLine, 'totalMinor' | 'discountMinor'>[];
  events: readonly ToldStatus[];
  refunds: readonly Pick<Refund, 'at' | 'lines'>[];
}

type ToldStatus = Pick<OrderEvent, 'status' | 'at'>;

/** What is counted of an order follows from this and from its state. */
export type CountedParts = Pick<
  Order,
  'id' | 'source' | 'number' | 'placedAt' | 'currency' | 'shippingMinor' | 'taxMinor'
> & {
  lines: readonly Pick<
    OrderLine,
    'lineId' | 'sku' | 'category' | 'totalMinor' | 'discountMinor' | 'isGiftCard'
  >[];
};

/** Derives an order's state (DOMAIN §3): the latest by time, ties by the order of the states. */
export function stateOf(order: OrderParts): OrderState {
  const refundedByLine = refundsByLine(order.refunds);
  const totalMinor = sum(order.lines.map((line) => line.totalMinor));
  const discountMinor = sum(order.lines.map((line) => line.discountMinor));
  const refundedMinor = sum([...refundedByLine.values()]);
  const latest = latestOf([
    ...order.events,
    ...refundStates(order, refundedMinor === totalMinor - discountMinor),
  ]);
  return {
    totalMinor,
    discountMinor,
    refundedMinor,
    refundedByLine,
    status: latest?.status ?? 'placed',
    statusAt: latest?.at ?? order.placedAt,
    deliveredAt: earliestDelivery(order.events),
    isCancelled: order.events.some((event) => event.status === 'cancelled'),
    isHeld: latestOf(order.events.filter(isHoldOrRelease))?.status === 'on_hold',
  };
}

/** The order as the rewards core counts it. */
export function factsOf(order: CountedParts, state: OrderState, voucherPaid: bigint): OrderFacts {
  return {
    id: order.id,
    source: order.source,
    number: order.number,
    placedAt: order.placedAt.at,
    currency: order.currency,
    isCancelled: state.isCancelled,
    isHeld: state.isHeld,
    deliveredAt: state.deliveredAt?.at ?? null,
    shipping: order.shippingMinor ?? 0n,
    tax: order.taxMinor ?? 0n,
    voucherPaid,
    lines: order.lines.map((line) => ({
      id: line.lineId,
      sku: line.sku,
      category: line.category,
      total: line.totalMinor,
      discount: line.discountMinor,
      refunded: state.refundedByLine.get(line.lineId) ?? 0n,
      isGiftCard: line.isGiftCard,
    })),
  };
}

/** Σ(total − discount − refunds), 0 when cancelled: what `balances` calls spend. */
export function spendOf(state: OrderState): bigint {
  return state.isCancelled ? 0n : state.totalMinor - state.discountMinor - state.refundedMinor;
}

export interface Reported {
  status: OrderStatus;
  at: Moment;
}

/** The latest by time; of several at the same time the one further on in the list of states. */
export function latestOf<Item extends Reported>(items: readonly Item[]): Item | null {
  let latest: Item | null = null;
  for (const item of items) if (latest === null || isLater(item, latest)) latest = item;
  return latest;
}

function isLater(item: Reported, than: Reported): boolean {
  if (item.at.at !== than.at.at) return item.at.at > than.at.at;
  return orderStatuses.indexOf(item.status) > orderStatuses.indexOf(than.status);
}

/** What each refund made of the order, by time; the last of those that give all of it back says so. */
export function refundStates(order: Pick<OrderParts, 'refunds'>, isWhole: boolean): Reported[] {
  const ends = order.refunds.map((refund): Reported => ({ status: 'partly_refunded', at: refund.at }));
  ends.sort((left, right) => left.at.at - right.at.at);
  const last = ends.pop();
  return last === undefined ? [] : [...ends, { ...last, status: isWhole ? 'refunded' : 'partly_refunded' }];
}

/** Whether all that was paid for its goods was given back. */
export const isRefundedWhole = ({
  refundedMinor,
  totalMinor,
  discountMinor,
}: Pick<OrderState, 'refundedMinor' | 'totalMinor' | 'discountMinor'>): boolean =>
  refundedMinor > 0n && refundedMinor === totalMinor - discountMinor;

function earliestDelivery(events: readonly ToldStatus[]): Moment | null {
  let earliest: Moment | null = null;
  for (const event of events) {
    if (event.status === 'delivered' && (earliest === null || event.at.at < earliest.at)) earliest = event.at;
  }
  return earliest;
}

function isHoldOrRelease(event: ToldStatus): boolean {
  return event.status === 'on_hold' || event.status === 'released';
}

/** What was given back so far, by line id. */
export function refundsByLine(refunds: OrderParts['refunds']): Map<string, bigint> {
  const byLine = new Map<string, bigint>();
  for (const refund of refunds) {
    for (const { lineId, amountMinor } of refund.lines) {
      byLine.set(lineId, (byLine.get(lineId) ?? 0n) + amountMinor);
    }
  }
  return byLine;
}

function sum(amounts: readonly bigint[]): bigint {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
}

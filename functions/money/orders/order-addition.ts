import { AppError } from '../../ground/platform/errors.ts';
import { wrongField } from '../../ground/platform/parse-input.ts';
import type { AccountDraft } from '../accounts/plan-change.ts';
import type { Order, OrderEvent, Refund, RefundLine } from './order.ts';
import { stateOf } from './order-state.ts';
import type { OrderEventInput, RefundInput } from './schema.ts';

/** What is added to a kept order. */
export type OrderAddition =
  | { event: OrderEvent }
  | { refund: Refund }
  /** Taken away again, at an instant: events that staff told by mistake, or that are no more; one at least. */
  | { withdrawn: readonly OrderEvent[]; at: number };

/** What is to be added to an order as it is then, beside what vouchers and credit paid of it; null for nothing. */
export type FindAddition = (order: Order, paid?: { byVouchers: bigint }) => OrderAddition | null;

/** A told state as an addition; null when it is there already: the same `(source, id)` counts once. */
export function addEvent(order: Order, { id, at, ...rest }: OrderEventInput): OrderAddition | null {
  const event = { ...rest, eventId: id, at: { at, day: null } };
  const isKnown = order.events.some((kept) => kept.source === event.source && kept.eventId === id);
  return isKnown ? null : { event };
}

/**
 * Money given back as an addition; null when a refund of that id is there already.
 * @throws {AppError} `validation_failed` (an unknown line, another currency), `refund_exceeds_line`
 */
export function addRefund(
  order: Order,
  { id, at, reason, currency, ...told }: RefundInput,
): OrderAddition | null {
  if (order.refunds.some((kept) => kept.refundId === id)) return null;
  const lines = told.lines.map(({ line, amount }) => ({ lineId: line, amountMinor: amount }));
  assertFits(order, currency, lines);
  return { refund: { refundId: id, at: { at, day: null }, reason, lines } };
}

/** Told states that are taken back as a change; null when none of them is there. */
export function withdrawEvents(
  order: Order,
  { source, eventIds }: { source: string; eventIds: readonly string[] },
  at: number,
): OrderAddition | null {
  const withdrawn = order.events.filter((kept) => kept.source === source && eventIds.includes(kept.eventId));
  return withdrawn.length === 0 ? null : { withdrawn, at };
}

/** The order with it, what is new of it, and when that happened. */
export function withAddition(order: Order, addition: OrderAddition) {
  const nothing: { events: OrderEvent[]; refunds: Refund[] } = { events: [], refunds: [] };
  if ('withdrawn' in addition) {
    const events = order.events.filter((event) => !addition.withdrawn.includes(event));
    return { ...nothing, order: { ...order, events }, at: addition.at };
  }
  if ('event' in addition) {
    const { event } = addition;
    return {
      ...nothing,
      order: { ...order, events: [...order.events, event] },
      events: [event],
      at: event.at.at,
    };
  }
  const { refund } = addition;
  return {
    ...nothing,
    order: { ...order, refunds: [...order.refunds, refund] },
    refunds: [refund],
    at: refund.at.at,
  };
}

/** What the history tells of it. */
export function additionHistory(
  { id, source, number }: Order,
  addition: OrderAddition,
): AccountDraft['history'] {
  if ('withdrawn' in addition)
    return {
      kind: 'order_event_withdrawn',
      orderId: id,
      detail: { source, number, status: addition.withdrawn.at(-1)?.status },
    };
  return 'event' in addition
    ? { kind: 'order_event', orderId: id, detail: { source, number, status: addition.event.status } }
    : { kind: 'order_refunded', orderId: id, detail: { source, number, refund: addition.refund.refundId } };
}

function assertFits(order: Order, currency: string, lines: readonly RefundLine[]): void {
  if (currency !== order.currency)
    throw wrongField('lines.0.amount.currency', 'other_currency', `has to be ${order.currency}`);
  const { refundedByLine } = stateOf(order);
  for (const [index, { lineId, amountMinor }] of lines.entries()) {
    const line = order.lines.find((kept) => kept.lineId === lineId);
    if (line === undefined)
      throw wrongField(`lines.${index}.line`, 'unknown_line', 'is not a line of this order');
    const left = line.totalMinor - line.discountMinor - (refundedByLine.get(lineId) ?? 0n);
    if (amountMinor > left) {
      throw new AppError(
        'refund_exceeds_line',
        `The refund of line ${lineId} is ${amountMinor} minor units, but only ${left} of its price are left.`,
      );
    }
  }
}

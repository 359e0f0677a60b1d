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
  /** Taken away again, at an instant: an event that staff told by mistake. */
  | { withdrawn: OrderEvent; at: number };

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

/** A told state that is taken back as a change; null when it is not there. */
export function withdrawEvent(
  order: Order,
  { source, eventId }: Pick<OrderEvent, 'source' | 'eventId'>,
  at: number,
): OrderAddition | null {
  const withdrawn = order.events.find((kept) => kept.source === source && kept.eventId === eventId);
  return withdrawn === undefined ? null : { withdrawn, at };
}

/** The order with it, what is new of it, and when that happened. */
export function withAddition(order: Order, addition: OrderAddition) {
  const nothing: { events: OrderEvent[]; refunds: Refund[] } = { events: [], refunds: [] };
  if ('withdrawn' in addition) {
    const events = order.events.filter((event) => event !== addition.withdrawn);
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
      detail: { source, number, status: addition.withdrawn.status },
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

import { allow } from '../platform/allow.ts';
import type { Alongside } from '../platform/alongside.ts';
import type { Context } from '../platform/context.ts';
import type { OrderAnswer } from './answer.ts';
import { type ChangedOrder, changeOrder } from './change-order.ts';
import type { Order } from './order.ts';
import type { OrderEventInput } from './schema.ts';

/**
 * Records a state an order reached. It may come late, twice and out of order: the same `(source, id)` counts once.
 * @throws {AppError} `not_found`, `unavailable`
 */
export function recordEvent(
  ctx: Context,
  input: { source: string; number: string; event: OrderEventInput },
  options: Alongside<OrderAnswer> = {},
): Promise<ChangedOrder> {
  allow(ctx.actor, 'orders:write');
  const { id, at, ...rest } = input.event;
  const event = { ...rest, eventId: id, at: { at, day: null } };
  return changeOrder(ctx, input, (order) => (isKnown(order, event) ? null : { event }), options);
}

function isKnown(order: Order, event: { source: string; eventId: string }): boolean {
  return order.events.some((kept) => kept.source === event.source && kept.eventId === event.eventId);
}

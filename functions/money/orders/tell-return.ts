import type { Context } from '../../ground/platform/context.ts';
import { type BesideChange, type ChangedOrder, changeOrder } from './change-order.ts';
import type { Order } from './order.ts';
import { addEvent, withdrawEvents } from './order-addition.ts';
import type { OrderEventInput } from './schema.ts';

/** The source of what returns make of an order. */
const BY_RETURN = 'returns';

interface OrderKey {
  source: string;
  number: string;
}

/**
 * A state that a return brings an order into, told by the room of returns, which sees to who may. `event` looks at the order as
 * it is then, and refuses by throwing.
 * @throws {AppError} `not_found`, whatever `event` throws, `unavailable`
 */
export function tellReturn(
  ctx: Context,
  { event, ...key }: OrderKey & { event: (order: Order) => Omit<OrderEventInput, 'source'> },
  options: BesideChange,
): Promise<ChangedOrder> {
  return changeOrder(ctx, key, (order) => addEvent(order, { ...event(order), source: BY_RETURN }), options);
}

/** Takes such states back: the order is what it would be without them. @throws {AppError} `not_found`, `unavailable` */
export function takeReturnBack(
  ctx: Context,
  { eventIds, ...key }: OrderKey & { eventIds: readonly string[] },
  options: BesideChange,
): Promise<ChangedOrder> {
  const source = BY_RETURN;
  return changeOrder(ctx, key, (order) => withdrawEvents(order, { source, eventIds }, ctx.now()), options);
}

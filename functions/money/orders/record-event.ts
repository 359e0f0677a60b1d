import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { OrderAnswer } from './answer.ts';
import { type ChangedOrder, changeOrder } from './change-order.ts';
import { addEvent } from './order-addition.ts';
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
  return changeOrder(ctx, input, (order) => addEvent(order, input.event), options);
}

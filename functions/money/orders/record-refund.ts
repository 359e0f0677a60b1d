import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { OrderAnswer } from './answer.ts';
import { type ChangedOrder, changeOrder } from './change-order.ts';
import { addRefund } from './order-addition.ts';
import type { RefundInput } from './schema.ts';

/**
 * Records money given back on lines of an order, any number of times up to each line's price; the same id counts once.
 * @throws {AppError} `not_found`, `validation_failed` (an unknown line, another currency), `refund_exceeds_line`
 */
export function recordRefund(
  ctx: Context,
  input: { source: string; number: string; refund: RefundInput },
  options: Alongside<OrderAnswer> = {},
): Promise<ChangedOrder> {
  allow(ctx.actor, 'orders:write');
  return changeOrder(ctx, input, (order) => addRefund(order, input.refund), options);
}

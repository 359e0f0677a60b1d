import { allow } from '../platform/allow.ts';
import type { Alongside } from '../platform/alongside.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import type { OrderAnswer } from './answer.ts';
import { type ChangedOrder, changeOrder } from './change-order.ts';
import type { Order, RefundLine } from './order.ts';
import { stateOf } from './order-state.ts';
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
  const { id, at, reason, currency } = input.refund;
  const lines = input.refund.lines.map(({ line, amount }) => ({ lineId: line, amountMinor: amount }));
  const find = (order: Order) => {
    if (order.refunds.some((kept) => kept.refundId === id)) return null;
    assertFits(order, currency, lines);
    return { refund: { refundId: id, at: { at, day: null }, reason, lines } };
  };
  return changeOrder(ctx, input, find, options);
}

function assertFits(order: Order, currency: string, lines: readonly RefundLine[]): void {
  if (currency !== order.currency)
    refuse('lines.0.amount.currency', 'other_currency', `has to be ${order.currency}`);
  const { refundedByLine } = stateOf(order);
  for (const [index, { lineId, amountMinor }] of lines.entries()) {
    const line = order.lines.find((kept) => kept.lineId === lineId);
    if (line === undefined) refuse(`lines.${index}.line`, 'unknown_line', 'is not a line of this order');
    const left = line.totalMinor - line.discountMinor - (refundedByLine.get(lineId) ?? 0n);
    if (amountMinor > left) {
      throw new AppError(
        'refund_exceeds_line',
        `The refund of line ${lineId} is ${amountMinor} minor units, but only ${left} of its price are left.`,
      );
    }
  }
}

function refuse(path: string, code: string, message: string): never {
  throw new AppError('validation_failed', `${path} ${message}.`, { errors: [{ path, code, message }] });
}

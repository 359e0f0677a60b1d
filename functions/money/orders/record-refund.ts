import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type BesideChange, type ChangedOrder, changeOrder } from './change-order.ts';
import type { Order } from './order.ts';
import { addRefund, type FindAddition } from './order-addition.ts';
import { type ChangePreview, rehearseChange } from './preview-change.ts';
import type { RefundInput } from './schema.ts';

/** What is given back, as far as it is decided on the order as it is then. */
export type RefundOf = (order: Order, paid: { byVouchers: bigint }) => RefundInput;

/**
 * Records money given back on lines of an order, any number of times up to each line's price; the same id counts once.
 * @throws {AppError} `not_found`, `validation_failed` (an unknown line, another currency), `refund_exceeds_line`
 */
export function recordRefund(
  ctx: Context,
  { refund, ...key }: { source: string; number: string; refund: RefundInput | RefundOf },
  options: BesideChange = {},
): Promise<ChangedOrder> {
  allow(ctx.actor, 'orders:write');
  return changeOrder(ctx, key, refunding(refund), options);
}

/** The same, rehearsed for a room that has seen to who may ask. @throws {AppError} as it */
export function rehearseRefund(
  ctx: Context,
  { refund, ...key }: { source: string; number: string; refund: RefundOf },
  beside: Pick<BesideChange, 'books'>,
): Promise<ChangePreview> {
  return rehearseChange(ctx, key, refunding(refund), beside);
}

const refunding =
  (refund: RefundInput | RefundOf): FindAddition =>
  (order, paid = { byVouchers: 0n }) =>
    addRefund(order, typeof refund === 'function' ? refund(order, paid) : refund);

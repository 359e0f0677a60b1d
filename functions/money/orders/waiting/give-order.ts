import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import type { OrderAnswer } from '../answer.ts';
import { listOwnersByKey } from '../list-order-people.ts';
import { loadOrders, orderKey } from '../load-orders.ts';
import type { Buyer, OrderDraft } from '../order.ts';
import { type RecordedOrder, recordDraft } from '../record-order.ts';
import { findSale } from './record-sale.ts';
import { draftOf } from './sale.ts';

/**
 * Says whose a waiting sale is: it becomes an order of theirs, with all that happened to it, and earns like any other, in
 * one atomic write. Saying the same again changes nothing.
 * @throws {AppError} `not_found`, `order_of_another_account` and `order_contradicts` when it is somebody else's by now
 */
export async function giveOrder(
  ctx: Context,
  input: { source: string; number: string; buyer: Buyer; customerName: string | null },
  options: Alongside<OrderAnswer> = {},
): Promise<RecordedOrder> {
  allow(ctx.actor, 'orders:write');
  const { source, number } = input;
  return recordDraft(ctx, await findDraft(ctx, input), {
    ...options,
    whenGiven: ({ id, accountId }) => ({
      audit: {
        kind: 'orders.given',
        subjectKind: 'account',
        subjectId: accountId ?? '',
        detail: { source, number, order: id },
      },
    }),
  });
}

/** The sale, or the order that it is by now, told again as the buyer's. */
async function findDraft(
  ctx: Context,
  { source, number, buyer, customerName }: Parameters<typeof giveOrder>[1],
): Promise<OrderDraft> {
  const fresh = { ...ctx, db: ctx.db.fresh };
  const found = await findSale(fresh, { source, number });
  if (found !== null) {
    const { order, account, department } = found.sale;
    return draftOf(order, { buyer, account, department, customerName });
  }
  const keys = JSON.stringify([[source, number]]);
  const [orders, [owner]] = await Promise.all([
    loadOrders(fresh.db, [{ source, number }]),
    listOwnersByKey(fresh.db, { keys }),
  ]);
  const order = orders.get(orderKey({ source, number }));
  if (order === undefined || owner === undefined) throw new AppError('not_found', 'There is no such order.');
  return draftOf(order, { buyer, account: owner.account, department: owner.department, customerName });
}

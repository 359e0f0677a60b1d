import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findOrderPeople } from '../../money/orders/list-order-people.ts';
import { termsIn } from './load-terms.ts';
import { accessTo } from './own-order.ts';
import { listReturnsOfOrder } from './queries.ts';
import type { ReturnState } from './state.ts';
import { isOffered } from './terms.ts';

export interface OwnReturns {
  returns: { reference: string; state: ReturnState; at: number }[];
  /** Whether more may go back, or it is said why not. */
  isOffered: boolean;
}

/** The returns of an order, newest first. @throws {AppError} `not_found`, also for an order that is not the actor's */
export async function listOwnReturns(
  ctx: Context,
  key: { source: string; number: string },
): Promise<OwnReturns> {
  const [business, [order]] = await Promise.all([getBusiness(ctx), findOrderPeople(ctx.db, { ...key })]);
  if (order === undefined) throw new AppError('not_found', 'There is no such order.');
  const [, rows] = await Promise.all([
    accessTo(ctx, order, 'orders:read'),
    listReturnsOfOrder(ctx.db, { orderId: order.orderId }),
  ]);
  return {
    returns: rows.map(({ reference, state, at }) => ({ reference, state, at })),
    isOffered: isOffered(termsIn(business)),
  };
}

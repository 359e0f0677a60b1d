import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace, listPlaces } from '../../money/accounts/places.ts';

/** How much of an order's return the actor may do and see. */
export interface ReturnAccess {
  isStaff: boolean;
  /** Whether they see what becomes of the account's rewards: not who has only ordered for a company. */
  seesRewards: boolean;
}

interface OrderPlace {
  rootId: string;
  accountId: string;
  customerId: string;
}

/**
 * Customers have the orders that they see, staff and keys all.
 * @throws {AppError} `not_found` for an order of an account that is not theirs, `unauthenticated`, `scope_missing`
 */
export async function accessTo(
  ctx: Context,
  order: OrderPlace,
  scope: 'orders:read' | 'orders:write',
): Promise<ReturnAccess> {
  if (ctx.actor.kind !== 'customer') {
    allow(ctx.actor, scope);
    return { isStaff: true, seesRewards: true };
  }
  const place = (await listOrderPlaces(ctx)).find((one) => isInPlace(one, order));
  if (place === undefined) throw new AppError('not_found', 'There is no such order.');
  return { isStaff: false, seesRewards: place.onlyOrdersOf === null };
}

/** Whether a customer, who need not be the actor, has an order among those that they see. */
export async function seesOrder(
  { db }: Pick<Context, 'db'>,
  { customerId, order }: { customerId: string; order: OrderPlace },
): Promise<boolean> {
  return (await listPlaces(db, customerId)).some((one) => isInPlace(one, order));
}

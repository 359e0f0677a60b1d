import type { Context } from '../../ground/platform/context.ts';
import type { Place } from '../../money/accounts/places.ts';
import { listMemberships } from './list-memberships.ts';
import { managersOf } from './members.ts';

type SeenFrom = Pick<Place, 'rootId' | 'name' | 'onlyOrdersOf'>;

/**
 * Whether a customer acts for all of an account: for their own, and for a company or household as one of its managers.
 */
export async function mayActFor(
  { db }: Pick<Context, 'db'>,
  { rootId, name, onlyOrdersOf }: SeenFrom,
  customerId: string,
): Promise<boolean> {
  if (name === null) return true;
  if (onlyOrdersOf !== null) return false;
  return managersOf(rootId, await listMemberships(db, { rootId })).includes(customerId);
}

/** Whether a customer may act on what somebody ordered or asked for in a place: on what is their own, and as {@link mayActFor}. */
export async function mayActOn(
  ctx: Pick<Context, 'db'>,
  place: SeenFrom,
  { customerId, ownerId }: { customerId: string; ownerId: string },
): Promise<boolean> {
  return customerId === ownerId || mayActFor(ctx, place, customerId);
}

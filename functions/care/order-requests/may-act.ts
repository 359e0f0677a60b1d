import type { Context } from '../../ground/platform/context.ts';
import type { Place } from '../../money/accounts/places.ts';
import { listMemberships } from '../../people/households/list-memberships.ts';
import { managersOf } from '../../people/households/members.ts';

/**
 * Whether a customer may act on what somebody ordered or asked for in a place: on what is their own, on all of their own account,
 * and for a company or household as one of its managers.
 */
export async function mayActOn(
  ctx: Pick<Context, 'db'>,
  { rootId, name, onlyOrdersOf }: Pick<Place, 'rootId' | 'name' | 'onlyOrdersOf'>,
  { customerId, ownerId }: { customerId: string; ownerId: string },
): Promise<boolean> {
  if (customerId === ownerId || name === null) return true;
  if (onlyOrdersOf !== null) return false;
  return managersOf(rootId, await listMemberships(ctx.db, { rootId })).includes(customerId);
}

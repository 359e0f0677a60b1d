import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { confirmedOnly, listPlaces, type Place, placeNamed } from './places.ts';

/** The accounts of the signed-in customer, their own first; without those they have only ordered for. */
export async function listOwnPlaces(ctx: Context): Promise<Place[]> {
  return confirmedOnly(await listPlaces(ctx.db, customerIdOf(ctx)));
}

/** The same with those they have only ordered for, of which they see their own orders. */
export function listOrderPlaces(ctx: Context): Promise<Place[]> {
  return listPlaces(ctx.db, customerIdOf(ctx));
}

/**
 * The account to show: the one named, which has to be theirs, or the first that ever bought something.
 * @throws {AppError} `not_found`
 */
export async function choosePlace<P extends Place>(
  ctx: Context,
  places: readonly P[],
  accountId: string | null,
): Promise<P> {
  const chosen =
    accountId === null
      ? (places.find(({ firstPlacedAt }) => firstPlacedAt !== null) ?? places[0])
      : await placeNamed(ctx.db, places, accountId);
  if (chosen) return chosen;
  throw new AppError('not_found', 'There is no such account of this customer.');
}

export interface AccountChoice {
  id: string;
  /** Null for the customer's own account. */
  name: string | null;
}

export function choiceOf({ rootId, name }: Place): AccountChoice {
  return { id: rootId, name };
}

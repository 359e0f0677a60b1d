import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { choosePlace, listOwnPlaces } from '../../money/accounts/own-places.ts';
import type { Place } from '../../money/accounts/places.ts';

/**
 * The root account for which the signed-in customer acts; who belongs to a department only does not act for the whole.
 * @throws {AppError} `unauthenticated`, `not_found`, `forbidden`
 */
export async function actingFor(ctx: Context, accountId: string | null): Promise<Place> {
  const place = await choosePlace(ctx, await listOwnPlaces(ctx), accountId);
  if (place.departments !== null)
    throw new AppError('forbidden', 'Only members of the account itself act for it.');
  return place;
}

import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { choosePlace, listOrderPlaces } from '../../money/accounts/own-places.ts';
import { type Recommendation, recommendTo } from './recommend.ts';
import { wantsRecommendations } from './wishes.ts';

/** A page of somebody's own shows no more. */
const SHOWN = 4;

/**
 * What is recommended to the signed-in customer, by the orders that they see of an account: of the one named, or of the first
 * that ever bought something. Null for who has not asked for it.
 * @throws {AppError} `unauthenticated`, `not_found` for an account that is not theirs
 */
export async function listOwnRecommendations(
  ctx: Context,
  { accountId }: { accountId: string | null },
): Promise<Recommendation[] | null> {
  const customerId = customerIdOf(ctx);
  if (!(await wantsRecommendations(ctx, customerId))) return null;
  const place = await choosePlace(ctx, await listOrderPlaces(ctx), accountId);
  return (await recommendTo(ctx, { ...place, customerId, limit: SHOWN })).items;
}

import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { findPlace } from '../../money/accounts/places.ts';
import { type Recommendations, recommendTo } from './recommend.ts';
import { wantsRecommendations } from './wishes.ts';

export interface CustomerRecommendations extends Recommendations {
  /** Whether the customer asked to see any on their own pages. */
  isWanted: boolean;
}

/**
 * What to recommend to a customer, by all that an account of theirs bought: of their only one, or of the one named, which may be a
 * department. What they never want to see is left out.
 * @throws {AppError} `forbidden`, `not_found`, `account_required`
 */
export async function listRecommendations(
  ctx: Context,
  { customerId, accountId, limit }: { customerId: string; accountId: string | null; limit: number },
): Promise<CustomerRecommendations> {
  allow(ctx.actor, 'customers:read');
  const [place, isWanted] = await Promise.all([
    findPlace(ctx.db, { customerId, accountId }),
    wantsRecommendations(ctx, customerId),
  ]);
  const { rootId, departments } = place;
  const found = await recommendTo(ctx, { rootId, departments, onlyOrdersOf: null, customerId, limit });
  return { ...found, isWanted };
}

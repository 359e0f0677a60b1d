import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { choosePlace } from '../../money/accounts/own-places.ts';
import { isInPlace, type Place } from '../../money/accounts/places.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';

/** Which account or department feedback is about, and whose history it is in. */
export interface FeedbackPlace {
  accountId: string;
  rootId: string;
}

/**
 * The account or department of the order that is meant, else the account named, else the customer's first.
 * @throws {AppError} `not_found` for what is none of these places
 */
export async function placeOf(
  ctx: Context,
  places: readonly Place[],
  asked: { order: { source: string; number: string } | null; accountId: string | null },
): Promise<FeedbackPlace> {
  if (asked.order === null) {
    const { rootId, departments } = await choosePlace(ctx, places, asked.accountId);
    return { accountId: departments?.[0] ?? rootId, rootId };
  }
  const { source, number } = asked.order;
  const [order] = await listOrdersByKey(ctx.db, { keys: JSON.stringify([[source, number]]) });
  if (order === undefined || !places.some((place) => isInPlace(place, order))) {
    throw new AppError('not_found', 'There is no such order.');
  }
  return { accountId: order.accountId, rootId: order.rootId };
}

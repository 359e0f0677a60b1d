import type { Context } from '../../ground/platform/context.ts';
import { choosePlace, listOwnPlaces } from '../../money/accounts/own-places.ts';
import { mayUseForm } from './may-use-form.ts';

/**
 * Whether the signed-in customer has the order form: of the account named, or of the one that pages show first.
 * @throws {AppError} `unauthenticated`
 */
export async function hasOrderForm(
  ctx: Context,
  { accountId }: { accountId: string | null },
): Promise<boolean> {
  const places = await listOwnPlaces(ctx);
  const named = places.find(({ rootId }) => rootId === accountId);
  if (places.length === 0 || (accountId !== null && named === undefined)) return false;
  return mayUseForm(ctx, (named ?? (await choosePlace(ctx, places, null))).rootId);
}

import type { Context } from '../../ground/platform/context.ts';
import { listPremium } from '../../insight/facts/list-premium.ts';
import { listOfferRefusals } from '../../people/preferences/list-offer-refusals.ts';
import type { Home } from './find-homes.ts';

/** Whom of some customers nothing is offered on their days, and why. */
export async function listWithoutOffers(
  ctx: Context,
  homes: ReadonlyMap<string, Home>,
): Promise<ReadonlyMap<string, 'declined' | 'premium'>> {
  const roots = [...new Set([...homes.values()].map(({ rootId }) => rootId))];
  const found = await listPremium(ctx, roots);
  const premium = [...homes].filter(([, { rootId }]) => found.has(rootId)).map(([customerId]) => customerId);
  return listOfferRefusals(ctx.db.fresh, [...homes.keys()], new Set(premium));
}

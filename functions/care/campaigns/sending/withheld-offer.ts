import type { WithheldReason } from '../../../ground/outbox/withhold.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { listPremium } from '../../../insight/facts/list-premium.ts';
import { confirmedOnly, listPlaces } from '../../../money/accounts/places.ts';
import { listOfferRefusals } from '../../../people/preferences/list-offer-refusals.ts';

/** Why an offer is let be when it is its turn, beside what holds back all news. */
export async function withheldOffer(ctx: Context, customerId: string): Promise<WithheldReason | null> {
  const db = ctx.db.fresh;
  const places = confirmedOnly(await listPlaces(db, customerId));
  const found = await listPremium(
    ctx,
    places.map(({ rootId }) => rootId),
  );
  const premium = new Set(found.size > 0 ? [customerId] : []);
  const why = (await listOfferRefusals(db, [customerId], premium)).get(customerId);
  return why === undefined ? null : why === 'declined' ? 'topic_off' : why;
}

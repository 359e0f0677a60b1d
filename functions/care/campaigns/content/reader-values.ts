import type { Formats } from '../../../ground/formats/format.ts';
import { firstNameOf } from '../../../ground/identity/first-name.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { progressNow } from '../../../money/accounts/build-balance.ts';
import { listTotals } from '../../../money/accounts/list-totals.ts';
import { confirmedOnly, listPlaces, type Place } from '../../../money/accounts/places.ts';
import { totalsByKey } from '../../../money/accounts/root.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { findPerson } from '../queries.ts';

/** What a campaign may name in braces. */
export const readerNames = ['business', 'name', 'balance', 'missing'] as const;
export type ReaderName = (typeof readerNames)[number];

/** What a campaign names of its reader; null for what they have not, and paragraphs that name it are left out. */
export type ReaderValues = Readonly<Record<ReaderName, string | null>>;

export interface CampaignReader {
  values: ReaderValues;
  /** Whole; null where they told none. */
  name: string | null;
  isFormal: boolean;
}

/** Somebody of whom nothing is known. */
export const nobody = (business: string): CampaignReader => ({
  values: { business, name: null, balance: null, missing: null },
  name: null,
  isFormal: false,
});

/** A customer as a campaign speaks to them, in the figures of their account. */
export async function loadReader(
  ctx: Context,
  { customerId, rootId, formats }: { customerId: string; rootId: string | null; formats: Formats },
): Promise<CampaignReader> {
  const db = ctx.db.fresh;
  const [business, person, places] = await Promise.all([
    getBusiness({ ...ctx, db }),
    findPerson(db, { customerId }),
    listPlaces(db, customerId),
  ]);
  const { currency, identity } = business;
  const place = rootId === null ? placeToldFor(places) : places.find((one) => one.rootId === rootId);
  const known = nobody(identity.name).values;
  const isFormal = person?.addressForm === 'formal';
  const whole = person?.name ?? null;
  const name = isFormal || whole === null ? whole : firstNameOf(whole);
  if (place === undefined || currency === null || place.onlyOrdersOf !== null)
    return { isFormal, name: whole, values: { ...known, name } };
  const totals = totalsByKey(await listTotals(db, { ids: JSON.stringify([place.rootId]) }));
  const money = (minor: bigint) => formats.money({ minor, currency });
  const [nearest] = progressNow({ root: place, totals }, business, ctx.now())
    .flatMap(({ missing }) => missing ?? [])
    .toSorted((one, other) => (one < other ? -1 : 1));
  return {
    isFormal,
    name: whole,
    values: {
      ...known,
      name,
      balance: place.balanceMinor > 0n ? money(place.balanceMinor) : null,
      missing: nearest === undefined ? null : money(nearest),
    },
  };
}

/** As a campaign to everybody chooses it: a shared account comes before their own. */
function placeToldFor(places: readonly Place[]): Place | undefined {
  const confirmed = confirmedOnly(places);
  return confirmed.find(({ name }) => name !== null) ?? confirmed[0];
}

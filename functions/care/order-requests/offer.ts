import type { Context } from '../../ground/platform/context.ts';
import type { Place } from '../../money/accounts/places.ts';
import type { Business } from '../../money/business/business.ts';
import { minorInForce, policyOf } from '../../money/business/policies.ts';
import { findCatalogue, listSoldProducts } from '../../money/catalogue/list-catalogue.ts';
import { type BoughtProduct, listBought } from '../../money/orders/list-bought.ts';
import { findWaived, type Waived } from '../../money/redemptions/waivers.ts';
import { orderMinimum } from './policies.ts';

/** A product that may be asked for. */
export interface Offered {
  key: string;
  sku: string | null;
  name: string;
  category: string | null;
  /** Of one piece now: as it is listed, else as it was paid last; null where neither is known in the currency of the business. */
  unitMinor: bigint | null;
  /** Whether the business lists that price. */
  isListed: boolean;
  isGone: boolean;
  /** What it was when it was bought last; null for what never was. */
  bought: BoughtProduct | null;
}

/** What goods have to come to; `waived` where this account need not reach it. */
export interface Minimum {
  minor: bigint;
  waived: Waived | null;
}

/**
 * What may be asked for in a place: what was bought before, the last first, and with `hasCatalogue` what the business lists
 * beside it; `orderId` is of the order to be had again.
 */
export async function loadOffer(
  { db }: Pick<Context, 'db'>,
  place: Pick<Place, 'rootId' | 'departments' | 'onlyOrdersOf'>,
  {
    currency,
    hasCatalogue,
    orderId,
  }: { currency: string | null; hasCatalogue: boolean; orderId: string | null },
): Promise<Offered[]> {
  const [bought, sold] = await Promise.all([
    listBought(db, place, orderId),
    hasCatalogue ? listSoldProducts(db) : Promise.resolve([]),
  ]);
  const listed = await findCatalogue(
    db,
    bought.map(({ key }) => key),
  );
  const known = new Set(bought.map(({ key }) => key));
  const unitOf = (one: { unitMinor: bigint | null; currency: string | null }) =>
    one.currency === currency ? one.unitMinor : null;
  const before = bought.map((one): Offered => {
    const entry = listed.get(one.key);
    const listedMinor =
      entry === undefined ? null : unitOf({ unitMinor: entry.priceMinor, currency: entry.currency });
    return {
      ...{ key: one.key, sku: one.sku, name: entry?.name ?? one.name },
      category: entry?.category ?? one.category,
      unitMinor: listedMinor ?? unitOf(one),
      ...{ isListed: listedMinor !== null, isGone: entry?.goneAt != null, bought: one },
    };
  });
  const beside = sold
    .filter(({ key }) => !known.has(key))
    .map(({ key, sku, name, category, priceMinor, currency: listedIn }): Offered => {
      const unitMinor = unitOf({ unitMinor: priceMinor, currency: listedIn });
      return {
        key,
        sku,
        name,
        category,
        unitMinor,
        isListed: unitMinor !== null,
        isGone: false,
        bought: null,
      };
    });
  return [...before, ...beside];
}

/** What goods of an account have to come to; null where no minimum is set. */
export async function minimumFor(ctx: Context, business: Business, rootId: string): Promise<Minimum | null> {
  if (policyOf(business, orderMinimum) === 'off') return null;
  const minor = minorInForce(business, orderMinimum);
  if (minor === null || minor === 0n) return null;
  const waived = await findWaived(ctx, [rootId]);
  return { minor, waived: waived.get(rootId) ?? null };
}

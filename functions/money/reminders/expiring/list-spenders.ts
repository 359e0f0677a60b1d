import type { Store } from '../../../../db/store.ts';
import { listPlaces } from '../../accounts/places.ts';
import { listReaders } from './queries.ts';

/** By root account, who of those that signed up may spend its balance; accounts of which nobody may have none. */
export async function listSpenders(db: Store, rootIds: readonly string[]): Promise<Map<string, string[]>> {
  const ids = JSON.stringify([...new Set(rootIds)]);
  const spenders = new Map<string, string[]>();
  for (const { rootId, customerId } of await listReaders(db, { ids })) {
    const places = await listPlaces(db, customerId);
    if (!places.some((place) => place.rootId === rootId && place.mayRedeem)) continue;
    spenders.set(rootId, [...(spenders.get(rootId) ?? []), customerId]);
  }
  return spenders;
}

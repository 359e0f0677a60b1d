import type { Store } from '../../../../db/store.ts';
import { listPlacesOfEach } from '../../accounts/places.ts';
import { listReaders } from './queries.ts';

/** By root account, who of those that signed up may spend its balance; accounts of which nobody may have none. */
export async function listSpenders(db: Store, rootIds: readonly string[]): Promise<Map<string, string[]>> {
  const readers = await listReaders(db, { ids: JSON.stringify([...new Set(rootIds)]) });
  const places = await listPlacesOfEach(
    db,
    readers.map(({ customerId }) => customerId),
  );
  const spenders = new Map<string, string[]>();
  for (const { rootId, customerId } of readers) {
    const own = places.get(customerId) ?? [];
    if (!own.some((place) => place.rootId === rootId && place.mayRedeem)) continue;
    spenders.set(rootId, [...(spenders.get(rootId) ?? []), customerId]);
  }
  return spenders;
}

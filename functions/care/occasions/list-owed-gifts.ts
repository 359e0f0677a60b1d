import type { Store } from '../../../db/store.ts';
import type { OwedBonus } from '../../money/ledger/bonus.ts';
import { listGiven } from './queries.ts';

/** What wishes gave some root accounts; `ids` is a JSON array. */
export async function listOwedGifts(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listGiven(db, asked);
  return rows.map(({ id, rootId, giftMinor }) => ({
    accountId: rootId,
    cause: { kind: 'occasion', id },
    amountMinor: giftMinor,
  }));
}

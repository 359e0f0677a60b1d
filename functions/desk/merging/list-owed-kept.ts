import type { Store } from '../../../db/store.ts';
import type { OwedBonus } from '../../money/ledger/bonus.ts';
import { listKept } from './queries.ts';

/** What merges owe some root accounts, so that nobody lost by one; `ids` is a JSON array. */
export async function listOwedKept(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listKept(db, asked);
  return rows.map(({ id, rootId, keptMinor }) => ({
    accountId: rootId,
    cause: { kind: 'kept_at_merge', id },
    amountMinor: keptMinor,
  }));
}

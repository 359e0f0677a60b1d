import type { Store } from '../../../db/store.ts';
import type { OwedBonus } from '../../money/ledger/bonus.ts';
import { listCredited } from './queries.ts';

/** What returns gave some root accounts as credit; `ids` is a JSON array. */
export async function listOwedCredit(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listCredited(db, asked);
  return rows.map(({ id, rootId, creditMinor }) => ({
    accountId: rootId ?? '',
    cause: { kind: 'return', id },
    amountMinor: creditMinor,
  }));
}

import type { Store } from '../../../db/store.ts';
import { listFriendSpend } from '../../circle/referrals/friend-orders.ts';
import { listMergedInto } from './merged-into.ts';

/** What friends spent whom an account had sent. */
export interface ReferredSpend {
  friends: number;
  spendMinor: bigint;
}

type FriendSpend = Awaited<ReturnType<typeof listFriendSpend>>[number];

/** Of some root accounts, with what went into them by merges; who sent nobody is left out. */
export async function listReferred(
  db: Store,
  { ids, currency }: { ids: readonly string[]; currency: string },
): Promise<ReadonlyMap<string, ReferredSpend>> {
  const merged = await listMergedInto(db, { ids: JSON.stringify(ids) });
  const survivorOf = new Map(merged.map(({ rootId, accountId }) => [accountId, rootId]));
  const asked = JSON.stringify([...ids, ...survivorOf.keys()]);
  const rows = await listFriendSpend(db, { ids: asked, currency });
  const byAccount = Map.groupBy(rows, ({ rootId }) => survivorOf.get(rootId) ?? rootId);
  return new Map(
    [...byAccount].map(([rootId, told]) => [
      rootId,
      {
        friends: new Set(told.map(({ friendRootId }) => friendRootId)).size,
        spendMinor: spendOnce(told),
      },
    ]),
  );
}

/** Where two who had sent the same friend became one, what was told first has all that was told later. */
function spendOnce(told: readonly FriendSpend[]): bigint {
  const byFriend = Map.groupBy(told, ({ friendRootId, friendId }) => `${friendRootId} ${friendId}`);
  return [...byFriend.values()]
    .map((same) => same.toSorted((one, other) => Number(other.spendMinor - one.spendMinor)).at(0))
    .reduce((sum, most) => sum + (most?.spendMinor ?? 0n), 0n);
}

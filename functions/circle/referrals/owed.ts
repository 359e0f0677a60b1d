import type { Store } from '../../../db/store.ts';
import { findTimeZone } from '../../money/business/find-revision.ts';
import type { OwedBonus } from '../../money/ledger/bonus.ts';
import { factsOf } from './facts.ts';
import {
  listFriendOrders,
  listReferralsOfRoots,
  listStandingBonuses,
  listSteps,
  type ReferralRow,
} from './queries.ts';
import { deriveReferral, type ReferralState } from './state.ts';

/** Whose reward it is; both when one account is the referrer's and the friend's. */
export type Side = 'own' | 'friend' | 'both';

/** What a root account is owed for a referral; nothing when 0. */
export interface Due {
  rootId: string;
  side: Side;
  amount: bigint;
}

/** What the two accounts of a referral are owed in a state: all of it when it is rewarded, else nothing. */
export function dueOf(
  row: { referrerRootId: string; friendRootId: string; ownMinor: bigint; friendMinor: bigint },
  state: ReferralState,
): Due[] {
  const worth = (amount: bigint) => (state === 'rewarded' ? amount : 0n);
  const { referrerRootId, friendRootId, ownMinor, friendMinor } = row;
  if (referrerRootId === friendRootId)
    return [{ rootId: friendRootId, side: 'both', amount: worth(ownMinor + friendMinor) }];
  return [
    { rootId: referrerRootId, side: 'own', amount: worth(ownMinor) },
    { rootId: friendRootId, side: 'friend', amount: worth(friendMinor) },
  ];
}

/**
 * What referrals owe some root accounts, recomputed from orders and steps as of the last look; `ids` is a JSON array. Of
 * one with news that no look has seen yet, what stands is right until then.
 */
export async function listOwedReferrals(db: Store, asked: { ids: string }): Promise<OwedBonus[]> {
  const rows = await listReferralsOfRoots(db, asked);
  if (rows.length === 0) return [];
  const ids = JSON.stringify(rows.map(({ id }) => id));
  const [steps, orders, standing, [zone]] = await Promise.all([
    listSteps(db, { ids }),
    listFriendOrders(db, { ids }),
    listStandingBonuses(db, { ids }),
    findTimeZone(db),
  ]);
  const stepsOf = byReferral(steps);
  const ordersOf = byReferral(orders);
  const standingOf = byReferral(standing);
  const timeZone = zone?.value ?? 'UTC';
  const owed = (row: ReferralRow): OwedBonus[] => {
    const cause = { kind: 'referral', id: row.id } as const;
    if (row.historySeq !== row.lookedSeq) {
      return standingOf(row.id).map(({ rootId, amountMinor }) => ({ accountId: rootId, cause, amountMinor }));
    }
    const facts = factsOf(row, { steps: stepsOf(row.id), orders: ordersOf(row.id), timeZone });
    return dueOf(row, deriveReferral(facts, row.lookedAt).state)
      .filter(({ amount }) => amount > 0n)
      .map(({ rootId, amount }) => ({ accountId: rootId, cause, amountMinor: amount }));
  };
  return rows.flatMap(owed);
}

function byReferral<Row extends { referralId: string }>(rows: readonly Row[]): (id: string) => Row[] {
  const grouped = Map.groupBy(rows, ({ referralId }) => referralId);
  return (id) => grouped.get(id) ?? [];
}

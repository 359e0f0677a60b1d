import type { Store } from '../../../db/store.ts';
import { listFriendOrders } from '../../circle/referrals/friend-orders.ts';
import { listLastWritten } from '../../voice/feedback/last-written.ts';
import { listFinished } from '../../voice/surveys/finished.ts';
import { listAccepted } from '../../voice/testimonials/accepted.ts';
import type { PraiseKind } from './level.ts';
import { listMergedInto } from './merged-into.ts';

/** What an account has told or done for the business, each the last time, see `account_facts`; and all praise there was. */
export interface AccountMarks {
  friendOrderedAt: number | null;
  quotedAt: number | null;
  recommendedAt: number | null;
  heardAt: number | null;
  praises: readonly { kind: PraiseKind; at: number }[];
}

/** By root account; those of which nothing is known are left out. */
export type Marks = ReadonlyMap<string, AccountMarks>;

/** Of some root accounts, with what was of accounts that have gone into them since. */
export async function loadMarks(db: Store, rootIds: readonly string[]): Promise<Marks> {
  if (rootIds.length === 0) return new Map();
  const into = await listMergedInto(db, { ids: JSON.stringify(rootIds) });
  const own = new Map(rootIds.map((id) => [id, [id]]));
  for (const { rootId, accountId } of into) own.set(rootId, [...(own.get(rootId) ?? []), accountId]);
  const ids = JSON.stringify([...own.keys()]);
  const [friends, quoted, finished, written] = await Promise.all([
    listFriendOrders(db, { ids }),
    listAccepted(db, { ids }),
    listFinished(db, { ids }),
    listLastWritten(db, { ids }),
  ]);
  const told = new Map<string, { kind: PraiseKind | 'heard'; at: number }[]>();
  const tell = (rootId: string, kind: PraiseKind | 'heard', at: number) => {
    for (const id of own.get(rootId) ?? []) {
      const known = told.get(id);
      if (known) known.push({ kind, at });
      else told.set(id, [{ kind, at }]);
    }
  };
  for (const { rootId, at } of friends) tell(rootId, 'friend', at);
  for (const { rootId, at } of quoted) tell(rootId, 'quote', at);
  for (const { rootId, at, recommends } of finished) {
    if (recommends) tell(rootId, 'recommendation', at);
    tell(rootId, 'heard', at);
  }
  for (const { rootId, at } of written) tell(rootId, 'heard', at);
  return new Map([...told].map(([id, all]) => [id, toMarks(all)]));
}

function toMarks(all: readonly { kind: PraiseKind | 'heard'; at: number }[]): AccountMarks {
  const last = (wanted: PraiseKind | 'heard') => {
    const times = all.filter(({ kind }) => kind === wanted).map(({ at }) => at);
    return times.length === 0 ? null : times.reduce((a, b) => Math.max(a, b));
  };
  return {
    friendOrderedAt: last('friend'),
    quotedAt: last('quote'),
    recommendedAt: last('recommendation'),
    heardAt: last('heard'),
    praises: all.flatMap(({ kind, at }) => (kind === 'heard' ? [] : [{ kind, at }])),
  };
}

import type { Store } from '../../../db/store.ts';
import { listFriendOrdered } from '../../circle/referrals/friend-ordered.ts';
import { listLastWritten } from '../../voice/feedback/last-written.ts';
import { listLastFinished } from '../../voice/surveys/last-finished.ts';
import { listLastAccepted } from '../../voice/testimonials/last-accepted.ts';
import { listMergedInto } from './queries.ts';

/** What an account has told or done for the business, each the last time; see `account_facts`. */
export interface AccountMarks {
  friendOrderedAt: number | null;
  quotedAt: number | null;
  recommendedAt: number | null;
  heardAt: number | null;
}

/** By root account; those of which nothing is known are left out. */
export type Marks = ReadonlyMap<string, AccountMarks>;

const none: AccountMarks = { friendOrderedAt: null, quotedAt: null, recommendedAt: null, heardAt: null };

/** Of some root accounts, with what was of accounts that have gone into them since. */
export async function loadMarks(db: Store, rootIds: readonly string[]): Promise<Marks> {
  if (rootIds.length === 0) return new Map();
  const into = await listMergedInto(db, { ids: JSON.stringify(rootIds) });
  const own = new Map(rootIds.map((id) => [id, [id]]));
  for (const { rootId, accountId } of into) own.set(rootId, [...(own.get(rootId) ?? []), accountId]);
  const ids = JSON.stringify([...own.keys()]);
  const [friends, quoted, finished, written] = await Promise.all([
    listFriendOrdered(db, { ids }),
    listLastAccepted(db, { ids }),
    listLastFinished(db, { ids }),
    listLastWritten(db, { ids }),
  ]);
  const marks = new Map<string, AccountMarks>();
  const put = (rootId: string, name: keyof AccountMarks, at: number | null) => {
    for (const id of own.get(rootId) ?? []) {
      const known = marks.get(id) ?? none;
      if (at !== null && at > (known[name] ?? Number.NEGATIVE_INFINITY))
        marks.set(id, { ...known, [name]: at });
    }
  };
  for (const { rootId, at } of friends) put(rootId, 'friendOrderedAt', at);
  for (const { rootId, at } of quoted) put(rootId, 'quotedAt', at);
  for (const { rootId, at, recommendedAt } of finished) {
    put(rootId, 'recommendedAt', recommendedAt);
    put(rootId, 'heardAt', at);
  }
  for (const { rootId, at } of written) put(rootId, 'heardAt', at);
  return marks;
}

import type { Store } from '../../../../db/store.ts';
import { startOfDay } from '../../../ground/platform/business-time.ts';
import { dayNumber } from '../../../ground/platform/calendar.ts';
import { listPurchaseDaysOf } from '../../facts/list-buyers.ts';
import { listLateDays } from '../../facts/list-late-days.ts';
import { listMergedSince } from '../../facts/list-merged-since.ts';
import { type PurchaseDays, packDays } from '../known/summary.ts';
import type { AskedAccount } from '../record/record-at.ts';
import { listPromises } from './queries.ts';

const PROMISES_PER_PAGE = 2_000;

/** Who was promised something, as they were known then, with all their purchase days by now. */
export interface Promised {
  accounts: AskedAccount[];
  purchases: PurchaseDays;
  /** So many are left out: since then they were merged, or a merge was undone, and whose days are whose cannot be told. */
  merged: number;
}

/**
 * What was promised on a day. Who has no purchase day left, because all was cancelled or returned, came to nothing: just of
 * those too much was forecast. Days that became known later do not count as known then.
 */
export async function loadPromised(
  db: Store,
  { askedOn, timeZone }: { askedOn: string; timeZone: string },
): Promise<Promised> {
  const accounts: AskedAccount[] = [];
  const lists: number[][] = [];
  let merged = 0;
  const asked = dayNumber(askedOn);
  const since = startOfDay(askedOn, timeZone);
  for (let after = ''; ; ) {
    const page = await listPromises(db, { askedOn, after, limit: PROMISES_PER_PAGE });
    const ids = JSON.stringify(page.map(({ accountId }) => accountId));
    const [rows, others, { late }] = await Promise.all([
      listPurchaseDaysOf(db, { ids, currency: '' }),
      listMergedSince(db, { ids, since }),
      listLateDays(db, { ids: page.map(({ accountId }) => accountId), asOf: askedOn, timeZone }),
    ]);
    const left = new Set(others.map(({ id }) => id));
    const daysOf = Map.groupBy(rows, ({ id }) => id);
    for (const { accountId, type, place, purchaseDays, firstOn, lastOn } of page) {
      if (left.has(accountId)) continue;
      const [first, last] = [dayNumber(firstOn), dayNumber(lastOn)];
      accounts.push({ type, place, span: { count: purchaseDays, first, last } });
      const isKnown = (day: string) => !late.get(accountId)?.has(day);
      lists.push(
        (daysOf.get(accountId) ?? []).flatMap(({ day: text }) => {
          const day = dayNumber(text);
          return day > asked || (day >= first && day <= last && isKnown(text)) ? [day] : [];
        }),
      );
    }
    merged += left.size;
    const end = page.at(-1);
    if (end === undefined || page.length < PROMISES_PER_PAGE)
      return { accounts, purchases: packDays(lists), merged };
    after = end.accountId;
  }
}

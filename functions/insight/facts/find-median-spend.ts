import type { Store } from '../../../db/store.ts';
import { firstOfLast, YEAR_DAYS } from './level.ts';
import { countSpenders, findSpendAt } from './queries.ts';

/**
 * What the account in the middle spent of all that spent anything in the last 365 days; null while none did. It adds up all
 * accounts: for what comes round once a day.
 */
export async function findMedianSpend(
  db: Store,
  { currency, today }: { currency: string; today: string },
): Promise<bigint | null> {
  const year = { currency, from: firstOfLast(YEAR_DAYS, today), to: today };
  const accounts = (await countSpenders(db, year))?.accounts ?? 0;
  if (accounts === 0) return null;
  const middle = await findSpendAt(db, { ...year, before: Math.floor((accounts - 1) / 2) });
  return middle?.minor ?? null;
}

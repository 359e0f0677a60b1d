import type { Store } from '../../../../db/store.ts';
import { dayFromNumber, dayNumber } from '../../../ground/platform/calendar.ts';
import { listLateDays } from '../../facts/list-late-days.ts';
import type { CollectedAccounts } from '../known/collect-days.ts';

/** What was known of accounts on a day of the past, beside all that they did since. */
export interface KnownThen {
  known: CollectedAccounts;
  /** Nothing had been recorded by then: what is known of the time before was imported later. */
  isImported: boolean;
}

/**
 * Leaves out purchase days up to `day` that were recorded later. Where none had been recorded by then, it is asked of what was
 * imported since, as if it had been known.
 */
export async function knownThen(
  db: Store,
  all: CollectedAccounts,
  { day, timeZone }: { day: string; timeZone: string },
): Promise<KnownThen> {
  const { isAnyKnown, late } = await listLateDays(db, { ids: all.ids, asOf: day, timeZone });
  if (!isAnyKnown) return { known: all, isImported: true };
  if (late.size === 0) return { known: all, isImported: false };
  const { ids, purchases, spent } = all;
  const until = dayNumber(day);
  const kept: { days: number[]; spent: number[]; starts: number[] } = { days: [], spent: [], starts: [0] };
  ids.forEach((id, account) => {
    const ofAccount = late.get(id);
    for (let at = purchases.starts[account] ?? 0; at < (purchases.starts[account + 1] ?? 0); at += 1) {
      const bought = purchases.days[at] ?? 0;
      if (bought <= until && ofAccount?.has(dayFromNumber(bought))) continue;
      kept.days.push(bought);
      kept.spent.push(spent[at] ?? 0);
    }
    kept.starts.push(kept.days.length);
  });
  return {
    known: {
      ...all,
      purchases: { days: Int32Array.from(kept.days), starts: Uint32Array.from(kept.starts) },
      spent: Float64Array.from(kept.spent),
    },
    isImported: false,
  };
}

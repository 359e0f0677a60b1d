import { dayNumber } from '../../../ground/platform/calendar.ts';
import type { PurchaseDayRow } from '../../facts/list-buyers.ts';
import type { KnownAccounts } from './accounts.ts';

/** With the ids of the accounts, in the same order. */
export interface CollectedAccounts extends KnownAccounts {
  ids: readonly string[];
}

/** Rows by account and day become flat arrays. */
export function collectDays(unit: number) {
  const days: number[] = [];
  const spent: number[] = [];
  const starts = [0];
  const types: PurchaseDayRow['type'][] = [];
  const ids: string[] = [];
  return {
    /** @returns of how many accounts the rows are; those of one account stand together */
    add: (rows: readonly PurchaseDayRow[]): number => {
      let last = '';
      let accounts = 0;
      for (const { id, type, day, spendMinor } of rows) {
        if (id !== last) {
          if (types.length > 0) starts.push(days.length);
          types.push(type);
          ids.push(id);
          accounts += 1;
          last = id;
        }
        days.push(dayNumber(day));
        spent.push(Number(spendMinor) / unit);
      }
      return accounts;
    },
    all: (): CollectedAccounts => ({
      purchases: {
        days: Int32Array.from(days),
        starts: Uint32Array.from(types.length > 0 ? [...starts, days.length] : starts),
      },
      spent: Float64Array.from(spent),
      ...{ types, ids },
    }),
  };
}

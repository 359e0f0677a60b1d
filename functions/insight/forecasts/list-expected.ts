import type { Store } from '../../../db/store.ts';
import { type AccountForecastRow, listAccountForecasts } from './list-account-forecasts.ts';

/**
 * What root accounts are expected to spend within 365 days, by their ids: in minor units of the business's currency, as it was last
 * worked out. Those of which it cannot be told are left out.
 */
export async function listExpected(db: Store, ids: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const rows = ids.length === 0 ? [] : await listAccountForecasts(db, { ids: JSON.stringify(ids) });
  const expected = rows.map((row) => [row.accountId, expectedOf(row)] as const);
  return new Map(expected.flatMap(([id, minor]) => (minor === null ? [] : [[id, minor]])));
}

/** Purchase days of the next 365 times the spend of one, rounded down; null where either cannot be told. */
export function expectedOf({
  orders365Milli,
  spendDayMinor,
}: Pick<AccountForecastRow, 'orders365Milli' | 'spendDayMinor'>): bigint | null {
  if (orders365Milli === null || spendDayMinor === null) return null;
  return (BigInt(orders365Milli) * spendDayMinor) / 1000n;
}

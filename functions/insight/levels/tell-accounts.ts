import { statement } from '../../../db/query.ts';
import type { Value } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { type NamedAccount, nameAccounts } from '../../money/accounts/name-accounts.ts';
import { listExpected } from '../forecasts/list-expected.ts';

/** An account in a list behind a figure. */
export interface ToldAccount extends NamedAccount {
  lastOn: string | null;
  purchaseDays: number;
  /** In the currency that was asked for. */
  yearSpendMinor: bigint;
  /** What it is expected to spend within 365 days, in the currency of the business; null where that cannot be told. */
  expectedMinor: bigint | null;
}

/** What a list says of some root accounts, in the sequence given. */
export async function tellAccounts(
  ctx: Context,
  ids: readonly string[],
  currency: string,
): Promise<ToldAccount[]> {
  const [named, known, expected] = await Promise.all([
    nameAccounts(ctx.db, ids),
    ctx.db.read(
      statement(
        `SELECT f.account_id, f.last_on, f.purchase_days, CAST(coalesce(y.spend_minor, 0) AS TEXT)
         FROM json_each(?1) AS listed CROSS JOIN account_facts AS f ON f.account_id = listed.value
         LEFT JOIN account_years AS y ON y.root_id = f.account_id AND y.currency = ?2`,
        JSON.stringify(ids),
        currency,
      ),
    ),
    listExpected(ctx.db, ids),
  ]);
  const byId = new Map(known.map((row) => [String(row[0]), row]));
  return ids.map((id) => {
    const [, lastOn, purchaseDays, spend] = byId.get(id) ?? [];
    return {
      ...named(id),
      lastOn: textOrNull(lastOn),
      purchaseDays: Number(purchaseDays ?? 0),
      yearSpendMinor: BigInt(String(spend ?? '0')),
      expectedMinor: expected.get(id) ?? null,
    };
  });
}

export const textOrNull = (value: Value | undefined) =>
  value === null || value === undefined ? null : String(value);

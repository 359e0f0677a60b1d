import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listExpected } from '../forecasts/list-expected.ts';

/** What a list says of the worth of a root account: in the last 365 days, and expected in the next; null where that cannot be told. */
export interface Worth {
  currency: string;
  yearSpendMinor: bigint;
  expectedMinor: bigint | null;
}

/** Of some root accounts, by their ids; none while the business has no currency. @throws {AppError} `unauthenticated`, `forbidden` */
export async function listWorth(ctx: Context, ids: readonly string[]): Promise<ReadonlyMap<string, Worth>> {
  allow(ctx.actor, 'customers:read');
  const { currency } = await getBusiness(ctx);
  if (currency === null || ids.length === 0) return new Map();
  const [rows, expected] = await Promise.all([
    ctx.db.read(
      statement(
        `SELECT y.root_id, CAST(y.spend_minor AS TEXT) FROM json_each(?1) AS listed
         CROSS JOIN account_years AS y ON y.root_id = listed.value AND y.currency = ?2`,
        JSON.stringify(ids),
        currency,
      ),
    ),
    listExpected(ctx.db, ids),
  ]);
  const spent = new Map(rows.map(([id, minor]) => [String(id), BigInt(String(minor))]));
  return new Map(
    ids.map((id) => [
      id,
      { currency, yearSpendMinor: spent.get(id) ?? 0n, expectedMinor: expected.get(id) ?? null },
    ]),
  );
}

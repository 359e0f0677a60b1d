import { statement } from '../../../db/query.ts';
import { allow } from '../../ground/platform/allow.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { RelationshipLevel } from '../facts/level.ts';
import { listReferred, type ReferredSpend } from '../facts/list-referred.ts';
import { listExpected } from '../forecasts/list-expected.ts';
import { levels } from '../levels/level-counts.ts';

/** What somebody who serves a customer has to know of the account at a glance. */
export interface ServedStanding {
  /** Null before the first order. */
  level: RelationshipLevel | null;
  currency: string;
  /** To date, and in the last 365 days. */
  spendMinor: bigint;
  yearSpendMinor: bigint;
  /** Of the next 365 days; null where that cannot be told. */
  expectedMinor: bigint | null;
  /** By spend of the 365 days; null where it spent nothing. */
  rank: { place: number; of: number } | null;
  isPinned: boolean;
  /** What friends spent whom it had sent. */
  referred: ReferredSpend;
}

/** Null while the business has no currency. @throws {AppError} `unauthenticated`, `forbidden` */
export async function getStanding(
  ctx: Context,
  { accountId }: { accountId: string },
): Promise<ServedStanding | null> {
  allow(ctx.actor, 'customers:read');
  const { currency, timeZone } = await getBusiness(ctx);
  if (currency === null) return null;
  const [[row], referred, expected] = await Promise.all([
    ctx.db.read(
      statement(
        `SELECT own.level, CAST(own.spend AS TEXT), CAST(own.year AS TEXT),
         CASE WHEN own.year > 0 THEN (SELECT count(*) FROM account_years WHERE currency = ?2 AND spend_minor > own.year) END,
         (SELECT count(*) FROM account_years WHERE currency = ?2 AND spend_minor > 0),
         EXISTS (SELECT 1 FROM account_pins WHERE root_id = ?1)
       FROM (SELECT
         (SELECT level FROM account_levels WHERE root_id = ?1 AND from_day <= ?3 ORDER BY from_day DESC LIMIT 1) AS level,
         coalesce((SELECT spend_minor FROM account_spend WHERE root_id = ?1 AND currency = ?2), 0) AS spend,
         coalesce((SELECT spend_minor FROM account_years WHERE root_id = ?1 AND currency = ?2), 0) AS year) AS own`,
        accountId,
        currency,
        dayOf(ctx.now(), timeZone),
      ),
    ),
    listReferred(ctx.db, { ids: [accountId], currency }),
    listExpected(ctx.db, [accountId]),
  ]);
  const [level, spend, year, above, all, pinned] = row ?? [];
  return {
    level: levels.find((one) => one === level) ?? null,
    currency,
    spendMinor: BigInt(String(spend ?? '0')),
    yearSpendMinor: BigInt(String(year ?? '0')),
    expectedMinor: expected.get(accountId) ?? null,
    rank: above === null || above === undefined ? null : { place: Number(above) + 1, of: Number(all) },
    isPinned: Number(pinned) === 1,
    referred: referred.get(accountId) ?? { friends: 0, spendMinor: 0n },
  };
}

import { statement } from '../../../db/query.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { isHighSpender, isInClub, premiumFrom } from './premium.ts';

/** `?1` are the accounts as JSON, `?2` the business day, `?3` the currency. */
const among = `SELECT a.id FROM json_each(?1) AS j CROSS JOIN accounts AS a ON a.id = j.value
    CROSS JOIN ${premiumFrom('?3')} AS mark
    LEFT JOIN account_facts AS f ON f.account_id = a.id
    LEFT JOIN account_years AS y ON y.root_id = a.id AND y.currency = ?3
  WHERE ${isInClub} OR coalesce(${isHighSpender('?2')}, 0)`;

/** Which of some root accounts are of the group `premium` now (DOMAIN §5). */
export async function listPremium(ctx: Context, rootIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (rootIds.length === 0) return new Set();
  const { timeZone, currency } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const rows = await ctx.db.fresh.read(statement(among, JSON.stringify(rootIds), today, currency ?? ''));
  return new Set(rows.map(([id]) => String(id)));
}

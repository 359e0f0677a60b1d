import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { isHighSpender, isInClub, premiumFrom } from './premium.ts';

const today = 't.day';

const listAmong = query((db) =>
  db
    .select({ id: sql<string>`a.id` })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS j CROSS JOIN accounts AS a ON a.id = j.value
        CROSS JOIN (SELECT ${sql.placeholder('today')} AS day) AS t
        CROSS JOIN (SELECT ${sql.placeholder('currency')} AS code) AS c
        CROSS JOIN ${sql.raw(premiumFrom('c.code'))} AS mark
        LEFT JOIN account_facts AS f ON f.account_id = a.id
        LEFT JOIN account_years AS y ON y.root_id = a.id AND y.currency = c.code`,
    )
    .where(sql.raw(`${isInClub} OR coalesce(${isHighSpender(today)}, 0)`)),
);

/** Which of some root accounts are of the group `premium` now (DOMAIN §5). */
export async function listPremium(ctx: Context, rootIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (rootIds.length === 0) return new Set();
  const { timeZone, currency } = await getBusiness(ctx);
  const rows = await listAmong(ctx.db.fresh, {
    ids: JSON.stringify(rootIds),
    today: dayOf(ctx.now(), timeZone),
    currency: currency ?? '',
  });
  return new Set(rows.map(({ id }) => id));
}

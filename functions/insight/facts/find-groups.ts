import { sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { ConversationGroup } from './group.ts';
import { hasBought, isHighSpender, isInClub, premiumFrom } from './premium.ts';

/** SQL of the group of a root account `a` today, and what it reads beside: `from` stands behind the table of accounts. */
export function groupSql({ currency, today }: { currency: string | null; today: string }) {
  // Both come from the house's own settings and clock, never from outside.
  const [money, day] = [`'${(currency ?? '').replaceAll("'", '')}'`, `'${today}'`];
  return {
    from: sql.raw(`LEFT JOIN account_facts AS f ON f.account_id = a.id
      LEFT JOIN account_years AS y ON y.root_id = a.id AND y.currency = ${money} CROSS JOIN ${premiumFrom(money)} AS mark`),
    group: sql.raw(`CASE WHEN ${isInClub} OR coalesce(${isHighSpender(day)}, 0) THEN 'premium'
      WHEN ${hasBought(day)} THEN 'buyer' ELSE 'enquirer' END`),
  };
}

/** The groups of some root accounts today (DOMAIN §5); who has no facts yet is an enquirer, unless in the club. */
export async function findGroups(
  ctx: Context,
  rootIds: readonly string[],
): Promise<(rootId: string) => ConversationGroup> {
  const { currency, timeZone } = await getBusiness(ctx);
  const { from, group } = groupSql({ currency, today: dayOf(ctx.now(), timeZone) });
  const rows = await ask(ctx.db, (query) =>
    query
      .select({ id: sql<string>`a.id`, group: sql<ConversationGroup>`${group}` })
      .from(
        sql`json_each(${JSON.stringify(rootIds)}) AS wanted CROSS JOIN accounts AS a ON a.id = wanted.value ${from}`,
      ),
  );
  const known = new Map(rows.map((row) => [row.id, row.group]));
  return (rootId) => known.get(rootId) ?? 'enquirer';
}

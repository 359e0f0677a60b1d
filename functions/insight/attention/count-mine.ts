import { sql } from 'drizzle-orm';
import { queryOne } from '../../../db/query.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';

const COUNTED_MOST = 100;

const countAssigned = queryOne((db) =>
  db.select({ count: sql<number>`count(*)`.mapWith(Number) }).from(
    sql`(SELECT 1 FROM attention_sayings WHERE assigned_to = ${sql.placeholder('staffId')} AND left_on IS NULL
        AND outcome IS NULL AND coalesce(snoozed_until > ${sql.placeholder('today')}, 0) = 0
      LIMIT ${sql.raw(String(COUNTED_MOST))})`,
  ),
);

/** How much of what lists name was given to the reader and is not put off; counted up to 100. */
export async function countMine(ctx: Context): Promise<number> {
  if (ctx.actor.kind !== 'staff') return 0;
  const { timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  return (await countAssigned(ctx.db, { staffId: ctx.actor.id, today }))?.count ?? 0;
}

import { statement } from '../../../db/query.ts';
import { addMonths, dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { hitsMonths } from './policies.ts';

/** Forgets days that are longer ago than the business wants to know of. */
export async function dropOldHits(ctx: Context): Promise<void> {
  const business = await getBusiness(ctx);
  const since = addMonths(dayOf(ctx.now(), business.timeZone), -policyOf(business, hitsMonths));
  await ctx.db.write([statement('DELETE FROM page_hits WHERE day < ?', since)]);
}

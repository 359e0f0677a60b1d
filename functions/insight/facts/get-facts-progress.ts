import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { termsOf } from './follow-facts.ts';
import { findProgress } from './list-facts.ts';

/** Whether facts are counted under the terms of now, and whether every change there is has been. */
export async function getFactsProgress(ctx: Context): Promise<{ isBegun: boolean; isComplete: boolean }> {
  const db = ctx.db.fresh;
  const { timeZone } = await getBusiness({ ...ctx, db });
  return (await findProgress(db, { terms: termsOf(timeZone) })) ?? { isBegun: false, isComplete: false };
}

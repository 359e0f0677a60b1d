import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { thankStaff } from '../../../people/thanks/thank-staff.ts';
import { countClosedInTime } from '../../../voice/feedback/count-kept.ts';
import { thanksEvery } from '../policies.ts';

/**
 * Thanks whoever closed another so many cases of this month within the standard (policy `thanksEvery`), once for each number.
 * Returns how many were thanked.
 */
export async function thankKept(ctx: Context): Promise<number> {
  const own = { ...ctx, db: ctx.db.fresh };
  const business = await getBusiness(own);
  const every = policyOf(business, thanksEvery);
  if (every === 0) return 0;
  const month = dayOf(ctx.now(), business.timeZone).slice(0, 7);
  const closed = await countClosedInTime(own, { since: startOfDay(`${month}-01`, business.timeZone) });
  let thanked = 0;
  for (const { staffId, cases } of closed) {
    const count = cases - (cases % every);
    if (count === 0) continue;
    const decision = await thankStaff(ctx, {
      ...{ staffId, kind: 'cases_kept', subject: `${month}:${count}`, count, words: null },
    });
    if (decision.rows === undefined) continue;
    try {
      await writeDecision(ctx, decision);
      thanked += 1;
    } catch (error) {
      if (!isConflictOn(error, 'staff_thanks')) throw error;
    }
  }
  if (thanked > 0) ctx.wakeMail('soon');
  return thanked;
}

import { isConflictOn } from '../../../../db/store.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { addDays, dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { policyOf } from '../../../money/business/policies.ts';
import { thankStaff } from '../../../people/thanks/thank-staff.ts';
import { countClosedInTime } from '../../../voice/feedback/count-kept.ts';
import { thanksEvery } from '../policies.ts';

/** For so many days of a month who closed cases at the end of the last is thanked for those, too. */
const LAST_MONTH_DAYS = 7;

/**
 * Thanks whoever closed another so many cases of a month within the standard (policy `thanksEvery`), once for each number.
 * Returns how many were thanked.
 */
export async function thankKept(ctx: Context): Promise<number> {
  const own = { ...ctx, db: ctx.db.fresh };
  const { every, months } = await getTerms(own);
  let thanked = 0;
  for (const { month, ...span } of months) {
    for (const { staffId, cases } of await countClosedInTime(own, span)) {
      const count = cases - (cases % every);
      if (count > 0 && (await thankOnce(ctx, { staffId, month, count }))) thanked += 1;
    }
  }
  if (thanked > 0) ctx.wakeMail('soon');
  return thanked;
}

/** For how many cases there are thanks, and the months that are looked at: none where there are no thanks. */
async function getTerms(ctx: Context) {
  const business = await getBusiness(ctx);
  const { timeZone } = business;
  const every = policyOf(business, thanksEvery);
  if (every === 0) return { every, months: [] };
  const today = dayOf(ctx.now(), timeZone);
  const first = `${today.slice(0, 7)}-01`;
  const firstBefore = `${addDays(first, -1).slice(0, 7)}-01`;
  const begin = startOfDay(first, timeZone);
  const current = { month: first.slice(0, 7), since: begin, until: ctx.now() + 1 };
  if (today >= addDays(first, LAST_MONTH_DAYS)) return { every, months: [current] };
  const before = { month: firstBefore.slice(0, 7), since: startOfDay(firstBefore, timeZone), until: begin };
  return { every, months: [before, current] };
}

/** Whether they are thanked now: not who was for as many already. */
async function thankOnce(
  ctx: Context,
  { staffId, month, count }: { staffId: string; month: string; count: number },
): Promise<boolean> {
  const decision = await thankStaff(ctx, {
    ...{ staffId, kind: 'cases_kept', subject: `${month}:${count}`, count, words: null },
  });
  if (decision.rows === undefined) return false;
  try {
    await writeDecision(ctx, decision);
    return true;
  } catch (error) {
    if (!isConflictOn(error, 'staff_thanks')) throw error;
    return false;
  }
}

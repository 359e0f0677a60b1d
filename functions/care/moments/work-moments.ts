import { StoreUnavailable } from '../../../db/store.ts';
import { dayOf, instantOfLocal } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listSetAt } from '../../money/business/list-set-at.ts';
import { policyOf } from '../../money/business/policies.ts';
import { lapsedCallWork } from './kinds/lapsed-call.ts';
import { lateParcelWork } from './kinds/late-parcel.ts';
import { queryThanksWork } from './kinds/query-thanks.ts';
import { referralAskWork } from './kinds/referral-ask.ts';
import { reorderWork } from './kinds/reorder.ts';
import { rewardUnseenWork } from './kinds/reward-unseen.ts';
import { secondPurchaseWork } from './kinds/second-purchase.ts';
import { socialThanksWork } from './kinds/social-thanks.ts';
import { testimonialAskWork } from './kinds/testimonial-ask.ts';
import { findLeft, keepLeft, type Left, type MomentPlace } from './place.ts';
import { momentHour } from './policies.ts';
import type { MomentRun, MomentWork } from './run.ts';

/** What is owed first, what sells last: whoever has heard enough by then is not sold to. */
const works: readonly MomentWork[] = [
  lateParcelWork,
  socialThanksWork,
  rewardUnseenWork,
  queryThanksWork,
  testimonialAskWork,
  referralAskWork,
  lapsedCallWork,
  reorderWork,
  secondPurchaseWork,
];

/**
 * Lets each moment of this room that is switched on look for whom it concerns, from the hour on that the business chose: what has its
 * cause since it was switched on, and is due now or was within the last week. One that fails keeps no other from its work; where
 * requests are counted, one turn's worth, and the next run goes on from there. Returns how many were told, asked or given.
 */
export async function workMoments(ctx: Context): Promise<number> {
  const isTurnOver = ctx.turns?.begin('half') ?? (() => false);
  const own = { ...ctx, db: ctx.db.fresh, isEnding: () => isTurnOver() || ctx.isEnding?.() === true };
  const business = await getBusiness(own);
  const { timeZone } = business;
  const today = dayOf(ctx.now(), timeZone);
  const hour = String(policyOf(business, momentHour)).padStart(2, '0');
  if (ctx.now() < instantOfLocal(`${today}T${hour}:00:00.000`, timeZone)) return 0;
  const running = works.filter(({ moment }) => policyOf(business, moment.isOn) === 'on');
  if (running.length === 0) return 0;
  const keys = JSON.stringify(running.map(({ moment }) => moment.isOn.key));
  const [setAt, kept] = await Promise.all([listSetAt(own.db, { keys }), findLeft(ctx)]);
  const sinceOf = new Map(setAt.map((row) => [row.key, row.setAt]));
  const { told, left } = await workEach(own, { works: behindKept(running, kept), kept }, ({ moment }) => {
    const since = sinceOf.get(moment.isOn.key) ?? ctx.now();
    return { business, today, since, sinceDay: dayOf(since, timeZone) };
  });
  if (left !== null || kept !== null) await keepLeft(ctx, left);
  return told;
}

/** The moments of this run: from where the last one was broken off to the end; all of them where it was not. */
function behindKept(running: readonly MomentWork[], kept: Left | null): readonly MomentWork[] {
  const from = works.findIndex(({ moment }) => moment.name === kept?.moment);
  return running.filter((work) => works.indexOf(work) >= from);
}

/** One after the other, until the turn is over; `left` is where it was then. */
async function workEach(
  ctx: Context & { isEnding: () => boolean },
  { works: due, kept }: { works: readonly MomentWork[]; kept: Left | null },
  termsOf: (work: MomentWork) => Omit<MomentRun, 'place'>,
): Promise<{ told: number; left: Left | null }> {
  let told = 0;
  for (const one of due) {
    const { moment, work } = one;
    const place: MomentPlace = { behind: moment.name === kept?.moment ? kept.behind : '', isWhole: false };
    if (ctx.isEnding()) return { told, left: { moment: moment.name, behind: place.behind } };
    try {
      told += await work(ctx, { ...termsOf(one), place });
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      ctx.log.error('The moment {moment} is left for the next run: {reason}', {
        moment: moment.name,
        reason: reasonOf(error),
      });
    }
    if (ctx.isEnding() && !place.isWhole)
      return { told, left: { moment: moment.name, behind: place.behind } };
  }
  return { told, left: null };
}

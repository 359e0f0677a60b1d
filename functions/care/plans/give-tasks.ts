import { isConflictOn, StoreUnavailable } from '../../../db/store.ts';
import { dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findManagersOf } from '../../people/managers/find-manager.ts';
import { dropPlanTask, givePlanTask } from '../contacts/tasks/plan-task.ts';
import { type AccountSlice, type DueCustomer, type PlanDay, roundOf } from './list-due.ts';
import { listStrays, type StrayTask } from './list-strays.ts';
import { countGiven, findLastRound, listRunning, type PlanRow } from './queries.ts';
import { splitPages } from './split-due.ts';
import { keepPlaces, loadPlaces, nextSlice } from './walk.ts';

/**
 * Gives the team what the plans ask for today, as tasks of the contact log: by mail one for the group, else one for each customer
 * who is due and may be told, at most so many a day as the plan says. Takes back open tasks whose plan has ended or means somebody
 * no more, such as a sales call to who is premium by now. Of many accounts a run looks at a slice for each plan, and the next goes on
 * behind it. Returns how many were given.
 */
export async function giveTasks(ctx: Context, { sliceSize }: { sliceSize?: number } = {}): Promise<number> {
  const own = { ...ctx, db: ctx.db.fresh };
  const { timeZone, currency } = await getBusiness(own);
  const terms = { today: dayOf(ctx.now(), timeZone), timeZone, currency };
  const plans = await listRunning(own.db);
  const strays = await listStrays(own, plans, terms);
  for (const stray of strays) await tryDrop(ctx, stray);
  const places = await loadPlaces(ctx.db.fresh);
  const next = new Map([...places].filter(([planId]) => plans.some(({ id }) => id === planId)));
  let given = 0;
  for (const plan of plans) {
    if (ctx.isEnding?.()) break;
    if (plan.channel === 'mail') given += await giveRound(ctx, plan, terms);
    else {
      const within = await nextSlice(ctx.db.fresh, { behind: places.get(plan.id) ?? '', size: sliceSize });
      const came = await giveEach(ctx, plan, { ...terms, within });
      given += came.given;
      if (came.isWhole) moveTo(next, plan.id, within.upTo);
    }
  }
  await keepPlaces(ctx, next);
  return given;
}

/** Behind the last account a plan begins with the first again. */
function moveTo(places: Map<string, string>, planId: string, upTo: string | null): void {
  if (upTo === null) places.delete(planId);
  else places.set(planId, upTo);
}

/** One task for the whole group, on the day on which the plan comes round; missed ones are one. */
async function giveRound(ctx: Context, plan: PlanRow, { today }: PlanDay): Promise<number> {
  const last = await findLastRound(ctx.db.fresh, { planId: plan.id });
  const round = roundOf(plan, today);
  if (round === null || (last !== null && last.day >= round)) return 0;
  return (await tryGive(ctx, plan, { who: null, staffId: plan.staffId, dueOn: today, round })) ? 1 : 0;
}

/** As many as the plan says for a day; `isWhole` is whether it took all of the slice that are due. */
async function giveEach(
  ctx: Context,
  plan: PlanRow,
  terms: PlanDay & { within: AccountSlice },
): Promise<{ given: number; isWhole: boolean }> {
  const own = { ...ctx, db: ctx.db.fresh };
  const since = startOfDay(terms.today, terms.timeZone);
  const before = await countGiven(own.db, { planId: plan.id, since });
  const left = plan.mostPerDay - (before?.given ?? 0);
  if (left <= 0) return { given: 0, isWhole: false };
  let given = 0;
  for await (const { free } of splitPages(own, plan, terms)) {
    const chosen = free.slice(0, left - given);
    const managerOf = await findManagersOf(
      own,
      chosen.map(({ customerId }) => customerId),
    );
    for (const who of chosen) {
      const staffId = plan.staffId ?? managerOf(who.customerId, who.rootId)?.staffId ?? null;
      if (await tryGive(ctx, plan, { who, staffId, dueOn: terms.today, round: null })) given += 1;
    }
    if (given >= left || ctx.isEnding?.()) return { given, isWhole: false };
  }
  return { given, isWhole: true };
}

/** Whoever cannot be given keeps nobody else waiting. */
async function tryGive(
  ctx: Context,
  plan: PlanRow,
  task: { who: DueCustomer | null; staffId: string | null; dueOn: string; round: string | null },
): Promise<boolean> {
  try {
    return await givePlanTask(ctx, { plan, ...task });
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    if (isConflictOn(error, 'contact_tasks.round')) return false;
    ctx.log.warn('{account} is left for later by plan {plan}: {reason}', {
      account: task.who?.rootId ?? 'The group',
      plan: plan.id,
      reason: reasonOf(error),
    });
    return false;
  }
}

/** A task that cannot be taken back keeps no other from being given. */
async function tryDrop(ctx: Context, stray: StrayTask): Promise<void> {
  try {
    await dropPlanTask(ctx, stray);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    ctx.log.warn('Task {task} is left for later, open: {reason}', {
      task: stray.id,
      reason: reasonOf(error),
    });
  }
}

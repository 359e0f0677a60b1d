import { StoreUnavailable } from '../../../db/store.ts';
import { addDays, dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { reasonOf } from '../../ground/platform/reason-of.ts';
import { getBusiness } from '../../money/business/business.ts';
import { findManagersOf } from '../../people/managers/find-manager.ts';
import { dropPlanTask, givePlanTask } from '../contacts/tasks/plan-task.ts';
import { type DueCustomer, listDue, nextRound, type PlanDay } from './list-due.ts';
import { listStrays } from './list-strays.ts';
import { countGiven, findLastGiven, listRunning, type PlanRow } from './queries.ts';
import { splitDue } from './split-due.ts';

/** So many that are due are looked at for those who may be told. */
const LOOKED_AT = 500;

/**
 * Gives the team what the plans ask for today, as tasks of the contact log: by mail one for the group, else one for each customer
 * who is due and may be told, at most so many a day as the plan says. Takes back open tasks whose plan has ended or means somebody
 * no more, such as a sales call to who is premium by now. Returns how many were given.
 */
export async function giveTasks(ctx: Context): Promise<number> {
  const own = { ...ctx, db: ctx.db.fresh };
  const { timeZone, currency } = await getBusiness(own);
  const terms = { today: dayOf(ctx.now(), timeZone), timeZone, currency };
  const plans = await listRunning(own.db);
  const strays = await listStrays(own, plans, terms);
  for (const stray of strays) await dropPlanTask(ctx, stray);
  let given = 0;
  for (const plan of plans) {
    if (ctx.isEnding?.()) break;
    given += plan.channel === 'mail' ? await giveRound(ctx, plan, terms) : await giveEach(ctx, plan, terms);
  }
  return given;
}

/** One task for the whole group, on the day on which the plan comes round; missed ones are one. */
async function giveRound(ctx: Context, plan: PlanRow, { today }: PlanDay): Promise<number> {
  const last = await findLastGiven(ctx.db.fresh, { planId: plan.id });
  const next = nextRound(plan, last?.day == null ? plan.sinceDay : addDays(last.day, 1));
  if (next > today) return 0;
  const task = { plan, staffId: plan.staffId, who: null, dueOn: today };
  return (await givePlanTask(ctx, task)) ? 1 : 0;
}

async function giveEach(ctx: Context, plan: PlanRow, terms: PlanDay): Promise<number> {
  const own = { ...ctx, db: ctx.db.fresh };
  const since = startOfDay(terms.today, terms.timeZone);
  const before = await countGiven(own.db, { planId: plan.id, since });
  const left = plan.mostPerDay - (before?.given ?? 0);
  if (left <= 0) return 0;
  const { free } = await splitDue(own, plan, await listDue(own.db, plan, { ...terms, limit: LOOKED_AT }));
  const chosen = free.slice(0, left);
  const managerOf = await findManagersOf(
    own,
    chosen.map(({ customerId }) => customerId),
  );
  let given = 0;
  for (const who of chosen) {
    const staffId = plan.staffId ?? managerOf(who.customerId, who.rootId)?.staffId ?? null;
    if (await tryGive(ctx, plan, { who, staffId, dueOn: terms.today })) given += 1;
  }
  return given;
}

/** Whoever cannot be given keeps nobody else waiting. */
async function tryGive(
  ctx: Context,
  plan: PlanRow,
  task: { who: DueCustomer; staffId: string | null; dueOn: string },
): Promise<boolean> {
  try {
    return await givePlanTask(ctx, { plan, ...task });
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    ctx.log.warn('{account} is left for later by plan {plan}: {reason}', {
      account: task.who.rootId,
      plan: plan.id,
      reason: reasonOf(error),
    });
    return false;
  }
}

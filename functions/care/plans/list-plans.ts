import { allow } from '../../ground/platform/allow.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { countDueByDay, type DueCustomer, listDue, nextRound, type PlanDay } from './list-due.ts';
import {
  countOpen,
  findLastRound,
  findPlanRow,
  listRunning,
  listStaffNames,
  type PlanRow,
} from './queries.ts';
import { type HeldBack, splitDue } from './split-due.ts';
import { openSlices, SLICE } from './walk.ts';

const SHOWN_MAX = 200;

/** A plan as pages and programs read it. */
export interface ContactPlan extends Omit<PlanRow, 'at' | 'actor' | 'endedAt' | 'endedBy'> {
  /** Who does it; null for the account manager of each. */
  staffName: string | null;
  /** Tasks that are open, and those left from before today. */
  open: number;
  overdue: number;
  /** Of a plan by mail the next day; else how many customers are due and have no task yet. */
  nextOn: string | null;
  due: number;
  /** Among how many accounts `due` was counted, those that the next run looks at; null for all, as in a shop of up to 20,000. */
  dueAmong: number | null;
}

/** The plans that run; who is due is counted in slices as `giveTasks` takes them. @throws {AppError} `forbidden`, `scope_missing` */
export async function listPlans(
  ctx: Context,
  { sliceSize = SLICE }: { sliceSize?: number } = {},
): Promise<ContactPlan[]> {
  allow(ctx.actor, 'contacts:read');
  const terms = await termsOf(ctx);
  const plans = await listRunning(ctx.db);
  return tellPlans(ctx, plans, { ...terms, sliceSize });
}

/** One with who is due, who waits longest first, and who is due but may not be told; at most 200. @throws {AppError} `not_found`, `forbidden`, `scope_missing` */
export async function getPlan(
  ctx: Context,
  { id }: { id: string },
): Promise<{ plan: ContactPlan; free: DueCustomer[]; held: HeldBack[]; isCut: boolean }> {
  allow(ctx.actor, 'customers:read');
  const row = await findPlanRow(ctx.db, { id });
  if (row === null || row.endedAt !== null) throw new AppError('not_found', 'There is no such plan.');
  const [terms, sliceOf] = await Promise.all([termsOf(ctx), openSlices(ctx.db)]);
  const within = (await sliceOf(id)) ?? undefined;
  const [[plan], due] = await Promise.all([
    tellPlans(ctx, [row], { ...terms, sliceSize: SLICE }),
    row.channel === 'mail'
      ? []
      : listDue(ctx.db, row, { ...terms, within, limit: SHOWN_MAX + 1, after: null }),
  ]);
  if (plan === undefined) throw new AppError('not_found', 'There is no such plan.');
  const split = await splitDue(ctx, row, due.slice(0, SHOWN_MAX));
  return { plan, ...split, isCut: due.length > SHOWN_MAX };
}

/** On which day, by which clock and in which money plans are asked. */
export async function termsOf(ctx: Context): Promise<PlanDay> {
  const { timeZone, currency } = await getBusiness(ctx);
  return { today: dayOf(ctx.now(), timeZone), timeZone, currency };
}

async function tellPlans(
  ctx: Context,
  plans: readonly PlanRow[],
  { sliceSize, ...terms }: PlanDay & { sliceSize: number },
): Promise<ContactPlan[]> {
  const { today } = terms;
  const [open, names, sliceOf] = await Promise.all([
    countOpen(ctx.db, { today }),
    listStaffNames(ctx.db),
    openSlices(ctx.db, { size: sliceSize }),
  ]);
  return Promise.all(
    plans.map(async ({ at: _at, actor: _actor, endedAt: _ended, endedBy: _by, ...row }) => {
      const counted = open.find(({ planId }) => planId === row.id);
      const plan = { ...row, at: _at, actor: _actor, endedAt: _ended, endedBy: _by };
      const isByMail = row.channel === 'mail';
      const within = isByMail ? null : await sliceOf(row.id);
      const due = isByMail
        ? new Map<string, number>()
        : await countDueByDay(ctx.db, plan, { ...terms, within: within ?? undefined, until: today });
      return {
        ...row,
        staffName: names.find(({ id }) => id === row.staffId)?.name ?? null,
        ...{ open: counted?.open ?? 0, overdue: counted?.overdue ?? 0 },
        nextOn: isByMail ? await nextOf(ctx, plan) : null,
        due: due.get(today) ?? 0,
        dueAmong: within === null ? null : sliceSize,
      };
    }),
  );
}

/** The next day on which a plan by mail comes round. */
async function nextOf(ctx: Context, plan: PlanRow): Promise<string> {
  const last = await findLastRound(ctx.db, { planId: plan.id });
  return nextRound(plan, last === null ? plan.sinceDay : addDays(last.day, 1));
}

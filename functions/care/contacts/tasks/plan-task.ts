import { statement } from '../../../../db/query.ts';
import { unchanged } from '../../../ground/decision/decision.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { findOpenOfPlan, findTaskRow } from '../queries.ts';
import { insertTaskAct } from '../statements.ts';
import { taskRows } from './plan-tasks.ts';

/** What a plan asks somebody to do: for a customer, or for all whom it means. */
export interface PlannedTask {
  plan: { id: string; what: string };
  who: { customerId: string; accountId: string; rootId: string } | null;
  staffId: string | null;
  /** A business day. */
  dueOn: string;
  /** Of a plan for all whom it means: the day on which it came round, for which it asks once. */
  round: string | null;
}

/** Puts it among the tasks, unless one of the plan about the same is open. Whether it did. @throws {AppError} `forbidden` */
export async function givePlanTask(
  ctx: Context,
  { plan, who, staffId, dueOn, round }: PlannedTask,
): Promise<boolean> {
  allow(ctx.actor, 'contacts:write');
  const about = who ?? { customerId: null, accountId: null, rootId: null };
  const asked = { planId: plan.id, rootId: about.rootId };
  const planned = () =>
    taskRows(ctx, {
      ...{ id: newId(), kind: 'next_step', what: plan.what, planId: plan.id, round, contactId: null },
      ...{ customerId: about.customerId, accountId: about.accountId, rootId: about.rootId, dueOn, staffId },
    });
  if (about.rootId === null)
    return retrying(ctx, { subject: 'plan', key: `plan ${plan.id}` }, async () => {
      if ((await findOpenOfPlan(ctx.db.fresh, asked)) !== null) return false;
      await writeDecision(ctx, { rows: planned() });
      return true;
    });
  return writeHistory(ctx, about.rootId, async (seen) => {
    if ((await findOpenOfPlan(seen.db.fresh, asked)) !== null) return { ...unchanged, result: false };
    return { history: { kind: 'step_planned', detail: { plan: plan.id } }, rows: planned(), result: true };
  });
}

/** A task of a plan that asks for it no more need not be done; `why` stands in the history. @throws {AppError} `forbidden` */
export async function dropPlanTask(
  ctx: Context,
  { id, rootId, why }: { id: string; rootId: string | null; why: string },
): Promise<void> {
  allow(ctx.actor, 'contacts:write');
  const decide = async (seen: Context) => {
    const task = await findTaskRow(seen.db.fresh, { id });
    if (task === null || task.endedAt !== null) return null;
    const now = ctx.now();
    return [
      insertTaskAct({
        taskId: id,
        seq: task.actSeq + 1,
        kind: 'dropped',
        why,
        at: now,
        actor: actorName(ctx.actor),
      }),
      statement(
        "UPDATE contact_tasks SET outcome = 'dropped', ended_at = ?, act_seq = act_seq + 1 WHERE id = ?",
        ...[now, id],
      ),
    ];
  };
  if (rootId === null)
    return retrying(ctx, { subject: 'task' }, async () => {
      const rows = await decide(ctx);
      if (rows !== null) await writeDecision(ctx, { rows });
    });
  await writeHistory(ctx, rootId, async (seen) => {
    const rows = await decide(seen);
    if (rows === null) return unchanged;
    return { history: { kind: 'step_stopped', detail: { task: id, why } }, rows };
  });
}

import { z } from 'zod';
import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import { type Decision, unchanged } from '../../../ground/decision/decision.ts';
import { retrying } from '../../../ground/decision/retrying.ts';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { addDays, dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { day } from '../../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { writeHistory } from '../../../money/accounts/write-history.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { findColleague, findTaskRow, type TaskRow } from '../queries.ts';
import { insertTaskAct } from '../statements.ts';
import { answerByTask, waitAgain } from './answer-by-task.ts';

/** Nobody is to be forgotten by being put off. */
const DAYS_MOST = 730;

/** What is to be done was done; whoever waited for it is answered by that, however often they called or wrote. @throws {AppError} `not_found`, `forbidden` */
export const finishTask = (ctx: Context, { id }: { id: string }): Promise<void> =>
  actOnTask(ctx, id, (task) => (task.endedAt === null ? { kind: 'done' } : null));

/** It need not be done any more. @throws {AppError} `not_found`, `forbidden` */
export const dropTask = (ctx: Context, { id }: { id: string }): Promise<void> =>
  actOnTask(ctx, id, (task) => (task.endedAt === null ? { kind: 'dropped' } : null));

/** It is to be done all the same. @throws {AppError} `not_found`, `forbidden` */
export const reopenTask = (ctx: Context, { id }: { id: string }): Promise<void> =>
  actOnTask(ctx, id, (task) => (task.endedAt === null ? null : { kind: 'reopened' }));

/**
 * Puts it off until a day, or brings it forward.
 * @throws {AppError} `validation_failed` for a day before today or beyond two years, `not_found`, `forbidden`
 */
export async function moveTask(ctx: Context, { id, dueOn }: { id: string; dueOn: string }): Promise<void> {
  const to = parseInput(z.strictObject({ dueOn: day }), { dueOn }).dueOn;
  const { timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  if (to < today || to > addDays(today, DAYS_MOST))
    throw wrongField('dueOn', 'invalid_date', `has to be a day from today on, within ${DAYS_MOST} days`);
  await actOnTask(ctx, id, (task) =>
    task.endedAt === null && task.dueOn !== to ? { kind: 'moved', dueOn: to } : null,
  );
}

/** Hands it over, or to whoever is there. @throws {AppError} `not_found` also for who does not work here, `forbidden` */
export async function handTask(
  ctx: Context,
  { id, staffId }: { id: string; staffId: string | null },
): Promise<void> {
  allow(ctx.actor, 'contacts:write');
  if (staffId !== null && (await findColleague(ctx.db.fresh, { who: staffId }))?.id !== staffId)
    throw new AppError('not_found', 'Nobody like that works here.');
  await actOnTask(ctx, id, (task) =>
    task.endedAt === null && task.staffId !== staffId ? { kind: 'handed', staffId } : null,
  );
}

type TaskAct =
  | { kind: 'done' | 'dropped' | 'reopened' }
  | { kind: 'moved'; dueOn: string }
  | { kind: 'handed'; staffId: string | null };

/** An act is a row with who and when; what it says last stands with the task. */
async function actOnTask(ctx: Context, id: string, decide: (task: TaskRow) => TaskAct | null): Promise<void> {
  allow(ctx.actor, 'contacts:write');
  const known = await findTaskRow(ctx.db.fresh, { id });
  if (known === null) throw new AppError('not_found', 'There is no such task.');
  const decideNow = async (seen: Context) => {
    const task = (await findTaskRow(seen.db.fresh, { id })) ?? known;
    const act = decide(task);
    if (act === null) return unchanged;
    const decision: Decision = {
      rows: actRows(ctx, task, act),
      audit: {
        kind: `task.${act.kind}`,
        subjectKind: 'task',
        subjectId: id,
        detail: {
          ...('dueOn' in act ? { to: act.dueOn } : {}),
          ...('staffId' in act ? { to: act.staffId } : {}),
        },
      },
    };
    return { ...decision, history: { kind: `step_${act.kind}`, detail: { task: id } } as const };
  };
  if (known.rootId !== null) return writeHistory(ctx, known.rootId, decideNow);
  await retrying(ctx, { subject: 'task' }, async () => {
    const decided = await decideNow(ctx);
    if (!('history' in decided)) return;
    const { history: _none, ...decision } = decided;
    await writeDecision(ctx, decision);
  });
}

function actRows(ctx: Context, task: TaskRow, act: TaskAct): Statement[] {
  const now = ctx.now();
  const actor = actorName(ctx.actor);
  const isEnd = act.kind === 'done' || act.kind === 'dropped';
  const dueOn = 'dueOn' in act ? act.dueOn : task.dueOn;
  const staffId = 'staffId' in act ? act.staffId : task.staffId;
  const by = ctx.actor.kind === 'staff' ? ctx.actor.id : null;
  return [
    insertTaskAct({
      ...{ taskId: task.id, seq: task.actSeq + 1, at: now, actor, kind: act.kind },
      ...('dueOn' in act ? { dueOn } : {}),
      ...('staffId' in act ? { staffId } : {}),
    }),
    statement(
      `UPDATE contact_tasks SET due_on = ?, staff_id = ?, outcome = ?, ended_at = ?, act_seq = act_seq + 1 WHERE id = ?`,
      ...[dueOn, staffId, isEnd ? act.kind : null, isEnd ? now : null, task.id],
    ),
    ...(act.kind === 'reopened' ? waitAgain(task, { now, actor }) : []),
    ...(act.kind === 'done' ? answerByTask(task, { by, now, actor }) : []),
  ];
}

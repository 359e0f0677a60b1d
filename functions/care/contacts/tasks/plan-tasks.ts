import type { Statement } from '../../../../db/store.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { getBusiness } from '../../../money/business/business.ts';
import type { ReplyDue } from '../../../voice/feedback/reply-clock.ts';
import type { PlannedContact } from '../plan-contact.ts';
import { findWaitingTask } from '../queries.ts';
import type { ContactDraft } from '../schema.ts';
import { insertTask, insertTaskAct } from '../statements.ts';

/** What is to be done because of a contact. */
export async function planTasks(
  ctx: Context,
  {
    id,
    draft,
    side,
    address,
    wantsAnswer,
    answerDue,
  }: Omit<PlannedContact, 'key' | 'draft'> & {
    draft: Pick<ContactDraft, 'channel' | 'staffId' | 'nextStep'>;
    wantsAnswer: boolean;
    answerDue: ReplyDue | null;
  },
): Promise<{ taskId: string | null; rows: Statement[] }> {
  const { timeZone } = await getBusiness(ctx);
  const about = {
    contactId: id,
    customerId: side.customerId,
    accountId: side.accountId,
    rootId: side.rootId,
  };
  const waiting = wantsAnswer ? await planWaiting() : [];
  const { nextStep } = draft;
  const tasks = [...waiting, ...(nextStep === null ? [] : [{ kind: 'next_step' as const, ...nextStep }])];
  const made = tasks.map((task) => ({ ...task, ...about, id: newId() }));
  return { taskId: made[0]?.id ?? null, rows: made.flatMap((task) => taskRows(ctx, task)) };

  /** Whoever calls five times is called back once; by the standard for them, or on the same day where there is none. */
  async function planWaiting() {
    const kind = draft.channel === 'phone' ? ('call_back' as const) : ('reply' as const);
    const whose = { customerId: side.customerId, number: side.number, address: address ?? null };
    if ((await findWaitingTask(ctx.db.fresh, { kind, ...whose })) !== null) return [];
    const dueAt = answerDue?.isByStandard ? answerDue.at : ctx.now();
    return [{ kind, what: null, dueOn: dayOf(dueAt, timeZone), staffId: draft.staffId }];
  }
}

export type NewTask = Omit<
  Parameters<typeof insertTask>[0],
  'at' | 'actor' | 'actSeq' | 'outcome' | 'endedAt'
>;

/** The rows of a task that is new. */
export function taskRows(ctx: Context, task: NewTask): Statement[] {
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  const { dueOn, staffId = null } = task;
  return [
    insertTask({ ...task, actSeq: 1, ...done }),
    insertTaskAct({ taskId: task.id, seq: 1, kind: 'planned', dueOn, staffId, ...done }),
  ];
}

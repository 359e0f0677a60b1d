import { setTaskMail } from '../functions/care/contacts/task-mail/set-task-mail.ts';
import {
  dropTask,
  finishTask,
  handTask,
  moveTask,
  reopenTask,
} from '../functions/care/contacts/tasks/act-on-task.ts';
import { addDays, dayOf } from '../functions/ground/platform/business-time.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import { type FormError, onPage } from './words/field-errors.ts';

/** What is wrong with an open task of the page, at its field; of any other, that the form should be sent again. */
export const taskErrors = (
  t: Messages,
  errors: readonly FormError[],
  tasks: readonly { id: string; endedAt: number | null }[],
) =>
  onPage(
    t,
    errors,
    (field) =>
      !field.startsWith('on-') || tasks.some(({ id, endedAt }) => endedAt === null && field === `on-${id}`),
  );

/** Does what a form about a task asks for; what is wrong with it, empty when it is done. */
export async function postToTask(
  ctx: Context,
  { t, fields, timeZone }: { t: Messages; fields: ReadonlyMap<string, string>; timeZone: string },
): Promise<FormError[]> {
  const id = fields.get('task') ?? '';
  const today = dayOf(ctx.now(), timeZone);
  const done = await attempt(workOf(), {
    '.dueOn': {
      field: `on-${id}`,
      text: t.form_rule({ field: t.contacts_step_on(), rule: t.contacts_step_day_rule() }),
    },
    not_found: { field: 'main', text: t.contacts_task_gone() },
  });
  return done.ok ? [] : [done.reason];

  function workOf(): Promise<void> {
    switch (fields.get('do')) {
      case 'done':
        return finishTask(ctx, { id });
      case 'drop':
        return dropTask(ctx, { id });
      case 'reopen':
        return reopenTask(ctx, { id });
      case 'hand':
        return handTask(ctx, { id, staffId: fields.get(`staff-${id}`) || null });
      case 'week':
        return moveTask(ctx, { id, dueOn: addDays(today, 7) });
      case 'move':
        return moveTask(ctx, { id, dueOn: fields.get(`on-${id}`) ?? '' });
      default:
        return moveTask(ctx, { id, dueOn: addDays(today, 1) });
    }
  }
}

/** At what hour who asks is told of what is due; what is wrong with that, empty when it is kept. */
export async function postTaskMail(
  ctx: Context,
  t: Messages,
  fields: ReadonlyMap<string, string>,
): Promise<FormError[]> {
  const text = fields.get('mail_at') ?? '';
  const hour = text === '' ? null : /^\d{1,2}$/.test(text) ? Number(text) : -1;
  const rule = t.contacts_rule_choice();
  const done = await attempt(setTaskMail(ctx, { hour }), {
    '.hour': { field: 'mail_at', text: t.form_rule({ field: t.contacts_task_mail(), rule }) },
  });
  return done.ok ? [] : [done.reason];
}

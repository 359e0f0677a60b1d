import { statement } from '../../../../db/query.ts';
import type { Statement } from '../../../../db/store.ts';
import type { TaskRow } from '../queries.ts';
import { sameSide } from '../same-side.ts';
import { endTasksOf, reopenTasks } from '../statements.ts';

/** Contacts `w` that one task answers with its contact `k`: that one, and what else came from the same person the same way. */
const answeredTogether = `contacts AS k JOIN contacts AS w ON (w.id = k.id OR ${sameSide('w', 'k')})
  AND (w.channel = 'phone') = (k.channel = 'phone') WHERE k.id = ? AND w.wants_answer = 1`;

/**
 * Whoever called five times is called back once, so that one task answers all five; other tasks about them, such as from before
 * it was known who they are, are done with it.
 */
export function answerByTask(
  task: TaskRow,
  { by, now, actor }: { by: string | null; now: number; actor: string },
): Statement[] {
  if (task.kind === 'next_step' || task.contactId === null) return [];
  const waiting = `SELECT w.id FROM ${answeredTogether} AND w.answered_at IS NULL AND w.withdrawn_at IS NULL`;
  return [
    ...endTasksOf({ sql: waiting, args: [task.contactId] }, { outcome: 'done', now, actor }),
    statement(
      `UPDATE contacts SET answered_at = max(at, ?), answered_by = ? WHERE id IN (${waiting})`,
      ...[now, by, task.contactId],
    ),
  ];
}

/** All that the task answered when it was done waits again, and what was done with it is to be done again. */
export function waitAgain(task: TaskRow, { now, actor }: { now: number; actor: string }): Statement[] {
  if (task.kind === 'next_step' || task.contactId === null) return [];
  const answered = `SELECT w.id FROM ${answeredTogether} AND (w.id = k.id OR w.answered_at = max(w.at, ?))`;
  const these = [task.contactId, task.endedAt];
  return [
    ...reopenTasks(statement(`ended_at = ? AND contact_id IN (${answered})`, task.endedAt, ...these), {
      now,
      actor,
    }),
    statement(
      `UPDATE contacts SET answered_at = NULL, answered_by = NULL WHERE id IN (${answered})`,
      ...these,
    ),
  ];
}

import { insertInto, statement } from '../../../db/query.ts';
import {
  contactAttachments,
  contactEntries,
  contactMails,
  contacts,
  contactTaskActs,
  contactTasks,
} from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { sameSide } from './same-side.ts';

export const insertContact = insertInto(contacts);
export const insertContactEntry = insertInto(contactEntries);
export const insertContactMail = insertInto(contactMails);
export const insertContactAttachment = insertInto(contactAttachments);
export const insertTask = insertInto(contactTasks);
export const insertTaskAct = insertInto(contactTaskActs);

/** Somebody of the staff who was in touch, with whom, and when. */
export interface Answering {
  at: number;
  staffId: string | null;
  customerId: string | null;
  number: string | null;
  address: string | null;
  now: number;
  actor: string;
}

/** Whoever of the other side waited for us has been answered, and what was to be done about it is done. */
export function answerWaiting(answering: Answering): Statement[] {
  const { at, staffId, now, actor } = answering;
  // By number and address as `sameSide` says.
  const others = answering.customerId === null ? '' : ' AND customer_id IS NULL';
  const whose = [
    ['customer_id = ?', answering.customerId],
    [`number = ?${others}`, answering.number],
    [`address = ?${others}`, answering.address],
  ] as const;
  return whose.flatMap(([isTheirs, value]) => {
    if (value === null) return [];
    const waiting = `SELECT id FROM contacts WHERE ${isTheirs} AND wants_answer = 1 AND answered_at IS NULL
      AND withdrawn_at IS NULL AND at <= ?`;
    return [
      ...endTasksOf({ sql: waiting, args: [value, at] }, { outcome: 'done', now, actor }),
      statement(
        `UPDATE contacts SET answered_at = max(at, ?), answered_by = ? WHERE id IN (${waiting})`,
        ...[at, staffId, value, at],
      ),
    ];
  });
}

/** Where `k` is what answered `w`: the other side was in touch with us later, or we with them. */
const answersIt = `k.withdrawn_at IS NULL AND k.is_missed = 0 AND (k.direction = 'out' OR k.wants_answer = 0) AND k.at >= w.at
  AND ${sameSide('k', 'w')}`;

/** Says anew by what some contacts were answered, as if it were told now; by nothing where there is no such contact. */
export function answerAnew(ids: Statement): Statement {
  return statement(
    `UPDATE contacts AS w SET (answered_at, answered_by) = (
       SELECT max(k.at, w.at), k.staff_id FROM contacts AS k WHERE ${answersIt} AND k.id <> w.id ORDER BY k.at, k.id LIMIT 1)
     WHERE w.id IN (${ids.sql})`,
    ...ids.args,
  );
}

/**
 * A contact that answered others answers nobody any more: they wait again, unless another one answers them too, and what
 * was to be done about them is to be done again. To be written behind what is said of the contact now.
 */
export function unanswerBy(id: string, { now, actor }: { now: number; actor: string }): Statement[] {
  const others = `SELECT w.id FROM contacts AS k JOIN contacts AS w ON ${sameSide('w', 'k')}
     WHERE k.id = ? AND w.wants_answer = 1 AND w.withdrawn_at IS NULL`;
  const answered = `${others} AND EXISTS (SELECT 1 FROM contact_entries AS e WHERE e.contact_id = k.id
      AND w.answered_at = max(w.at, e.content ->> '$.at') AND w.answered_by IS e.content ->> '$.staffId')`;
  return [
    answerAnew(statement(answered, id)),
    ...reopenTasks(statement(`contact_id IN (${others} AND w.answered_at IS NULL)`, id), { now, actor }),
  ];
}

/** What was done because of contacts is to be done again; `which` is a condition on tasks. */
export function reopenTasks(which: Statement, { now, actor }: { now: number; actor: string }): Statement[] {
  const done = `outcome = 'done' AND kind <> 'next_step' AND ${which.sql}`;
  return [
    statement(
      `INSERT INTO contact_task_acts (task_id, seq, kind, at, actor)
       SELECT id, act_seq + 1, 'reopened', ?, ? FROM contact_tasks WHERE ${done}`,
      ...[now, actor, ...which.args],
    ),
    statement(
      `UPDATE contact_tasks SET outcome = NULL, ended_at = NULL, act_seq = act_seq + 1 WHERE ${done}`,
      ...which.args,
    ),
  ];
}

/** Ends what is to be done about some contacts that nobody had answered. */
export function endTasksOf(
  ids: Statement,
  { outcome, now, actor }: { outcome: 'done' | 'dropped'; now: number; actor: string },
): Statement[] {
  const open = `ended_at IS NULL AND kind <> 'next_step' AND contact_id IN (${ids.sql})`;
  return [
    statement(
      `INSERT INTO contact_task_acts (task_id, seq, kind, at, actor)
       SELECT id, act_seq + 1, ?, ?, ? FROM contact_tasks WHERE ${open}`,
      ...[outcome, now, actor, ...ids.args],
    ),
    statement(
      `UPDATE contact_tasks SET outcome = ?, ended_at = ?, act_seq = act_seq + 1 WHERE ${open}`,
      ...[outcome, now, ...ids.args],
    ),
  ];
}

import { type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { dayOf } from '../../../ground/platform/business-time.ts';
import { DAY_MS } from '../../../ground/platform/calendar.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { mayReadPrivate } from '../../../ground/platform/personal.ts';
import { getBusiness } from '../../../money/business/business.ts';
import { stoodInForSql } from '../../../people/managers/absences/away-sql.ts';
import type { TaskRow } from '../queries.ts';

const ROWS_MAX = 200;
/** How far back what was done is told. */
const DONE_DAYS = 7;

/** Something to be done for somebody. */
export interface TaskItem {
  id: string;
  kind: TaskRow['kind'];
  /** As it was written; null for what follows from a contact. */
  what: string | null;
  contactId: string | null;
  /** Where a list names its customer as lapsed and a moment asks for the call: what that list said, which opens the call sheet. */
  lapsedId: string | null;
  customerId: string | null;
  rootId: string | null;
  name: string | null;
  /** The company, household or department; null for somebody's own account. */
  accountName: string | null;
  /** How to reach them; null to those who are told no more of people than who they are. */
  phone: string | null;
  dueOn: string;
  /** Until when who waits was promised an answer; null for what is due by its day alone. */
  dueAt: number | null;
  isOverdue: boolean;
  staff: { id: string; name: string } | null;
  outcome: TaskRow['outcome'];
  endedAt: number | null;
}

/** `today`: due, or overdue; `ahead`: later; `done`: ended within the last week; `open`: all that is not. */
export const taskViews = ['today', 'ahead', 'done'] as const;
export type TaskView = (typeof taskViews)[number] | 'open' | 'all';

export interface TasksAsked {
  view: TaskView;
  /** Given to this person, to somebody they stand in for now, or to nobody; all, where it is left out. */
  staffId?: string;
  rootId?: string;
  contactId?: string;
}

/** What is to be done, overdue first, of a day what is due by an hour first; at most 200. @throws {AppError} `forbidden`, `scope_missing` */
export async function listTasks(
  ctx: Context,
  asked: TasksAsked,
): Promise<{ items: TaskItem[]; today: string; isCut: boolean }> {
  allow(ctx.actor, 'contacts:read');
  const { timeZone } = await getBusiness(ctx);
  const now = ctx.now();
  const today = dayOf(now, timeZone);
  const { staffId, rootId, contactId, view } = asked;
  const where = [
    viewed(view, { today, now }),
    ...(staffId === undefined ? [] : [sql`(${isOf(sql`t.staff_id`, { staffId, today })})`]),
    ...(rootId === undefined ? [] : [sql`t.root_id = ${rootId}`]),
    ...(contactId === undefined ? [] : [sql`t.contact_id = ${contactId}`]),
  ];
  const order = view === 'done' ? sql`t.ended_at DESC, t.id DESC` : sql`t.due_on, t.id`;
  const rows = await listRows(ctx, sql.join(where, sql` AND `), order);
  const told = { today, now, timeZone, isPrivate: mayReadPrivate(ctx.actor) };
  const items = rows.slice(0, ROWS_MAX).map((row) => toItem(row, told));
  return {
    items: view === 'done' ? items : items.toSorted(byDue),
    today,
    isCut: rows.length > ROWS_MAX,
  };
}

function byDue(one: TaskItem, other: TaskItem): number {
  if (one.dueOn !== other.dueOn) return one.dueOn < other.dueOn ? -1 : 1;
  return (one.dueAt ?? Number.MAX_SAFE_INTEGER) - (other.dueAt ?? Number.MAX_SAFE_INTEGER);
}

function viewed(view: TaskView, { today, now }: { today: string; now: number }): SQL {
  switch (view) {
    case 'today':
      return sql`t.ended_at IS NULL AND t.due_on <= ${today}`;
    case 'ahead':
      return sql`t.ended_at IS NULL AND t.due_on > ${today}`;
    case 'done':
      return sql`t.ended_at > ${now - DONE_DAYS * DAY_MS}`;
    case 'open':
      return sql`t.ended_at IS NULL`;
    default:
      return sql`1`;
  }
}

function listRows({ db }: Context, where: SQL, order: SQL) {
  return ask(db, (query) =>
    query
      .select({
        id: sql<string>`t.id`,
        kind: sql<TaskRow['kind']>`t.kind`,
        what: sql<string | null>`t.what`,
        contactId: sql<string | null>`t.contact_id`,
        lapsedId: sql<
          string | null
        >`CASE WHEN t.moment = 'lapsed_call' THEN (SELECT y.id FROM attention_sayings AS y
          WHERE y.root_id = t.root_id AND y.list = 'lapsed' AND y.left_on IS NULL LIMIT 1) END`,
        customerId: sql<string | null>`t.customer_id`,
        rootId: sql<string | null>`t.root_id`,
        name: sql<string | null>`coalesce(c.name, c.email, nullif(r.name, ''))`,
        accountName: sql<string | null>`nullif(a.name, '')`,
        phone: sql<string | null>`coalesce(c.phone, k.number)`,
        dueOn: sql<string>`t.due_on`,
        answerDueAt: sql<number | null>`CASE WHEN t.kind <> 'next_step' THEN k.answer_due_at END`,
        staffId: sql<string | null>`t.staff_id`,
        staffName: sql<string | null>`coalesce(s.name, s.email)`,
        outcome: sql<TaskRow['outcome']>`t.outcome`,
        endedAt: sql<number | null>`t.ended_at`.mapWith(Number),
      })
      .from(
        sql`contact_tasks AS t LEFT JOIN contacts AS k ON k.id = t.contact_id LEFT JOIN customers AS c ON c.id = t.customer_id
          LEFT JOIN accounts AS a ON a.id = t.account_id LEFT JOIN accounts AS r ON r.id = t.root_id
          LEFT JOIN staff AS s ON s.id = t.staff_id`,
      )
      .where(where)
      .orderBy(order)
      .limit(ROWS_MAX + 1),
  );
}

function toItem(
  { staffId, staffName, phone, answerDueAt, ...row }: Awaited<ReturnType<typeof listRows>>[number],
  { today, now, timeZone, isPrivate }: { today: string; now: number; timeZone: string; isPrivate: boolean },
): TaskItem {
  // One that was put off is due by its new day.
  const promisedAt = answerDueAt === null ? null : Number(answerDueAt);
  const dueAt = promisedAt !== null && dayOf(promisedAt, timeZone) === row.dueOn ? promisedAt : null;
  return {
    ...{ ...row, dueAt },
    phone: isPrivate ? phone : null,
    isOverdue: row.endedAt === null && (row.dueOn < today || (dueAt !== null && dueAt < now)),
    staff: staffId === null ? null : { id: staffId, name: staffName ?? staffId },
  };
}

/** Whether a task is of somebody, of one they stand in for, or of nobody. */
const isOf = (column: SQL, whose: { staffId: string; today: string }) =>
  sql`${column} = ${whose.staffId} OR ${column} IS NULL OR ${column} IN ${stoodInForSql(whose)}`;

/** How many are due today or were before, of the reader, of those they stand in for and of nobody; for who is no member of the staff, all. */
export async function countDueTasks(ctx: Context): Promise<number> {
  const { timeZone } = await getBusiness(ctx);
  const today = dayOf(ctx.now(), timeZone);
  const whose =
    ctx.actor.kind === 'staff' ? sql`(${isOf(sql`staff_id`, { staffId: ctx.actor.id, today })})` : sql`1`;
  const [row] = await ask(ctx.db, (query) =>
    query
      .select({ due: sql<number>`count(*)`.mapWith(Number) })
      .from(sql`contact_tasks`)
      .where(sql`ended_at IS NULL AND due_on <= ${today} AND ${whose}`),
  );
  return row?.due ?? 0;
}

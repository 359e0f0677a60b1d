import { and, asc, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { ask, query } from '../../db/query.ts';
import { cases, causes, customers, feedback, staff } from '../../db/schema/index.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { normalCode } from '../platform/ids.ts';
import { escaped, isLike, spellings } from '../portal/search-text.ts';
import type { CaseState } from './case-state.ts';
import { feedbackColumns } from './queries.ts';
import { type FeedbackSummary, summaryOf } from './types.ts';

const ROWS_A_PAGE = 30;
const EXCERPT_LENGTH = 200;

export interface InboxQuery {
  kind: FeedbackSummary['kind'] | null;
  /** `todo`: somebody waits for us; `none`: nobody has to handle it. */
  state: CaseState | 'todo' | 'none' | null;
  /** A member of staff, or nobody. */
  owner: { id: string | null } | null;
  isOverdue: boolean;
  causeId: string | null;
  customerId: string | null;
  /** A reference, or part of the words, the customer's email or the order's number. */
  text: string | null;
  page: number;
}

export interface InboxItem extends FeedbackSummary {
  state: CaseState | null;
  from: string | null;
  owner: string | null;
  cause: string | null;
  isOverdue: boolean;
}

/**
 * Feedback for staff: what somebody waits for by when it is due, anything else newest first.
 * @throws {AppError} `unauthenticated`, `forbidden`
 */
export async function listInbox(
  ctx: Context,
  asked: InboxQuery,
): Promise<{ items: InboxItem[]; page: number; hasMore: boolean }> {
  allow(ctx.actor, 'feedback:read');
  const now = ctx.now();
  const byDue = asked.isOverdue || asked.state === 'todo';
  const rows = await ask(ctx.db, (db) =>
    db
      .select({
        ...feedbackColumns,
        text: sql<string>`substr(${feedback.text}, 1, ${sql.raw(String(EXCERPT_LENGTH))})`.mapWith(String),
        from: sql<string | null>`coalesce(${customers.name}, ${customers.email})`.mapWith(String),
        owner: staff.email,
        cause: causes.name,
      })
      .from(feedback)
      .leftJoin(cases, eq(cases.feedbackId, feedback.id))
      .leftJoin(customers, eq(customers.id, feedback.customerId))
      .leftJoin(staff, eq(staff.id, cases.ownerId))
      .leftJoin(causes, eq(causes.id, cases.causeId))
      .where(and(...conditions(asked, now)))
      .orderBy(
        ...(byDue ? [asc(cases.replyDueAt), asc(feedback.id)] : [desc(feedback.at), desc(feedback.id)]),
      )
      .limit(ROWS_A_PAGE + 1)
      .offset((asked.page - 1) * ROWS_A_PAGE),
  );
  const items = rows.slice(0, ROWS_A_PAGE).map(({ from, owner, cause, ...row }) => ({
    ...summaryOf(row),
    ...{ from, owner, cause, state: row.case?.state ?? null },
    isOverdue: row.case !== null && row.case.replyDueAt !== null && row.case.replyDueAt <= now,
  }));
  return { items, page: asked.page, hasMore: rows.length > ROWS_A_PAGE };
}

function conditions(asked: InboxQuery, now: number): (SQL | undefined)[] {
  const { kind, state, owner, causeId, customerId, text } = asked;
  return [
    kind === null ? undefined : eq(feedback.kind, kind),
    state === null ? undefined : inState(state),
    asked.isOverdue ? sql`${cases.replyDueAt} <= ${now}` : undefined,
    owner === null ? undefined : owner.id === null ? isNull(cases.ownerId) : eq(cases.ownerId, owner.id),
    causeId === null ? undefined : eq(cases.causeId, causeId),
    customerId === null ? undefined : eq(feedback.customerId, customerId),
    text === null ? undefined : says(text),
  ];
}

function inState(state: NonNullable<InboxQuery['state']>): SQL {
  if (state === 'none') return sql`${cases.feedbackId} IS NULL`;
  return state === 'todo' ? sql`${cases.replyDueAt} IS NOT NULL` : eq(cases.state, state);
}

function says(text: string): SQL | undefined {
  const anywhere = spellings(text).map((spelling) => `%${escaped(spelling)}%`);
  return or(
    eq(feedback.reference, normalCode(text)),
    eq(feedback.orderNumber, text),
    ...anywhere.flatMap((pattern) => [isLike(feedback.text, pattern), isLike(customers.email, pattern)]),
  );
}

const countRows = query((db) =>
  db
    .select({
      overdue:
        sql<number>`(SELECT count(*) FROM cases WHERE reply_due_at <= ${sql.placeholder('now')})`.mapWith(
          Number,
        ),
      todo: sql<number>`(SELECT count(*) FROM cases WHERE reply_due_at IS NOT NULL)`.mapWith(Number),
    })
    .from(sql`(SELECT 1)`),
);

/** How many cases wait for an answer, and how many of them longer than was promised. */
export async function countWaiting(ctx: Context): Promise<{ overdue: number; todo: number }> {
  allow(ctx.actor, 'feedback:read');
  const [counts] = await countRows(ctx.db, { now: ctx.now() });
  return { overdue: counts?.overdue ?? 0, todo: counts?.todo ?? 0 };
}

const listNames = query((db) =>
  db
    .select({ id: staff.id, email: staff.email })
    .from(staff)
    .where(isNull(staff.disabledAt))
    .orderBy(staff.email),
);

/** Whom a case may be given to: everybody who works here now. */
export async function listCaseOwners(ctx: Context): Promise<{ id: string; email: string }[]> {
  allow(ctx.actor, 'feedback:read');
  return listNames(ctx.db);
}

import { and, asc, desc, eq, isNull, ne, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { ask, query } from '../../../db/query.ts';
import { cases, causes, customers, feedback, feedbackMentions, staff } from '../../../db/schema/index.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { mayReadPrivate } from '../../ground/platform/personal.ts';
import { hasManyThings, idsAbout } from './areas/queries.ts';
import type { CaseState } from './case-state.ts';
import { findSaid, type Said } from './find-said.ts';
import { allowOf } from './only-own.ts';
import { feedbackColumns } from './queries.ts';
import { type FeedbackSummary, summaryOf } from './types.ts';

const ROWS_A_PAGE = 30;
const EXCERPT_LENGTH = 200;

/** Any place but the business's own pages. */
export const ELSEWHERE = 'elsewhere';

export interface InboxQuery {
  kind: FeedbackSummary['kind'] | null;
  /** `todo`: somebody waits for us; `none`: nobody has to handle it. */
  state: CaseState | 'todo' | 'none' | null;
  /** A member of staff, or nobody. */
  owner: { id: string | null } | null;
  isOverdue: boolean;
  causeId: string | null;
  customerId: string | null;
  /** Who of the team served. */
  serverId: string | null;
  /** What of the business's doing its cause lies in. */
  process: string | null;
  product: string | null;
  /** Said elsewhere: a place by its name, or `elsewhere` for any. */
  place: string | null;
  /** A reference, an order's number, or three letters and more of the words or of who the customer is. */
  text: string | null;
  page: number;
}

export interface InboxItem extends FeedbackSummary {
  state: CaseState | null;
  from: string | null;
  owner: string | null;
  cause: string | null;
  place: string | null;
  rating: number | null;
  isOverdue: boolean;
}

/**
 * Feedback for staff: what somebody waits for by when it is due, anything else newest first. `isCut` says that more pieces
 * have the text than were looked at, `isPartial` that of a product only the newest were.
 * @throws {AppError} `unauthenticated`, `forbidden`, also of an agent who asks for whom a colleague served
 */
export async function listInbox(
  ctx: Context,
  asked: InboxQuery,
): Promise<{ items: InboxItem[]; page: number; hasMore: boolean; isCut: boolean; isPartial: boolean }> {
  allow(ctx.actor, 'feedback:read');
  allowOf(ctx.actor, asked.serverId);
  const now = ctx.now();
  const byDue = asked.isOverdue || asked.state === 'todo';
  const said =
    asked.text === null
      ? null
      : await findSaid(ctx.db, { text: asked.text, isPrivate: mayReadPrivate(ctx.actor) });
  const by = leading(asked, said);
  const isPartial = asked.product !== null && (await hasManyThings(ctx.db));
  const rows = await ask(ctx.db, (db) =>
    db
      .select({
        ...feedbackColumns,
        text: sql<string>`substr(${feedback.text}, 1, ${sql.raw(String(EXCERPT_LENGTH))})`.mapWith(String),
        from: sql<string | null>`coalesce(${customers.name}, ${customers.email})`.mapWith(String),
        owner: sql<string | null>`coalesce(${staff.name}, ${staff.email})`.mapWith(String),
        cause: causes.name,
      })
      .from(feedback)
      .leftJoin(cases, eq(cases.feedbackId, feedback.id))
      .leftJoin(feedbackMentions, eq(feedbackMentions.feedbackId, feedback.id))
      .leftJoin(customers, eq(customers.id, feedback.customerId))
      .leftJoin(staff, eq(staff.id, cases.ownerId))
      .leftJoin(causes, eq(causes.id, cases.causeId))
      .where(and(...conditions(asked, { now, said })))
      .orderBy(
        ...(byDue ? [asc(cases.replyDueAt), asc(feedback.id)] : [desc(by(feedback.at)), desc(feedback.id)]),
      )
      .limit(ROWS_A_PAGE + 1)
      .offset((asked.page - 1) * ROWS_A_PAGE),
  );
  const items = rows.slice(0, ROWS_A_PAGE).map(({ from, owner, cause, ...row }) => ({
    ...summaryOf(row),
    ...{ from: from ?? row.mention?.author ?? null, owner, cause, state: row.case?.state ?? null },
    ...{ place: row.mention?.place ?? null, rating: row.mention?.rating ?? null },
    isOverdue: row.case !== null && row.case.replyDueAt !== null && row.case.replyDueAt <= now,
  }));
  const hasMore = rows.length > ROWS_A_PAGE;
  return { items, page: asked.page, hasMore, isCut: said?.isCut ?? false, isPartial };
}

/** Where a text or a product was looked for, its pieces lead: the unary pluses keep SQLite from walking all of a state or a kind. */
function conditions(asked: InboxQuery, { now, said }: { now: number; said: Said | null }): SQL[] {
  const { kind, state, owner, isOverdue, causeId, customerId, serverId, process, product, place } = asked;
  const by = leading(asked, said);
  return [
    kind === null ? [] : [sql`${by(feedback.kind)} = ${kind}`],
    state === null ? [] : [inState(state, by)],
    isOverdue ? [sql`${by(cases.replyDueAt)} <= ${now}`] : [],
    owner === null ? [] : [sql`${by(cases.ownerId)} IS ${owner.id}`],
    causeId === null ? [] : [sql`${by(cases.causeId)} = ${causeId}`],
    customerId === null ? [] : [sql`${by(feedback.customerId)} = ${customerId}`],
    serverId === null ? [] : [sql`${by(feedback.servedById)} = ${serverId}`],
    process === null ? [] : [sql`${by(cases.causeId)} IN (SELECT id FROM causes WHERE process = ${process})`],
    product === null ? [] : [sql`${feedback.id} IN ${idsAbout(product)}`],
    place === null ? [] : [sql`${feedback.source} = 'mention'`],
    place === null || place === ELSEWHERE ? [] : [sql`${feedbackMentions.place} = ${place}`],
    said === null ? [] : [sql`${feedback.id} IN (SELECT value FROM json_each(${JSON.stringify(said.ids)}))`],
  ].flat();
}

const leading =
  ({ product }: InboxQuery, said: Said | null) =>
  (column: SQLiteColumn): SQL =>
    said === null && product === null ? sql`${column}` : sql`+${column}`;

function inState(state: NonNullable<InboxQuery['state']>, by: (column: SQLiteColumn) => SQL): SQL {
  if (state === 'none') return sql`${cases.feedbackId} IS NULL`;
  return state === 'todo' ? sql`${by(cases.replyDueAt)} IS NOT NULL` : sql`${by(cases.state)} = ${state}`;
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
    .select({ id: staff.id, email: staff.email, name: staff.name })
    .from(staff)
    .where(and(isNull(staff.disabledAt), ne(staff.role, 'analyst')))
    .orderBy(staff.email),
);

/** Whom a case may be given to: everybody who works here now and does more than read. */
export async function listCaseOwners(
  ctx: Context,
): Promise<{ id: string; email: string; name: string | null }[]> {
  allow(ctx.actor, 'feedback:read');
  return listNames(ctx.db);
}

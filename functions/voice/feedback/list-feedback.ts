import { and, asc, eq, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { ask } from '../../../db/query.ts';
import { cases, feedback, feedbackMentions } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { type FeedbackAnswer, toFeedbackAnswer } from './answer.ts';
import { type FeedbackRow, feedbackColumns } from './queries.ts';
import type { ListFeedbackQuery } from './schema.ts';

const ROWS_A_PAGE = 50;

/** A span of feedback: `since` inclusive, `until` exclusive; `after` is the key of the last row before. */
export interface FeedbackSpan {
  kind?: FeedbackRow['kind'] | undefined;
  state?: ListFeedbackQuery['state'];
  since?: number | undefined;
  until?: number | undefined;
  after: readonly [at: number, id: string] | null;
  limit: number;
}

/** Feedback by `(at, id)`, as it is: no permission is asked. The one order in which lists and exports go through it. */
function listFeedbackRows(db: Store, span: FeedbackSpan): Promise<FeedbackRow[]> {
  const { kind, state, since, until, after, limit } = span;
  const conditions: (SQL | undefined)[] = [
    kind === undefined ? undefined : eq(feedback.kind, kind),
    state === undefined
      ? undefined
      : state === 'none'
        ? sql`${cases.feedbackId} IS NULL`
        : eq(cases.state, state),
    since === undefined ? undefined : sql`${feedback.at} >= ${since}`,
    until === undefined ? undefined : sql`${feedback.at} < ${until}`,
    after === null ? undefined : sql`(${feedback.at}, ${feedback.id}) > (${after[0]}, ${after[1]})`,
  ];
  return ask(db, (builder) =>
    builder
      .select(feedbackColumns)
      .from(feedback)
      .leftJoin(cases, eq(cases.feedbackId, feedback.id))
      .leftJoin(feedbackMentions, eq(feedbackMentions.feedbackId, feedback.id))
      .where(and(...conditions))
      .orderBy(asc(feedback.at), asc(feedback.id))
      .limit(limit),
  );
}

/** A page of feedback, oldest first. @throws {AppError} `scope_missing`, `validation_failed` for a wrong cursor */
export async function listFeedback(
  ctx: Context,
  { cursor, ...span }: ListFeedbackQuery,
): Promise<{ items: FeedbackAnswer[]; nextCursor: string | null }> {
  allow(ctx.actor, 'feedback:read');
  const after = cursor === undefined ? null : decodeCursor(cursorKey, cursor);
  const rows = await listFeedbackRows(ctx.db, { ...span, after, limit: ROWS_A_PAGE + 1 });
  const items = rows.slice(0, ROWS_A_PAGE);
  const last = items.at(-1);
  const hasMore = rows.length > ROWS_A_PAGE && last !== undefined;
  return {
    items: items.map(toFeedbackAnswer),
    nextCursor: hasMore ? encodeCursor([last.at, last.id]) : null,
  };
}

const cursorKey = z.tuple([z.int(), z.string().max(100)]);

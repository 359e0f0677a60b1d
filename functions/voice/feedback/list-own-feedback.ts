import { and, desc, eq, notInArray, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { cases, feedback, feedbackMentions } from '../../../db/schema/index.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { feedbackColumns } from './queries.ts';
import { type FeedbackSummary, summaryOf } from './types.ts';

const ROWS_MAX = 100;

const listOfCustomer = query((db) =>
  db
    .select(feedbackColumns)
    .from(feedback)
    .leftJoin(cases, eq(cases.feedbackId, feedback.id))
    .leftJoin(feedbackMentions, eq(feedbackMentions.feedbackId, feedback.id))
    .where(
      and(
        eq(feedback.customerId, sql.placeholder('customerId')),
        notInArray(feedback.source, ['survey', 'mention']),
      ),
    )
    .orderBy(desc(feedback.at), desc(feedback.id))
    .limit(ROWS_MAX),
);

/** What the signed-in customer told, newest first, a hundred at the most. @throws {AppError} `unauthenticated` */
export async function listOwnFeedback(ctx: Context): Promise<FeedbackSummary[]> {
  const rows = await listOfCustomer(ctx.db, { customerId: customerIdOf(ctx) });
  return rows.map(summaryOf);
}

import { desc, eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { cases, feedback } from '../../db/schema/index.ts';
import type { Context } from '../platform/context.ts';
import { customerIdOf } from '../portal/own-places.ts';
import { getBusiness } from '../programme/business.ts';
import { policyOf } from '../programme/policies.ts';
import { feedbackColumns } from './queries.ts';
import { type FeedbackSummary, summaryOf } from './types.ts';

const ROWS_MAX = 100;

const listOfCustomer = query((db) =>
  db
    .select(feedbackColumns)
    .from(feedback)
    .leftJoin(cases, eq(cases.feedbackId, feedback.id))
    .where(eq(feedback.customerId, sql.placeholder('customerId')))
    .orderBy(desc(feedback.at), desc(feedback.id))
    .limit(ROWS_MAX),
);

export interface OwnFeedback {
  items: FeedbackSummary[];
  /** The promise: how many business hours, and which those are. */
  replyHours: number;
  businessHours: string;
  takesAnonymous: boolean;
}

/** What the signed-in customer told, newest first, a hundred at the most. @throws {AppError} `unauthenticated` */
export async function listOwnFeedback(ctx: Context): Promise<OwnFeedback> {
  const customerId = customerIdOf(ctx);
  const [rows, business] = await Promise.all([listOfCustomer(ctx.db, { customerId }), getBusiness(ctx)]);
  return {
    items: rows.filter(({ source }) => source !== 'survey').map(summaryOf),
    replyHours: policyOf(business, 'replyHours'),
    businessHours: policyOf(business, 'businessHours'),
    takesAnonymous: policyOf(business, 'anonymousFeedback') === 'on',
  };
}

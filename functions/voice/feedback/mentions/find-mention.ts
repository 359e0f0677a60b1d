import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../../db/query.ts';
import { cases, feedback, feedbackMentions } from '../../../../db/schema/index.ts';

/** The feedback that was logged of a link before. */
export const findMention = queryOne((db) =>
  db
    .select({
      id: feedback.id,
      reference: feedback.reference,
      kind: feedback.kind,
      at: feedback.at,
      replyDueAt: cases.replyDueAt,
    })
    .from(feedbackMentions)
    .innerJoin(feedback, eq(feedback.id, feedbackMentions.feedbackId))
    .leftJoin(cases, eq(cases.feedbackId, feedback.id))
    .where(eq(feedbackMentions.url, sql.placeholder('url'))),
);

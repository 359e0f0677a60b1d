import { eq, sql } from 'drizzle-orm';
import { queryOne } from '../../../../db/query.ts';
import { cases, feedback, feedbackMentions } from '../../../../db/schema/index.ts';

const columns = {
  id: feedback.id,
  reference: feedback.reference,
  kind: feedback.kind,
  at: feedback.at,
  replyDueAt: cases.replyDueAt,
};

/** The feedback that was logged by a form before. */
export const findLogged = queryOne((db) =>
  db
    .select(columns)
    .from(feedback)
    .leftJoin(cases, eq(cases.feedbackId, feedback.id))
    .where(eq(feedback.key, sql.placeholder('key'))),
);

/** The feedback that was logged of a link before. */
export const findMention = queryOne((db) =>
  db
    .select(columns)
    .from(feedbackMentions)
    .innerJoin(feedback, eq(feedback.id, feedbackMentions.feedbackId))
    .leftJoin(cases, eq(cases.feedbackId, feedback.id))
    .where(eq(feedbackMentions.url, sql.placeholder('url'))),
);

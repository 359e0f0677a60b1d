import { and, asc, eq, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { surveyAnswers, surveyInvitations } from '../../db/schema/index.ts';

/**
 * Answers in the order of `(at, invitationId, questionId)`, `limit` behind the given place: what an export streams.
 * `since` is inclusive, `until` exclusive. The id of an answer is `invitationId-questionId` and stays.
 */
export const listSurveyAnswers = query((db) =>
  db
    .select({
      at: surveyAnswers.at,
      invitationId: surveyAnswers.invitationId,
      questionId: surveyAnswers.questionId,
      surveyId: surveyAnswers.surveyId,
      version: surveyInvitations.version,
      customerId: surveyInvitations.customerId,
      rootId: surveyInvitations.rootId,
      value: surveyAnswers.value,
      text: surveyAnswers.text,
    })
    .from(surveyAnswers)
    .innerJoin(surveyInvitations, eq(surveyInvitations.id, surveyAnswers.invitationId))
    .where(
      and(
        sql`(${surveyAnswers.at}, ${surveyAnswers.invitationId}, ${surveyAnswers.questionId})
          > (${sql.placeholder('at')}, ${sql.placeholder('invitationId')}, ${sql.placeholder('questionId')})`,
        sql`${surveyAnswers.at} >= ${sql.placeholder('since')}`,
        sql`${surveyAnswers.at} < ${sql.placeholder('until')}`,
      ),
    )
    .orderBy(asc(surveyAnswers.at), asc(surveyAnswers.invitationId), asc(surveyAnswers.questionId))
    .limit(sql.placeholder('limit')),
);

import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { surveyFinishes } from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';

/** The least of 0 to 10 with which somebody would surely recommend the business. */
const RECOMMENDS_FROM = 9;

/**
 * When some root accounts last finished a survey, and when one in which they said with 9 or 10 that they would recommend the
 * business; accounts that finished none are left out. `ids` is a JSON array.
 */
export const listLastFinished = query((db) =>
  db
    .select({
      rootId: surveyFinishes.rootId,
      at: sql<number>`max(${surveyFinishes.at})`.mapWith(Number),
      recommendedAt: sql<number | null>`max(CASE WHEN EXISTS (SELECT 1 FROM survey_invitations AS i
          JOIN survey_versions AS v ON v.survey_id = i.survey_id AND v.version = i.version
          CROSS JOIN json_each(v.definition, '$.questions') AS q
          JOIN survey_answers AS a ON a.invitation_id = i.id AND a.question_id = q.value ->> 'id'
          WHERE i.id = ${surveyFinishes.invitationId} AND q.value ->> 'kind' = 'nps' AND a.value >= ${sql.raw(`${RECOMMENDS_FROM}`)})
        THEN ${surveyFinishes.at} END)`.mapWith(Number),
    })
    .from(surveyFinishes)
    .where(sql`${surveyFinishes.rootId} IN ${listed('ids')}`)
    .groupBy(surveyFinishes.rootId),
);

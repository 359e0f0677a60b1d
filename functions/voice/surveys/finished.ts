import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { surveyFinishes } from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';

/** The least of 0 to 10 with which somebody would surely recommend the business. */
const RECOMMENDS_FROM = 9;

/**
 * When some root accounts finished surveys, and whether they said with 9 or 10 that they would recommend the business. `ids`
 * is a JSON array.
 */
export const listFinished = query((db) =>
  db
    .select({
      rootId: surveyFinishes.rootId,
      at: surveyFinishes.at,
      recommends: sql<boolean>`EXISTS (SELECT 1 FROM survey_invitations AS i
          JOIN survey_versions AS v ON v.survey_id = i.survey_id AND v.version = i.version
          CROSS JOIN json_each(v.definition, '$.questions') AS q
          JOIN survey_answers AS a ON a.invitation_id = i.id AND a.question_id = q.value ->> 'id'
          WHERE i.id = ${surveyFinishes.invitationId} AND q.value ->> 'kind' = 'nps' AND a.value >= ${sql.raw(`${RECOMMENDS_FROM}`)})`.mapWith(
        readFlag,
      ),
    })
    .from(surveyFinishes)
    .where(sql`${surveyFinishes.rootId} IN ${listed('ids')}`),
);

import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { currentRoot, withMergedInto } from '../../money/accounts/survivors.ts';

const rootNow = sql.raw(currentRoot('s.root_id'));
/** More of one account tell nothing about its habit. */
const SCORES_EACH = 9;

/**
 * What some root accounts answered to "would you recommend us?", the newest first of each, with what accounts answered that
 * have gone into them since. `ids` is a JSON array.
 */
export const listScores = query((db) =>
  db
    .select({ rootId: sql<string>`root_id`, score: sql<number>`score`.mapWith(Number) })
    .from(
      sql`(SELECT ${rootNow} AS root_id, g.value AS score,
          row_number() OVER (PARTITION BY ${rootNow} ORDER BY s.at DESC, s.invitation_id DESC, g.question_id) AS place
        FROM survey_finishes AS s JOIN survey_invitations AS i ON i.id = s.invitation_id
        JOIN survey_versions AS w ON w.survey_id = i.survey_id AND w.version = i.version
        CROSS JOIN json_each(w.definition, '$.questions') AS q
        JOIN survey_answers AS g ON g.invitation_id = i.id AND g.question_id = q.value ->> 'id'
        WHERE q.value ->> 'kind' = 'nps' AND g.value IS NOT NULL
          AND s.root_id IN ${withMergedInto(sql`${sql.placeholder('ids')}`)})`,
    )
    .where(sql`place <= ${sql.raw(String(SCORES_EACH))}`)
    .orderBy(sql`root_id, place`),
);

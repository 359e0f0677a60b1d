import { sql } from 'drizzle-orm';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import { currentRoot } from '../../money/accounts/survivors.ts';

const rootNow = sql.raw(currentRoot('s.root_id'));

/** What segments ask about answers to surveys. */
export const surveyFields: readonly SegmentField[] = [
  {
    ...{ name: 'score.last', kind: 'count' },
    source: ({ amongMerged }) => ({
      rows: sql`SELECT root_id, value FROM (
        SELECT ${rootNow} AS root_id, g.value AS value,
          row_number() OVER (PARTITION BY ${rootNow} ORDER BY s.at DESC, s.invitation_id DESC, g.question_id) AS place
        FROM survey_finishes AS s JOIN survey_invitations AS i ON i.id = s.invitation_id
        JOIN survey_versions AS w ON w.survey_id = i.survey_id AND w.version = i.version
        CROSS JOIN json_each(w.definition, '$.questions') AS q
        JOIN survey_answers AS g ON g.invitation_id = i.id AND g.question_id = q.value ->> 'id'
        WHERE q.value ->> 'kind' = 'nps' AND g.value IS NOT NULL AND ${amongMerged(sql`s.root_id`)}) WHERE place = 1`,
    }),
  },
  {
    ...{ name: 'surveys.answered', kind: 'count', otherwise: 0 },
    source: ({ amongMerged }) => ({
      rows: sql`SELECT root_id, count(*) AS value FROM (SELECT ${rootNow} AS root_id FROM survey_finishes AS s
        WHERE ${amongMerged(sql`s.root_id`)}) GROUP BY root_id`,
    }),
  },
];

import { sql } from 'drizzle-orm';
import type { SegmentAsked, SegmentField } from '../../ground/segments/segment-field.ts';

/** What segments ask about the club: as of the moment that is asked for. */
export const clubFields: readonly SegmentField[] = [
  {
    ...{ name: 'club.member', kind: 'flag', otherwise: 0 },
    source: (asked) => ({ value: isIn(asked), needsAccount: true }),
  },
  {
    ...{ name: 'club.level', kind: 'count', otherwise: 0 },
    source: (asked) => ({
      rows: sql`SELECT a.id AS root_id, max(1, (SELECT count(*) FROM club_levels AS l WHERE l.from_minor <= coalesce(
          (SELECT spend_minor FROM account_spend WHERE root_id = a.id AND currency = ${asked.currency ?? ''}), 0))) AS value
        FROM accounts AS a WHERE a.club_spans IS NOT NULL AND ${isIn(asked)} AND ${asked.among(sql`a.id`)}`,
    }),
  },
];

const isIn = ({ now }: SegmentAsked) =>
  sql`(a.club_spans IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(a.club_spans) AS s
    WHERE s.value ->> 0 <= ${now} AND (s.value ->> 1 IS NULL OR s.value ->> 1 > ${now})))`;

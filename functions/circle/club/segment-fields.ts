import { sql } from 'drizzle-orm';
import type { SegmentAsked, SegmentField } from '../../ground/segments/segment-field.ts';
import { getBusiness } from '../../money/business/business.ts';
import { levelNumber, windowFilter } from './levels/number-sql.ts';
import { levelTermsOf } from './levels/terms.ts';
import { listLevels } from './queries.ts';

/** What segments ask about the club: as of the moment that is asked for. */
export const clubFields: readonly SegmentField[] = [
  {
    ...{ name: 'club.member', kind: 'flag', otherwise: 0 },
    source: (asked) => ({ value: isIn(asked), needsAccount: true }),
  },
  {
    ...{ name: 'club.level', kind: 'count', otherwise: 0 },
    stamp: async (ctx) => {
      const [levels, business] = await Promise.all([listLevels(ctx.db), getBusiness(ctx)]);
      const { per, fall, graceDays } = levelTermsOf(business);
      return [per, fall, graceDays, ...levels.map(({ fromMinor }) => fromMinor)].join(' ');
    },
    source: async (asked) => {
      const { windows, currency } = windowFilter(await getBusiness(asked.ctx), asked.now, asked.until);
      return {
        rows: sql`SELECT a.id AS root_id, ${levelNumber(sql`a.id`, { windows: sql`${windows}`, currency: sql`${currency}` })} AS value
          FROM accounts AS a WHERE a.club_spans IS NOT NULL AND ${isIn(asked)} AND ${asked.among(sql`a.id`)}`,
      };
    },
  },
];

const isIn = ({ now }: SegmentAsked) =>
  sql`(a.club_spans IS NOT NULL AND EXISTS (SELECT 1 FROM json_each(a.club_spans) AS s
    WHERE s.value ->> 0 <= ${now} AND (s.value ->> 1 IS NULL OR s.value ->> 1 > ${now})))`;

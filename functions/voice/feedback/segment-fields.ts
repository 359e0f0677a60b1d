import { sql } from 'drizzle-orm';
import { addDays, startOfDay } from '../../ground/platform/business-time.ts';
import type { SegmentAsked, SegmentField } from '../../ground/segments/segment-field.ts';

/** What segments ask about what people told the business. */
export const feedbackFields: readonly SegmentField[] = [
  {
    ...{ name: 'feedback.count', kind: 'count', otherwise: 0, takesDays: true },
    source: (asked) => ({
      rows: sql`SELECT root_id, count(*) AS value FROM feedback
        WHERE root_id IS NOT NULL AND ${within(asked)} AND ${asked.among(sql`root_id`)} GROUP BY root_id`,
    }),
  },
  {
    ...{ name: 'feedback.openCases', kind: 'count', otherwise: 0 },
    source: ({ among }) => ({
      rows: sql`SELECT b.root_id, count(*) AS value FROM cases AS k JOIN feedback AS b ON b.id = k.feedback_id
        WHERE k.state IN ('open', 'answered', 'waiting') AND b.root_id IS NOT NULL AND ${among(sql`b.root_id`)}
        GROUP BY b.root_id`,
    }),
  },
];

function within({ days, today, timeZone }: SegmentAsked) {
  if (days === null) return sql`1`;
  const [from, to] = [addDays(today, 1 - days), addDays(today, 1)].map((day) => startOfDay(day, timeZone));
  return sql`at >= ${from} AND at < ${to}`;
}

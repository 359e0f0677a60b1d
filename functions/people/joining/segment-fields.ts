import { sql } from 'drizzle-orm';
import { yearOf } from '../../ground/platform/calendar.ts';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import { peopleRows } from '../../money/accounts/people-sql.ts';

/** What was said last of one kind; who never said anything did not agree. */
const isGiven = (
  kind: 'terms' | 'news',
) => sql`coalesce((SELECT n.is_given FROM consents AS n WHERE n.customer_id = c.id
  AND n.kind = ${kind} ORDER BY n.id DESC LIMIT 1), 0)`;

const answered = (question: 'interests' | 'birthday') =>
  sql`LEFT JOIN profile_answers AS b ON b.customer_id = c.id AND b.question = ${question}`;

/** What segments ask about what people agreed to and told of themselves. */
export const joiningFields: readonly SegmentField[] = [
  {
    ...{ name: 'consent.news', kind: 'flag', isOfPeople: true },
    source: (asked) => ({ rows: peopleRows(asked, isGiven('news')) }),
  },
  {
    ...{ name: 'consent.terms', kind: 'flag', isOfPeople: true },
    source: (asked) => ({ rows: peopleRows(asked, isGiven('terms')) }),
  },
  {
    ...{ name: 'customer.interests', kind: 'text', isOfPeople: true, isPrivate: true },
    source: (asked) => ({ rows: peopleRows(asked, sql`b.answer`, answered('interests')) }),
  },
  {
    // Days until the next; 29 February is 1 March in common years, as julianday reads it.
    ...{ name: 'customer.birthday', kind: 'days', isOfPeople: true, isPrivate: true },
    source: (asked) => {
      const { today } = asked;
      const until = (year: number) =>
        sql`CAST(julianday(${year} || '-' || b.answer) - julianday(${today}) AS INTEGER)`;
      const year = yearOf(today);
      const value = sql`CASE WHEN ${until(year)} >= 0 THEN ${until(year)} ELSE ${until(year + 1)} END`;
      return { rows: peopleRows(asked, value, answered('birthday')) };
    },
  },
];

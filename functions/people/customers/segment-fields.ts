import { sql } from 'drizzle-orm';
import { dayInSql } from '../../ground/platform/day-sql.ts';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import { peopleRows } from '../../money/accounts/people-sql.ts';
import { knownSince } from './known-since.ts';

/** What segments ask about people. */
export const customerSegmentFields: readonly SegmentField[] = [
  {
    ...{ name: 'customer.name', kind: 'text', isOfPeople: true },
    source: (asked) => ({ rows: peopleRows(asked, sql`c.name`) }),
  },
  {
    ...{ name: 'customer.email', kind: 'text', isOfPeople: true },
    source: (asked) => ({ rows: peopleRows(asked, sql`c.email`) }),
  },
  {
    ...{ name: 'customer.language', kind: 'text', isOfPeople: true },
    source: (asked) => ({ rows: peopleRows(asked, sql`c.language`) }),
  },
  {
    ...{ name: 'customer.claimed', kind: 'flag', isOfPeople: true },
    source: (asked) => ({ rows: peopleRows(asked, sql`(c.claimed_at IS NOT NULL)`) }),
  },
  {
    ...{ name: 'customer.joined', kind: 'days', isOfPeople: true },
    source: (asked) => {
      const { today, timeZone } = asked;
      const since = knownSince({ id: sql`c.id`, createdAt: sql`c.created_at` });
      const day = sql.raw(dayInSql('k.value', { timeZone, from: '1970-01-01', to: today }));
      return {
        rows: sql`SELECT k.root_id, CAST(julianday(${today}) - julianday(${day}) AS INTEGER) AS value
          FROM (${peopleRows(asked, sql`${since}`)}) AS k`,
      };
    },
  },
];

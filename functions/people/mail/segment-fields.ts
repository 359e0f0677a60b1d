import { sql } from 'drizzle-orm';
import type { SegmentField } from '../../ground/segments/segment-field.ts';
import { peopleRows } from '../../money/accounts/people-sql.ts';

/** What segments ask about mail: whether an address takes none any more, because it bounced or complained. */
export const mailFields: readonly SegmentField[] = [
  {
    ...{ name: 'mail.blocked', kind: 'flag', isOfPeople: true },
    source: (asked) => ({
      rows: peopleRows(
        asked,
        sql`EXISTS (SELECT 1 FROM suppressions AS s WHERE s.address = c.email AND s.lifted_at IS NULL)`,
      ),
    }),
  },
];

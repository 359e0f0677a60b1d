import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { listed } from '../../money/accounts/account-columns.ts';

/** When some root accounts praised us last by a form, and whether they have a case that is open. `ids` is a JSON array. */
export const listMoods = query((db) =>
  db
    .select({
      rootId: sql<string>`b.root_id`,
      praisedAt: sql<number | null>`max(CASE b.kind WHEN 'praise' THEN b.at END)`.mapWith(Number),
      hasOpenCase: sql<boolean>`max(coalesce(k.state IN ('open', 'answered', 'waiting'), 0))`.mapWith(
        readFlag,
      ),
    })
    .from(sql`feedback AS b LEFT JOIN cases AS k ON k.feedback_id = b.id`)
    .where(sql`b.root_id IN ${listed('ids')}`)
    .groupBy(sql`b.root_id`),
);

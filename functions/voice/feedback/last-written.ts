import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { feedback } from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';

/** When people of some root accounts last wrote to the business; accounts that never did are left out. `ids` is a JSON array. */
export const listLastWritten = query((db) =>
  db
    .select({
      rootId: sql<string>`${feedback.rootId}`,
      at: sql<number>`max(coalesce((SELECT max(m.at) FROM feedback_messages AS m
        WHERE m.feedback_id = ${feedback.id} AND m."from" = 'customer'), ${feedback.at}))`.mapWith(Number),
    })
    .from(feedback)
    .where(sql`${feedback.rootId} IN ${listed('ids')}`)
    .groupBy(feedback.rootId),
);

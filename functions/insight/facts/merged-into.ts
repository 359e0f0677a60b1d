import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { standsMerged } from '../../money/accounts/survivors.ts';

/** The accounts that went into some root accounts by merges that stand, directly or not; `ids` is a JSON array. */
export const listMergedInto = query((db) =>
  db.select({ rootId: sql<string>`root_id`, accountId: sql<string>`id` }).from(
    sql`(WITH RECURSIVE lead (root_id, id, step) AS (SELECT value, value, 0 FROM json_each(${sql.placeholder('ids')})
          UNION ALL SELECT m.merged_root_id, lead.id, lead.step + 1
          FROM lead CROSS JOIN customer_merges AS m ON m.survivor_root_id = lead.root_id
          WHERE lead.step < 100 AND m.merged_root_id IS NOT NULL AND ${sql.raw(standsMerged)})
        SELECT root_id, id FROM lead WHERE step > 0) AS merged`,
  ),
);

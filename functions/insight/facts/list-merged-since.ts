import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';

/**
 * Of some root accounts by their ids, a JSON array, those that went into another or took one in since the instant `since`, or
 * had that undone: what they bought is not what it was.
 */
export const listMergedSince = query((db) =>
  db.select({ id: sql<string>`one.value` }).from(
    sql`json_each(${sql.placeholder('ids')}) AS one WHERE EXISTS (SELECT 1 FROM customer_merges AS m
        LEFT JOIN customer_merge_undos AS u ON u.merge_id = m.id
        WHERE (m.survivor_root_id = one.value OR m.merged_root_id = one.value)
          AND max(m.at, coalesce(u.at, m.at)) >= ${sql.placeholder('since')})`,
  ),
);

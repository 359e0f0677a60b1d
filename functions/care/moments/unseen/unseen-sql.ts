import { type SQL, sql } from 'drizzle-orm';

/**
 * SQL of when anybody of a root account was last seen in the portal, in epoch milliseconds; 0 for never. Sessions that are over are
 * forgotten, so who has not been there for long may count as never seen.
 */
export const seenAtSql = (rootId: SQL): SQL =>
  sql`coalesce((SELECT max(max(coalesce((SELECT max(v.last_seen_at) FROM sessions AS v
      WHERE v.kind = 'customer' AND v.subject_id = w.customer_id), 0), coalesce(p.inbox_seen_at, 0)))
    FROM accounts AS b CROSS JOIN memberships AS w ON w.account_id = b.id AND w.until IS NULL
      CROSS JOIN customers AS p ON p.id = w.customer_id WHERE b.root_id = ${rootId}), 0)`;

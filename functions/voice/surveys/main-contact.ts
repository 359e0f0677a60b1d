import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';

/**
 * Of some root accounts of a customer those that they speak for: their own, where it has an order or is all they have; a company
 * or household as its manager, else as the confirmed member who signed up and has been there longest, else as who came by an
 * order. `ids` is a JSON array.
 */
export const listSpokenFor = query((db) =>
  db
    .select({ rootId: sql<string>`r.id` })
    .from(sql`json_each(${sql.placeholder('ids')}) AS listed CROSS JOIN accounts AS r ON r.id = listed.value`)
    .where(
      sql`CASE r.kind WHEN 'personal'
        THEN r.first_placed_at IS NOT NULL OR NOT EXISTS (SELECT 1 FROM memberships AS m JOIN accounts AS b ON b.id = m.account_id
          WHERE m.customer_id = ${sql.placeholder('customerId')} AND m.until IS NULL AND b.kind <> 'personal')
        ELSE ${sql.placeholder('customerId')} = (SELECT m.customer_id FROM accounts AS b
          JOIN memberships AS m ON m.account_id = b.id AND m.until IS NULL JOIN customers AS c ON c.id = m.customer_id
          WHERE b.root_id = r.id AND c.claimed_at IS NOT NULL AND c.withdrawn_at IS NULL
          ORDER BY b.kind = 'department', coalesce(m.role, '') <> 'manager', m.role IS NULL, m.since, m.customer_id LIMIT 1) END`,
    ),
);

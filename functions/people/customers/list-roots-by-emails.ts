import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';

/** The root accounts of customers by their emails, a JSON array: their own and those they belong to. */
export const listRootsByEmails = query((db) =>
  db
    .selectDistinct({ rootId: sql<string>`a.root_id` })
    .from(
      sql`json_each(${sql.placeholder('emails')}) AS one CROSS JOIN customers AS c ON c.email = one.value AND c.withdrawn_at IS NULL
        CROSS JOIN accounts AS a ON a.id IN (SELECT id FROM accounts WHERE owner_id = c.id
          UNION SELECT account_id FROM memberships WHERE customer_id = c.id)`,
    )
    .orderBy(sql`1`),
);

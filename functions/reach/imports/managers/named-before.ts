import { sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import type { Store } from '../../../../db/store.ts';
import type { AssignmentRow } from './read-assignments.ts';

/** Addresses of the people of an account, those they had before among them. */
const listEmailsOf = query((db) =>
  db
    .selectDistinct({ email: sql<string>`e.email` })
    .from(
      sql`(SELECT m.customer_id AS id FROM accounts AS a CROSS JOIN memberships AS m ON m.account_id = a.id AND m.until IS NULL
        WHERE a.root_id = ${sql.placeholder('accountId')}) AS p CROSS JOIN (SELECT id AS customer_id, email FROM customers
        UNION ALL SELECT customer_id, email FROM former_emails) AS e ON e.customer_id = p.id`,
    )
    .where(sql`e.email IS NOT NULL`),
);

/**
 * The line of a row before this one that names the same account in another way: by its id, or by an address. `accountOf` is the
 * account that an address names, null for none.
 */
export async function lineNamedBefore(
  db: Pick<Store, 'read'>,
  { line, named }: Pick<AssignmentRow, 'line' | 'named'>,
  { accountId, accountOf }: { accountId: string; accountOf: (email: string) => Promise<string | null> },
): Promise<number | null> {
  const lineOf = (key: string) => {
    const other = named.get(key);
    return other === undefined || other >= line ? null : other;
  };
  const byId = lineOf(accountId);
  if (byId !== null) return byId;
  for (const { email } of await listEmailsOf(db, { accountId })) {
    const byEmail = lineOf(`email ${email}`);
    if (byEmail !== null && (await accountOf(email)) === accountId) return byEmail;
  }
  return null;
}

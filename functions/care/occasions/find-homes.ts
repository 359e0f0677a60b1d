import { type SQL, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import type { Store } from '../../../db/store.ts';

/** Where somebody is at home: their own account, else the household or company they belong to. */
export interface Home {
  rootId: string;
  /** Whether a gift to this person belongs there: to a company it does not. */
  takesGifts: boolean;
}

const listPlacesOf = query((db) =>
  db
    .select({
      customerId: sql<string>`m.customer_id`,
      rootId: sql<string>`r.id`,
      takesGifts: sql<boolean>`(r.form IS NOT 'company')`.mapWith(readFlag),
    })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN memberships AS m ON m.customer_id = wanted.value
        AND m.until IS NULL CROSS JOIN accounts AS a ON a.id = m.account_id
        CROSS JOIN accounts AS r ON r.id = a.root_id AND r.withdrawn_at IS NULL`,
    )
    .where(sql`r.owner_id = m.customer_id OR m.role IS NOT NULL`)
    .orderBy(sql`m.customer_id, r.owner_id IS NULL, r.form = 'company', r.id`),
);

/** SQL of the root account where a customer is at home, as {@link findHomes} says it. */
export const homeSql = (customerId: SQL): SQL =>
  sql`SELECT r.id FROM memberships AS m CROSS JOIN accounts AS b ON b.id = m.account_id
    CROSS JOIN accounts AS r ON r.id = b.root_id AND r.withdrawn_at IS NULL
    WHERE m.customer_id = ${customerId} AND m.until IS NULL AND (r.owner_id = m.customer_id OR m.role IS NOT NULL)
    ORDER BY r.owner_id IS NULL, r.form = 'company', r.id LIMIT 1`;

/** Who has none, as somebody who ordered once for a company, is left out. */
export async function findHomes(
  db: Pick<Store, 'read'>,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, Home>> {
  const homes = new Map<string, Home>();
  for (const { customerId, ...home } of await listPlacesOf(db, { ids: JSON.stringify(customerIds) }))
    if (!homes.has(customerId)) homes.set(customerId, home);
  return homes;
}

import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';

/** Who has an account of a customer: somebody who works here. */
export interface Manager {
  staffId: string;
  email: string;
  name: string | null;
}

const listOfCustomers = query((db) =>
  db
    .select({
      customerId: sql<string>`m.customer_id`,
      staffId: sql<string>`s.id`,
      email: sql<string>`s.email`,
      name: sql<string | null>`s.name`,
      rootId: sql<string>`r.id`,
    })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS wanted CROSS JOIN memberships AS m ON m.customer_id = wanted.value AND m.until IS NULL
        CROSS JOIN accounts AS a ON a.id = m.account_id AND a.withdrawn_at IS NULL
        CROSS JOIN accounts AS r ON r.id = a.root_id AND r.withdrawn_at IS NULL
        CROSS JOIN account_managers AS h ON h.account_id IN (a.id, r.id) AND h.ended_at IS NULL
        CROSS JOIN staff AS s ON s.id = h.staff_id AND s.disabled_at IS NULL`,
    )
    .orderBy(sql`r.kind`, sql`r.name`, sql`r.id`, sql`h.account_id <> a.id`, sql`a.id`),
);

/**
 * Who has some customers: of a department its own before its root's, of several accounts the one that pages show first. Those
 * who work here no longer have nobody.
 */
export async function findManagersOf(
  db: Pick<Store, 'read'>,
  customerIds: readonly string[],
): Promise<(customerId: string, rootId?: string | null) => Manager | null> {
  const rows =
    customerIds.length === 0 ? [] : await listOfCustomers(db, { ids: JSON.stringify(customerIds) });
  const byCustomer = Map.groupBy(rows, ({ customerId }) => customerId);
  return (customerId, rootId = null) => {
    const found = byCustomer.get(customerId)?.find((row) => rootId === null || row.rootId === rootId);
    return found === undefined ? null : { staffId: found.staffId, email: found.email, name: found.name };
  };
}

import { asc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { accounts, creditRequests, customers, staff } from '../../../db/schema/index.ts';

/** Every address, of today and before, of the people of a root account and its departments. */
export const listEmailsOfAccount = query((db) =>
  db.select({ email: sql<string>`e.email` }).from(
    sql`(SELECT p.customer_id FROM accounts a JOIN memberships p ON p.account_id = a.id
          WHERE a.root_id = ${sql.placeholder('rootId')} AND p.until IS NULL) p
        JOIN (SELECT id AS customer_id, email FROM customers UNION ALL SELECT customer_id, email FROM former_emails) e
          ON e.customer_id = p.customer_id AND e.email IS NOT NULL`,
  ),
);

/** The same of some customers, whether they have an account or not. `ids` is a JSON array. */
export const listEmailsOfCustomers = query((db) =>
  db.select({ email: sql<string>`e.email` }).from(
    sql`(SELECT id AS customer_id, email FROM customers WHERE email IS NOT NULL
          UNION ALL SELECT customer_id, email FROM former_emails) e
        JOIN json_each(${sql.placeholder('ids')}) named ON named.value = e.customer_id`,
  ),
);

export const findStaffMember = queryOne((db) =>
  db
    .select({ id: staff.id, email: staff.email, role: staff.role })
    .from(staff)
    .where(eq(staff.id, sql.placeholder('id'))),
);

export const requestColumns = {
  id: creditRequests.id,
  accountId: creditRequests.accountId,
  amountMinor: creditRequests.amountMinor,
  currency: creditRequests.currency,
  reason: creditRequests.reason,
  feedbackId: creditRequests.feedbackId,
  staffId: creditRequests.staffId,
  at: creditRequests.at,
};

export const isOpen = sql`NOT EXISTS (SELECT 1 FROM credit_decisions WHERE request_id = ${creditRequests.id})`;

/** Those nobody decided, oldest first, with whom they are for and who asks. */
export const listOpenRequests = query((db) =>
  db
    .select({
      ...requestColumns,
      by: staff.email,
      accountName: accounts.name,
      customerId: customers.id,
      customerName: customers.name,
      customerEmail: customers.email,
    })
    .from(creditRequests)
    .innerJoin(accounts, eq(accounts.id, creditRequests.accountId))
    .leftJoin(customers, eq(customers.id, accounts.ownerId))
    .leftJoin(staff, eq(staff.id, creditRequests.staffId))
    .where(isOpen)
    .orderBy(asc(creditRequests.at), asc(creditRequests.id))
    .limit(100),
);

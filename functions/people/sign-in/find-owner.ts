import { eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { accounts, customers } from '../../../db/schema/index.ts';

const owner = {
  id: customers.id,
  email: customers.email,
  name: customers.name,
  language: customers.language,
  memberNumber: customers.memberNumber,
  claimedAt: customers.claimedAt,
  withdrawnAt: customers.withdrawnAt,
  closedAt: customers.closedAt,
  accountId: accounts.id,
  historySeq: accounts.historySeq,
  isMember:
    sql<boolean>`EXISTS (SELECT 1 FROM memberships WHERE customer_id = ${customers.id} AND until IS NULL)`.mapWith(
      readFlag,
    ),
};

/** A customer with their own account, by email: their own, or that of who was merged into them. */
export const findOwnerByEmail = query((db) =>
  db
    .select(owner)
    .from(customers)
    .leftJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(
      sql`${customers.id} = coalesce((SELECT id FROM customers WHERE email = ${sql.placeholder('email')}),
        (SELECT customer_id FROM former_emails WHERE email = ${sql.placeholder('email')} AND merge_id IS NOT NULL))`,
    ),
);

/** A customer with their own account, by id. */
export const findOwner = query((db) =>
  db
    .select(owner)
    .from(customers)
    .leftJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(eq(customers.id, sql.placeholder('id'))),
);

export type Owner = Awaited<ReturnType<typeof findOwner>>[number];

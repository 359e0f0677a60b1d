import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import { accounts, customers, memberships } from '../../db/schema/index.ts';

/** Everybody who belongs to a root account or a department of it now, longest first. */
export const listMemberships = query((db) =>
  db
    .select({
      accountId: memberships.accountId,
      customerId: memberships.customerId,
      since: memberships.since,
      role: memberships.role,
      mayRedeem: memberships.mayRedeem,
      department: sql<string | null>`CASE ${accounts.kind} WHEN 'department' THEN ${accounts.name} END`,
      name: customers.name,
      email: customers.email,
      claimedAt: customers.claimedAt,
    })
    .from(accounts)
    .innerJoin(memberships, eq(memberships.accountId, accounts.id))
    .innerJoin(customers, eq(customers.id, memberships.customerId))
    .where(and(eq(accounts.rootId, sql.placeholder('rootId')), isNull(memberships.until)))
    .orderBy(asc(memberships.since), asc(memberships.customerId))
    .limit(500),
);
export type MemberRow = Awaited<ReturnType<typeof listMemberships>>[number];

/** A company or household. */
export const findShared = query((db) =>
  db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(
      and(eq(accounts.id, sql.placeholder('id')), eq(accounts.kind, 'shared'), isNull(accounts.withdrawnAt)),
    ),
);
export type Shared = Awaited<ReturnType<typeof findShared>>[number];

const hasManager = `EXISTS (SELECT 1 FROM memberships m JOIN customers o ON o.id = m.customer_id
      WHERE m.account_id = r.id AND m.until IS NULL AND m.role IS NOT NULL AND o.claimed_at IS NOT NULL)`;

/** Memberships that an order alone made, of people who could use them. */
const madeByOrder = (
  condition: string,
) => `SELECT p.account_id, p.customer_id, p.since, r.id AS root_id, r.name AS root_name
  FROM accounts r CROSS JOIN accounts a ON a.root_id = r.id CROSS JOIN memberships p ON p.account_id = a.id
    CROSS JOIN customers c ON c.id = p.customer_id
  WHERE p.role IS NULL AND p.until IS NULL AND r.kind = 'shared' AND r.withdrawn_at IS NULL
    AND c.claimed_at IS NOT NULL AND c.withdrawn_at IS NULL
    AND ${condition}
    AND NOT EXISTS (SELECT 1 FROM memberships own JOIN accounts d ON d.id = own.account_id
      WHERE d.root_id = r.id AND own.customer_id = p.customer_id AND own.until IS NULL AND own.role IS NOT NULL)`;

/** Those whom nobody manages who could confirm them. */
export const unconfirmedRows = madeByOrder(`NOT ${hasManager}`);

/** Those who wait for a manager of theirs. */
export const unconfirmedByManagersRows = madeByOrder(hasManager);

export const findUnconfirmed = query((db) =>
  db
    .select({
      accountId: sql<string>`u.root_id`,
      accountName: sql<string>`u.root_name`,
      customerId: sql<string>`c.id`,
      name: sql<string | null>`c.name`,
      email: sql<string>`c.email`,
      since: sql<number>`min(u.since)`.mapWith(Number),
    })
    .from(sql`(${sql.raw(unconfirmedRows)}) u`)
    .innerJoin(sql`customers c`, sql`c.id = u.customer_id`)
    .groupBy(sql`u.root_id, c.id`)
    .orderBy(sql`min(u.since), c.id`)
    .limit(100),
);

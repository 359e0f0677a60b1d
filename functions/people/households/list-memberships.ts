import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts, customers, memberships } from '../../../db/schema/index.ts';

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

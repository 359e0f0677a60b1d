import { and, eq, isNull, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts } from '../../../db/schema/index.ts';
import { unconfirmedRows } from './unconfirmed-rows.ts';

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

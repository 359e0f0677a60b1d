import { and, asc, eq, sql } from 'drizzle-orm';
import { query } from '../../../../db/query.ts';
import { accounts, customers, nearlyNotices } from '../../../../db/schema/index.ts';

/** Of some accounts those that are the own ones of people who signed up. `ids` is a JSON list. */
export const listOwnAccounts = query((db) =>
  db
    .select({
      customerId: customers.id,
      rootId: accounts.id,
      firstPlacedAt: accounts.firstPlacedAt,
      signedUpAt: accounts.signedUpAt,
      clubSpans: accounts.clubSpans,
      segmentSpans: accounts.segmentSpans,
    })
    .from(accounts)
    .innerJoin(customers, eq(customers.id, accounts.ownerId))
    .where(
      and(
        sql`${accounts.id} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`,
        sql`${customers.claimedAt} IS NOT NULL`,
        sql`${customers.closedAt} IS NULL`,
      ),
    )
    .orderBy(asc(accounts.ownerId)),
);

/** What accounts were told already; `ids` is a JSON list. */
export const listTold = query((db) =>
  db
    .select()
    .from(nearlyNotices)
    .where(sql`${nearlyNotices.rootId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);

import { and, asc, eq, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { accounts, customers, jobRuns, nearlyLooks, nearlyNotices } from '../../../db/schema/index.ts';

/** How many people one run passes, and how many of them it looks at. */
export const PASSED_MAX = 2000;
export const LOOKED_MAX = 200;

const passed = sql`(SELECT owner_id FROM accounts WHERE owner_id > ${sql.placeholder('after')}
  ORDER BY owner_id LIMIT ${sql.raw(String(PASSED_MAX))})`;

/** People who signed up and whose own account has changed since it was looked at. */
export const listChanged = query((db) =>
  db
    .select({
      customerId: customers.id,
      rootId: accounts.id,
      historySeq: accounts.historySeq,
      firstPlacedAt: accounts.firstPlacedAt,
      signedUpAt: accounts.signedUpAt,
      clubSpans: accounts.clubSpans,
    })
    .from(sql`${passed} AS passed`)
    .innerJoin(accounts, sql`${accounts.ownerId} = passed.owner_id`)
    .innerJoin(customers, eq(customers.id, accounts.ownerId))
    .leftJoin(nearlyLooks, eq(nearlyLooks.rootId, accounts.id))
    .where(
      and(
        sql`${customers.claimedAt} IS NOT NULL`,
        sql`${customers.closedAt} IS NULL`,
        sql`${accounts.historySeq} > coalesce(${nearlyLooks.historySeq}, 0)`,
      ),
    )
    .orderBy(asc(accounts.ownerId))
    .limit(LOOKED_MAX),
);

/** The last person a run passes; null when nobody comes after. */
export const findLastPassed = query((db) =>
  db
    .select({ last: sql<string | null>`(SELECT max(owner_id) FROM ${passed})`.mapWith(String) })
    .from(sql`(SELECT 1)`),
);

export const findGoesOn = query((db) =>
  db.select({ after: jobRuns.goesOnAfter }).from(jobRuns).where(eq(jobRuns.name, 'nearly')),
);

/** What accounts were told already; `ids` is a JSON list. */
export const listTold = query((db) =>
  db
    .select()
    .from(nearlyNotices)
    .where(sql`${nearlyNotices.rootId} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`),
);

import { asc, desc, eq, type SQL, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { minimumWaivers } from '../../../db/schema/index.ts';

const columns = {
  id: minimumWaivers.id,
  accountId: minimumWaivers.accountId,
  at: minimumWaivers.at,
  until: minimumWaivers.until,
  reason: minimumWaivers.reason,
  by: sql<string>`coalesce((SELECT email FROM staff WHERE ${minimumWaivers.actor} = 'staff:' || staff.id), ${minimumWaivers.actor})`,
};

const isRunning = sql`(${minimumWaivers.until} IS NULL OR ${minimumWaivers.until} > ${sql.placeholder('now')})
  AND ${minimumWaivers.id} NOT IN (SELECT waiver_id FROM minimum_waiver_endings)`;

/** Those of some root accounts that run at `now`, oldest first; `ids` is a JSON array. */
export const listRunningOf = query((db) =>
  db
    .select(columns)
    .from(minimumWaivers)
    .where(
      sql`${minimumWaivers.accountId} IN (SELECT value FROM json_each(${sql.placeholder('ids')})) AND ${isRunning}`,
    )
    .orderBy(minimumWaivers.accountId, minimumWaivers.id),
);
export type WaiverRow = Awaited<ReturnType<typeof listRunningOf>>[number];

const listed = {
  ...columns,
  account: sql<string | null>`CASE a.kind WHEN 'personal' THEN coalesce(c.name, c.email) ELSE a.name END`,
  customerId: sql<
    string | null
  >`coalesce(c.id, (SELECT min(customer_id) FROM memberships WHERE account_id = a.id))`,
  /** Null while it runs. */
  endedAt: sql<
    number | null
  >`coalesce(e.at, CASE WHEN ${minimumWaivers.until} <= ${sql.placeholder('now')} THEN ${minimumWaivers.until} END)`,
  /** Null where it ran out. */
  endedBy: sql<
    string | null
  >`coalesce((SELECT email FROM staff WHERE e.actor = 'staff:' || staff.id), e.actor)`,
};

const listWhere = (isAsked: SQL, order: SQL) =>
  query((db) =>
    db
      .select(listed)
      .from(minimumWaivers)
      .innerJoin(sql`accounts a`, sql`a.id = ${minimumWaivers.accountId}`)
      .leftJoin(sql`customers c`, sql`c.id = a.owner_id`)
      .leftJoin(sql`minimum_waiver_endings e`, sql`e.waiver_id = ${minimumWaivers.id}`)
      .where(isAsked)
      .orderBy(order)
      .limit(sql.placeholder('limit')),
  );

/** All that run at `now`, oldest first, behind an id. */
export const listRunning = listWhere(
  sql`${minimumWaivers.id} > ${sql.placeholder('place')} AND ${isRunning}`,
  asc(minimumWaivers.id),
);

/** All that are over at `now`, newest first, before an id. */
export const listOver = listWhere(
  sql`${minimumWaivers.id} < ${sql.placeholder('place')} AND NOT (${isRunning})`,
  desc(minimumWaivers.id),
);

export const findWaiver = query((db) =>
  db
    .select(columns)
    .from(minimumWaivers)
    .where(eq(minimumWaivers.id, sql.placeholder('id'))),
);

import { eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { contactPlans } from '../../../db/schema/index.ts';

/** The plans that run, by group. */
export const listRunning = query((db) =>
  db
    .select()
    .from(contactPlans)
    .where(sql`${contactPlans.endedAt} IS NULL`)
    .orderBy(
      sql`CASE ${contactPlans.audience} WHEN 'enquirer' THEN 0 WHEN 'buyer' THEN 1 ELSE 2 END`,
      contactPlans.id,
    ),
);
export type PlanRow = Awaited<ReturnType<typeof listRunning>>[number];

export const findPlanRow = queryOne((db) =>
  db
    .select()
    .from(contactPlans)
    .where(eq(contactPlans.id, sql.placeholder('id'))),
);

/** Who works here, by id or email, and may do more than read. */
export const findDoer = queryOne((db) =>
  db
    .select({ id: sql<string>`id` })
    .from(sql`staff`)
    .where(
      sql`disabled_at IS NULL AND role <> 'analyst' AND (id = ${sql.placeholder('who')} OR email = ${sql.placeholder('who')})`,
    ),
);

/** How many tasks of each plan are open, and how many of those were due before a day. */
export const countOpen = query((db) =>
  db
    .select({
      planId: sql<string>`t.plan_id`,
      open: sql<number>`count(*)`.mapWith(Number),
      overdue: sql<number>`sum(t.due_on < ${sql.placeholder('today')})`.mapWith(Number),
    })
    .from(sql`contact_tasks AS t`)
    .where(sql`t.plan_id IS NOT NULL AND t.ended_at IS NULL`)
    .groupBy(sql`t.plan_id`),
);

/** How many tasks a plan has given since a moment. */
export const countGiven = queryOne((db) =>
  db
    .select({ given: sql<number>`count(*)`.mapWith(Number) })
    .from(sql`contact_tasks AS t`)
    .where(sql`t.plan_id = ${sql.placeholder('planId')} AND t.at >= ${sql.placeholder('since')}`),
);

/** The newest day on which a plan by mail came round; null before it did. */
export const findLastRound = queryOne((db) =>
  db
    .select({ day: sql<string>`t.round` })
    .from(sql`contact_tasks AS t`)
    .where(sql`t.plan_id = ${sql.placeholder('planId')} AND t.round IS NOT NULL`)
    .orderBy(sql`t.round DESC`)
    .limit(1),
);

/** Names of the team. */
export const listStaffNames = query((db) =>
  db.select({ id: sql<string>`s.id`, name: sql<string>`coalesce(s.name, s.email)` }).from(sql`staff AS s`),
);

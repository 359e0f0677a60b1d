import { desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import {
  attentionActs,
  attentionRecords,
  attentionRuns,
  attentionSayings,
} from '../../../db/schema/index.ts';

export const findNewestRun = queryOne((db) =>
  db.select().from(attentionRuns).orderBy(desc(attentionRuns.day)).limit(1),
);
export type AttentionRun = NonNullable<Awaited<ReturnType<typeof findNewestRun>>>;

/** What stands of accounts from one id to another, `until` included. */
export const listStanding = query((db) =>
  db
    .select({
      id: attentionSayings.id,
      list: attentionSayings.list,
      rootId: attentionSayings.rootId,
      departmentId: attentionSayings.departmentId,
    })
    .from(attentionSayings)
    .where(
      sql`${attentionSayings.leftOn} IS NULL AND ${attentionSayings.rootId} > ${sql.placeholder('after')}
        AND ${attentionSayings.rootId} <= ${sql.placeholder('until')}`,
    ),
);

/** What a list said that can be held to what happened by now, with that; whoever is no account any more has no purchases. */
export const listDue = query((db) =>
  db
    .select({
      id: sql<string>`p.id`,
      list: sql<(typeof attentionSayings.$inferSelect)['list']>`p.list`,
      sayingId: sql<string | null>`p.saying_id`,
      saidOn: sql<string>`p.said_on`,
      markMinor: sql<bigint | null>`p.mark_minor`.mapWith(BigInt),
      isBelow: sql<boolean | null>`p.is_below`.mapWith((value) => Number(value) === 1),
      rootId: sql<string>`p.root_id`,
      isThere: sql<boolean>`f.account_id IS NOT NULL`.mapWith((value) => Number(value) === 1),
      purchaseDays:
        sql<number>`(SELECT count(DISTINCT d.day) FROM account_days AS d WHERE d.root_id = p.root_id
        AND d.day > p.said_on AND d.day <= p.due_on AND d.order_count > 0
        AND p.department_id IN ('', d.department_id))`.mapWith(Number),
      spendMinor:
        sql<bigint>`coalesce((SELECT sum(d.spend_minor) FROM account_days AS d WHERE d.root_id = p.root_id
        AND d.day > p.said_on AND d.day <= p.due_on AND d.currency = ${sql.placeholder('currency')}), 0)`.mapWith(
          BigInt,
        ),
      praisedAt: sql<number | null>`nullif(max(coalesce(f.friend_ordered_at, 0), coalesce(f.quoted_at, 0),
        coalesce(f.recommended_at, 0)), 0)`.mapWith(Number),
    })
    .from(sql`attention_promises AS p LEFT JOIN account_facts AS f ON f.account_id = p.root_id`)
    .where(sql`p.due_on < ${sql.placeholder('today')}`)
    .orderBy(sql`p.due_on, p.id`)
    .limit(sql.placeholder('limit')),
);
export type DuePromise = Awaited<ReturnType<typeof listDue>>[number];

/** The records since a month, a row for each list. */
export const listRecords = query((db) =>
  db
    .select({
      list: attentionRecords.list,
      said: sql<number>`sum(said)`.mapWith(Number),
      happened: sql<number>`sum(happened)`.mapWith(Number),
      drawn: sql<number>`sum(drawn)`.mapWith(Number),
      drawnHappened: sql<number>`sum(drawn_happened)`.mapWith(Number),
    })
    .from(attentionRecords)
    .where(sql`month >= ${sql.placeholder('since')}`)
    .groupBy(attentionRecords.list),
);

export const findSaying = queryOne((db) =>
  db
    .select()
    .from(attentionSayings)
    .where(eq(attentionSayings.id, sql.placeholder('id'))),
);
export type SayingRow = NonNullable<Awaited<ReturnType<typeof findSaying>>>;

/** What was done about one, the newest first, with the names of the people of the business. */
export const listActs = query((db) =>
  db
    .select({
      kind: attentionActs.kind,
      untilOn: attentionActs.untilOn,
      outcome: attentionActs.outcome,
      note: attentionActs.note,
      at: attentionActs.at,
      actor: attentionActs.actor,
      staffName: sql<
        string | null
      >`(SELECT coalesce(s.name, s.email) FROM staff AS s WHERE s.id = attention_acts.staff_id)`,
      by: sql<
        string | null
      >`(SELECT coalesce(s.name, s.email) FROM staff AS s WHERE 'staff:' || s.id = attention_acts.actor)`,
    })
    .from(attentionActs)
    .where(eq(attentionActs.sayingId, sql.placeholder('sayingId')))
    .orderBy(desc(attentionActs.at), desc(attentionActs.id))
    .limit(100),
);

export const findActiveStaff = queryOne((db) =>
  db
    .select({ id: sql<string>`id` })
    .from(sql`staff`)
    .where(
      sql`disabled_at IS NULL AND (id = ${sql.placeholder('who')} OR email = ${sql.placeholder('who')})`,
    ),
);

/** A root account with whose it is. */
export const findNamedAccount = queryOne((db) =>
  db
    .select({ name: sql<string | null>`coalesce(nullif(a.name, ''), c.name, c.email)` })
    .from(sql`accounts AS a LEFT JOIN customers AS c ON c.id = a.owner_id`)
    .where(sql`a.id = ${sql.placeholder('accountId')} AND a.id = a.root_id AND a.withdrawn_at IS NULL`),
);

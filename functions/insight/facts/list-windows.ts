import { sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import { listed } from '../../money/accounts/account-columns.ts';

const span = sql.placeholder('days');
/** In SQL: in which window of so many days before today a day lies, today's being 0. */
const place = sql`CAST(round(julianday(${sql.placeholder('today')}) - julianday(d.day)) / ${span} AS INTEGER)`;

/**
 * What some root accounts bought in windows of `days` days, counted back from `today`, from `from` on: by account and window,
 * windows without anything left out. With the spend of days from `yearFrom` on beside. `ids` is a JSON array.
 */
export const listWindows = query((db) =>
  db
    .select({
      rootId: sql<string>`d.root_id`,
      place: sql<number>`${place}`.mapWith(Number),
      purchaseDays: sql<number>`count(DISTINCT CASE WHEN d.order_count > 0 THEN d.day END)`.mapWith(Number),
      minor:
        sql<bigint>`sum(CASE d.currency WHEN ${sql.placeholder('currency')} THEN d.spend_minor ELSE 0 END)`.mapWith(
          BigInt,
        ),
      yearMinor:
        sql<bigint>`sum(CASE WHEN d.currency = ${sql.placeholder('currency')} AND d.day >= ${sql.placeholder('yearFrom')}
          THEN d.spend_minor ELSE 0 END)`.mapWith(BigInt),
    })
    .from(sql`account_days AS d`)
    .where(
      sql`d.root_id IN ${listed('ids')} AND d.day >= ${sql.placeholder('from')} AND d.day <= ${sql.placeholder('today')}`,
    )
    .groupBy(sql`1, 2`)
    .orderBy(sql`1, 2`),
);
export type WindowRow = Awaited<ReturnType<typeof listWindows>>[number];

/** The departments of some root accounts with their purchase days. `ids` is a JSON array. */
export const listDepartmentHabits = query((db) =>
  db
    .select({
      rootId: sql<string>`d.root_id`,
      id: sql<string>`d.department_id`,
      purchaseDays: sql<number>`count(DISTINCT d.day)`.mapWith(Number),
      firstOn: sql<string>`min(d.day)`,
      lastOn: sql<string>`max(d.day)`,
    })
    .from(sql`account_days AS d`)
    .where(sql`d.root_id IN ${listed('ids')} AND d.department_id <> '' AND d.order_count > 0`)
    .groupBy(sql`d.root_id, d.department_id`),
);

/** Root accounts that have a purchase day, in the order of their ids, with their facts. */
export const listBuyingFacts = query((db) =>
  db
    .select({
      id: sql<string>`f.account_id`,
      purchaseDays: sql<number>`f.purchase_days`.mapWith(Number),
      firstOn: sql<string>`f.first_on`,
      lastOn: sql<string>`f.last_on`,
      halfDays: sql<number | null>`f.interval_half_days`.mapWith(Number),
      upperDays: sql<number | null>`f.interval_upper_days`.mapWith(Number),
      friendOrderedAt: sql<number | null>`f.friend_ordered_at`.mapWith(Number),
      quotedAt: sql<number | null>`f.quoted_at`.mapWith(Number),
      recommendedAt: sql<number | null>`f.recommended_at`.mapWith(Number),
    })
    .from(sql`account_facts AS f`)
    .where(sql`f.account_id > ${sql.placeholder('after')} AND f.purchase_days > 0`)
    .orderBy(sql`f.account_id`)
    .limit(sql.placeholder('limit')),
);
export type BuyingFacts = Awaited<ReturnType<typeof listBuyingFacts>>[number];

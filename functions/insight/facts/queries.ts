import { desc, eq, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import { accountCategories, accountFacts, accounts, accountYears } from '../../../db/schema/index.ts';

const accountId = sql.placeholder('accountId');
const isSpender = sql`${accountYears.currency} = ${sql.placeholder('currency')} AND ${accountYears.spendMinor} > 0`;

/**
 * Which root accounts some changes are news of, and how many orders each has. A change that is not the newest of its account
 * stands for nothing: the newest is read later, and the account counted then. Orders of a friend are news of who
 * recommended us to them; what is of a merged account, of who survived. `changes` is a JSON array of [account, seq]. With
 * each: when its first and its last order were placed, and whether there may be anything else to know of it.
 */
export const listTouched = query((db) =>
  db
    .select({
      id: sql<string>`a.id`,
      orders: sql<number>`(SELECT count(*) FROM orders WHERE root_id = a.id)`.mapWith(Number),
      firstAt: sql<number | null>`(SELECT min(placed_at) FROM orders WHERE root_id = a.id)`.mapWith(Number),
      lastAt: sql<number | null>`(SELECT max(placed_at) FROM orders WHERE root_id = a.id)`.mapWith(Number),
      hasMarks: sql<boolean>`EXISTS (SELECT 1 FROM referrals WHERE referrer_root_id = a.id)
        OR EXISTS (SELECT 1 FROM testimonials WHERE root_id = a.id)
        OR EXISTS (SELECT 1 FROM survey_finishes WHERE root_id = a.id)
        OR EXISTS (SELECT 1 FROM feedback WHERE root_id = a.id)
        OR EXISTS (SELECT 1 FROM customer_merges WHERE survivor_root_id = a.id)`.mapWith(readFlag),
    })
    .from(
      sql`(WITH RECURSIVE newest (id) AS (SELECT a.id FROM json_each(${sql.placeholder('changes')}) AS c
            CROSS JOIN accounts AS a ON a.id = c.value ->> 0 AND a.history_seq = c.value ->> 1),
          before (id) AS (SELECT id FROM newest
            UNION SELECT m.merged_root_id FROM before CROSS JOIN customer_merges AS m ON m.survivor_root_id = before.id),
          named (id) AS (SELECT id FROM newest
            UNION SELECT r.referrer_root_id FROM before CROSS JOIN referrals AS r ON r.friend_root_id = before.id),
          later (id) AS (SELECT id FROM named
            UNION SELECT m.survivor_root_id FROM later CROSS JOIN customer_merges AS m ON m.merged_root_id = later.id)
        SELECT id FROM later) AS touched CROSS JOIN accounts AS a ON a.id = touched.id`,
    ),
);

/** A root account with what was counted of it; `facts` is null while nothing was. */
export const findAccount = queryOne((db) =>
  db
    .select({
      historySeq: accounts.historySeq,
      signedUpAt: accounts.signedUpAt,
      firstPlacedAt: accounts.firstPlacedAt,
      isInClub: sql<boolean>`${accounts.clubSpans} IS NOT NULL
        AND json_extract(${accounts.clubSpans}, '$[#-1][1]') IS NULL`.mapWith(readFlag),
      facts: accountFacts,
    })
    .from(accounts)
    .leftJoin(accountFacts, eq(accountFacts.accountId, accounts.id))
    .where(sql`${accounts.id} = ${accountId} AND ${accounts.id} = ${accounts.rootId}`),
);

/** Orders of an account up to a business day, and the days with any. */
export const countUpTo = queryOne((db) =>
  db
    .select({
      orderCount: sql<number>`coalesce(sum(order_count), 0)`.mapWith(Number),
      purchaseDays: sql<number>`count(DISTINCT day)`.mapWith(Number),
    })
    .from(sql`account_days`)
    .where(sql`root_id = ${accountId} AND order_count > 0 AND day <= ${sql.placeholder('today')}`),
);

/** What an account's orders came to from one business day to another, both included, in one currency. */
export const findWindow = queryOne((db) =>
  db
    .select({
      orderCount: sql<number>`coalesce(sum(order_count), 0)`.mapWith(Number),
      purchaseDays: sql<number>`count(DISTINCT CASE WHEN order_count > 0 THEN day END)`.mapWith(Number),
      spendMinor: sql<bigint>`coalesce(sum(spend_minor), 0)`.mapWith(BigInt),
      refundedMinor: sql<bigint>`coalesce(sum(refunded_minor), 0)`.mapWith(BigInt),
    })
    .from(sql`account_days`)
    .where(
      sql`root_id = ${accountId} AND day >= ${sql.placeholder('from')} AND day <= ${sql.placeholder('to')}
        AND currency = ${sql.placeholder('currency')}`,
    ),
);

export const listCategories = query((db) =>
  db
    .select({
      category: accountCategories.category,
      orderCount: accountCategories.orderCount,
      spendMinor: accountCategories.spendMinor,
      lastOn: accountCategories.lastOn,
    })
    .from(accountCategories)
    .where(
      sql`${accountCategories.rootId} = ${accountId} AND ${accountCategories.currency} = ${sql.placeholder('currency')}`,
    )
    .orderBy(sql`spend_minor DESC, category`),
);

/** How many accounts spent anything in the last 365 days, in one currency. */
export const countSpenders = queryOne((db) =>
  db
    .select({ accounts: sql<number>`count(*)`.mapWith(Number) })
    .from(accountYears)
    .where(isSpender),
);

/** What the `place`th highest of them spent, the highest being the first. */
export const findSpendAt = queryOne((db) =>
  db
    .select({ minor: accountYears.spendMinor })
    .from(accountYears)
    .where(isSpender)
    .orderBy(desc(accountYears.spendMinor))
    .limit(1)
    .offset(sql.placeholder('before')),
);

/** Accounts of which the last 365 days became other days since they were counted. */
export const listEnded = query((db) =>
  db
    .selectDistinct({ rootId: accountYears.rootId })
    .from(accountYears)
    .where(sql`${accountYears.untilDay} <= ${sql.placeholder('today')}`)
    .limit(sql.placeholder('limit')),
);

export type Touched = Awaited<ReturnType<typeof listTouched>>[number];

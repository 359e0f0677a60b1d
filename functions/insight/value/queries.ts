import { sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';
import { accountYears } from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';

const currency = sql.placeholder('currency');
const isInYear = sql`d.day >= ${sql.placeholder('since')} AND d.day <= ${sql.placeholder('until')}`;

/**
 * What the orders of some root accounts came to, by account and department, to date and within some days. `ids` is a JSON
 * array; the department is empty for the account itself.
 */
export const listSums = query((db) =>
  db
    .select({
      rootId: sql<string>`d.root_id`,
      departmentId: sql<string>`d.department_id`,
      department: sql<string | null>`(SELECT name FROM accounts WHERE id = d.department_id)`,
      orderCount: sql<number>`sum(d.order_count)`.mapWith(Number),
      spendMinor: sql<bigint>`sum(d.spend_minor)`.mapWith(BigInt),
      refundedMinor: sql<bigint>`sum(d.refunded_minor)`.mapWith(BigInt),
      yearOrders: sql<number>`sum(CASE WHEN ${isInYear} THEN d.order_count ELSE 0 END)`.mapWith(Number),
      yearSpendMinor: sql<bigint>`sum(CASE WHEN ${isInYear} THEN d.spend_minor ELSE 0 END)`.mapWith(BigInt),
    })
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS listed CROSS JOIN account_days AS d ON d.root_id = listed.value`,
    )
    .where(sql`d.currency = ${currency}`)
    .groupBy(sql`d.root_id, d.department_id`)
    .orderBy(sql`d.root_id, d.department_id`),
);
export type SpendSums = Awaited<ReturnType<typeof listSums>>[number];

/** What returns booked is the customer's own money, with its bonus: no reward that was given. */
const creditOfReturns = sql`coalesce((SELECT sum(b.amount_minor) FROM bonuses AS b WHERE b.account_id = ledger.account_id
  AND b.cause_kind = 'return' AND b.currency = ${currency}
  AND NOT EXISTS (SELECT 1 FROM bonus_reversals AS r WHERE r.bonus_id = b.id)), 0)`;

/** What some root accounts were given as rewards, less what was taken back, in one currency. */
export const listRewards = query((db) =>
  db
    .select({
      rootId: sql<string>`account_id`,
      minor: sql<bigint>`sum(amount_minor) - ${creditOfReturns}`.mapWith(BigInt),
    })
    .from(sql`ledger`)
    .where(
      sql`account_id IN ${listed('ids')} AND currency = ${currency}
        AND kind IN ('earn', 'bonus', 'clawback', 'bonus_reversal')`,
    )
    .groupBy(sql`account_id`),
);

/** How many accounts spent more than that in the last 365 days, and how many spent anything. */
export const findRank = queryOne((db) =>
  db
    .select({
      above: sql<number>`(SELECT count(*) FROM ${accountYears} WHERE currency = ${currency}
        AND spend_minor > CAST(${sql.placeholder('minor')} AS INTEGER))`.mapWith(Number),
      all: sql<number>`(SELECT count(*) FROM ${accountYears} WHERE currency = ${currency} AND spend_minor > 0)`.mapWith(
        Number,
      ),
    })
    .from(sql`(SELECT 1)`),
);

/** The same of several sums at once; `minors` is a JSON array of their texts. */
export const listRanks = query((db) =>
  db
    .select({
      minor: sql<string>`asked.value`,
      above: sql<number>`(SELECT count(*) FROM ${accountYears} WHERE currency = ${currency}
        AND spend_minor > CAST(asked.value AS INTEGER))`.mapWith(Number),
      all: sql<number>`(SELECT count(*) FROM ${accountYears} WHERE currency = ${currency} AND spend_minor > 0)`.mapWith(
        Number,
      ),
    })
    .from(sql`json_each(${sql.placeholder('minors')}) AS asked`),
);

import { type SQL, sql } from 'drizzle-orm';
import { query, queryOne } from '../../../db/query.ts';

/** The cut that lets all accounts pass. */
export const NO_CUT = '~';

/** The cut that lets about this share of the accounts pass, 0 … 1. */
export const cutOf = (share: number): string =>
  share >= 1
    ? NO_CUT
    : Math.floor(share * 65_536)
        .toString(16)
        .padStart(4, '0');

/** What was bought up to and with the day `until`, with what each spent on purchase days after the first, in one currency. */
export const listBuyers = query((db) => db.select(buyerColumns()).from(page).orderBy(sql`b.id`));
export type BuyingAccount = Awaited<ReturnType<typeof listBuyers>>[number];

/** What is asked of an account or of a part of it. */
export type BuyingPart = Pick<BuyingAccount, 'purchaseDays' | 'firstOn' | 'lastOn' | 'repeatMinor'>;

/** The same of one root account; null before its first purchase day. */
export const findBuyer = queryOne((db) =>
  db.select(buyerColumns()).from(
    buyers(sql`f.account_id = ${sql.placeholder('accountId')} AND f.purchase_days > 0
      AND f.first_on <= ${sql.placeholder('until')}`),
  ),
);

/**
 * The same of the departments of some root accounts, a JSON array of ids: those that bought anything. The department is empty for
 * what the account itself bought beside them.
 */
export const listDepartments = query((db) =>
  db
    .select({
      rootId: sql<string>`d.root_id`,
      departmentId: sql<string>`d.department_id`,
      purchaseDays: sql<number>`count(DISTINCT d.day)`.mapWith(Number),
      firstOn: sql<string>`d.first_on`,
      lastOn: sql<string>`max(d.day)`,
      repeatMinor:
        sql<bigint>`sum(CASE WHEN d.day > d.first_on AND d.currency = ${sql.placeholder('currency')} THEN d.spend_minor ELSE 0 END)`.mapWith(
          BigInt,
        ),
    })
    .from(
      sql`(SELECT own.*, min(own.day) OVER (PARTITION BY own.root_id, own.department_id) AS first_on
        FROM json_each(${sql.placeholder('ids')}) AS one CROSS JOIN account_days AS own ON own.root_id = one.value
        WHERE own.order_count > 0 AND own.day <= ${sql.placeholder('until')}
          AND EXISTS (SELECT 1 FROM account_days AS other WHERE other.root_id = one.value AND other.department_id <> '')) AS d`,
    )
    .groupBy(sql`d.root_id, d.department_id, d.first_on`)
    .orderBy(sql`d.root_id, d.department_id`),
);

/** Their purchase days, rising, each with what was spent on it in one currency. */
export const listPurchaseDays = query((db) =>
  db
    .select(dayColumns('b.type'))
    .from(sql`${page} CROSS JOIN account_days AS d ON d.root_id = b.id AND d.order_count > 0`)
    .groupBy(sql`b.id, d.day`)
    .orderBy(sql`b.id, d.day`),
);

/** The same of some root accounts by their ids, a JSON array. */
export const listPurchaseDaysOf = query((db) =>
  db
    .select(dayColumns(typeIn('b')))
    .from(
      sql`json_each(${sql.placeholder('ids')}) AS one CROSS JOIN accounts AS b ON b.id = one.value AND b.id = b.root_id
        CROSS JOIN account_days AS d ON d.root_id = b.id AND d.order_count > 0`,
    )
    .groupBy(sql`b.id, d.day`)
    .orderBy(sql`b.id, d.day`),
);
export type PurchaseDayRow = Awaited<ReturnType<typeof listPurchaseDays>>[number];

/** How many accounts have a purchase day up to and with the day `until`, and which is the first of all; null before there is one. */
export const countBuyers = queryOne((db) =>
  db
    .select({
      accounts: sql<number>`count(*)`.mapWith(Number),
      firstOn: sql<string | null>`min(first_on)`,
    })
    .from(sql`account_facts WHERE purchase_days > 0 AND first_on <= ${sql.placeholder('until')}`),
);

/**
 * Root accounts that have a purchase day, in the order of their ids. `cut` names a share of them by the last four digits of
 * the ids, which are random and never change: those whose digits sort before it.
 */
const page = buyers(sql`f.account_id > ${sql.placeholder('after')} AND f.purchase_days > 0
    AND substr(f.account_id, -4) < ${sql.placeholder('cut')}
  ORDER BY f.account_id LIMIT ${sql.placeholder('limit')}`);

function buyers(which: SQL): SQL {
  return sql`(SELECT f.account_id AS id, ${sql.raw(typeIn('a'))} AS type, f.purchase_days, f.first_on, f.last_on
  FROM account_facts AS f CROSS JOIN accounts AS a ON a.id = f.account_id WHERE ${which}) AS b`;
}

/**
 * What each spent on purchase days after the first is in one currency. Orders may be of days to come: then the days up to
 * `until` are counted. An account whose first is to come has no day, and its last is its first.
 */
const buyerColumns = () => ({
  id: sql<string>`b.id`,
  type: sql<'personal' | 'household' | 'company'>`b.type`,
  purchaseDays: sql<number>`${upToNow(sql`b.purchase_days`, sql`count(DISTINCT d.day)`)}`.mapWith(Number),
  firstOn: sql<string>`b.first_on`,
  lastOn: sql<string>`${upToNow(sql`b.last_on`, sql`coalesce(max(d.day), b.first_on)`)}`,
  /** What was spent on the first purchase day. */
  firstMinor: sql<bigint>`coalesce((SELECT sum(d.spend_minor) FROM account_days AS d WHERE d.root_id = b.id
    AND d.day = b.first_on AND d.order_count > 0 AND d.currency = ${sql.placeholder('currency')}), 0)`.mapWith(
    BigInt,
  ),
  repeatMinor: sql<bigint>`coalesce((SELECT sum(d.spend_minor) FROM account_days AS d WHERE d.root_id = b.id
    AND d.day > b.first_on AND d.day <= ${sql.placeholder('until')} AND d.order_count > 0 AND d.currency = ${sql.placeholder('currency')}), 0)`.mapWith(
    BigInt,
  ),
});

function upToNow(ofAll: SQL, ofDays: SQL): SQL {
  return sql`CASE WHEN b.last_on <= ${sql.placeholder('until')} THEN ${ofAll} ELSE (SELECT ${ofDays} FROM account_days AS d
    WHERE d.root_id = b.id AND d.day <= ${sql.placeholder('until')} AND d.order_count > 0) END`;
}

/** A shared account of which nobody said what it is counts as a company. */
function typeIn(account: string): string {
  return `CASE ${account}.kind WHEN 'personal' THEN 'personal' ELSE coalesce(${account}.form, 'company') END`;
}

function dayColumns(type: string) {
  return {
    id: sql<string>`b.id`,
    type: sql<'personal' | 'household' | 'company'>`${sql.raw(type)}`,
    day: sql<string>`d.day`,
    spendMinor:
      sql<bigint>`sum(CASE d.currency WHEN ${sql.placeholder('currency')} THEN d.spend_minor ELSE 0 END)`.mapWith(
        BigInt,
      ),
  };
}

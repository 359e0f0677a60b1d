import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { alias, type SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { query } from '../../../db/query.ts';
import { accounts, customers, ledger, memberships, periodTotals } from '../../../db/schema/index.ts';

const rootColumns = {
  id: accounts.id,
  name: accounts.name,
  balanceMinor: accounts.balanceMinor,
};

/** Customers' own accounts after an email, by email. */
export const listPersonalPage = query((db) =>
  db
    .select({ ...rootColumns, email: sql<string>`${customers.email}` })
    .from(customers)
    .innerJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(and(sql`${customers.email} > ${sql.placeholder('after')}`, isNull(accounts.withdrawnAt)))
    .orderBy(asc(customers.email))
    .limit(sql.placeholder('limit')),
);

/** The same of customers without an email, after an id, by id. */
export const listEmaillessPage = query((db) =>
  db
    .select({ ...rootColumns, email: sql<string>`''` })
    .from(customers)
    .innerJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(
      and(
        sql`${customers.email} IS NULL AND ${accounts.id} > ${sql.placeholder('after')}`,
        isNull(accounts.withdrawnAt),
      ),
    )
    .orderBy(asc(accounts.id))
    .limit(sql.placeholder('limit')),
);

/** Companies and households with the first email, by the alphabet, of a member of theirs or of a department's. */
export const listShared = query((db) =>
  db
    .select({
      ...rootColumns,
      email: sql<string>`coalesce((SELECT min(c.email) FROM accounts AS d
        JOIN memberships AS m ON m.account_id = d.id AND m.until IS NULL JOIN customers AS c ON c.id = m.customer_id
        WHERE d.root_id = accounts.id), '')`,
    })
    .from(accounts)
    .where(and(eq(accounts.kind, 'shared'), isNull(accounts.withdrawnAt))),
);

const isListedRoot = (column: unknown) =>
  sql`${column} IN (SELECT value FROM json_each(${sql.placeholder('ids')}))`;

/** The ledgers of some root accounts within a span of business time. */
export const listLedgers = query((db) =>
  db
    .select({
      accountId: ledger.accountId,
      seq: ledger.seq,
      effectiveAt: ledger.effectiveAt,
      kind: ledger.kind,
      ruleId: ledger.ruleId,
      version: ledger.version,
      periodStart: ledger.periodStart,
      orderSource: ledger.orderSource,
      orderNumber: ledger.orderNumber,
      amountMinor: ledger.amountMinor,
      currency: ledger.currency,
      expiresAt: ledger.expiresAt,
    })
    .from(ledger)
    .where(
      and(
        isListedRoot(ledger.accountId),
        sql`${ledger.effectiveAt} >= ${sql.placeholder('from')} AND ${ledger.effectiveAt} < ${sql.placeholder('to')}`,
      ),
    )
    .orderBy(asc(ledger.accountId), asc(ledger.seq)),
);

/** What some root accounts spent in one currency, and what they can spend at `now`. */
export const listSums = query((db) =>
  db
    .select({
      id: accounts.id,
      spendMinor: sql<bigint>`coalesce((SELECT spend_minor FROM account_spend AS s
        WHERE s.root_id = accounts.id AND s.currency = ${sql.placeholder('currency')}), 0)`,
      availableMinor: sql<bigint>`coalesce((SELECT sum(remaining_minor) FROM lots AS l WHERE l.account_id = accounts.id
        AND remaining_minor > 0 AND (expires_at IS NULL OR expires_at > ${sql.placeholder('now')})), 0)`,
    })
    .from(accounts)
    .where(isListedRoot(accounts.id)),
);

/** Totals of some root accounts that wait to be settled, in part at least. */
export const listPendingTotals = query((db) =>
  db
    .select({
      rootId: periodTotals.rootId,
      ruleId: periodTotals.ruleId,
      version: periodTotals.version,
      spend: periodTotals.spendMinor,
      settled: periodTotals.settledMinor,
      posted: periodTotals.postedMinor,
    })
    .from(periodTotals)
    .where(and(isListedRoot(periodTotals.rootId), sql`spend_minor <> settled_minor`)),
);

/** The currency most orders have. */
export const findMainCurrency = query((db) =>
  db
    .select({ currency: sql<string>`currency` })
    .from(sql`account_spend`)
    .groupBy(sql`currency`)
    .orderBy(sql`sum(order_count) DESC`, sql`currency`)
    .limit(1),
);

const roots = alias(accounts, 'roots');
const accountName = sql<string>`CASE ${roots.kind} WHEN 'shared' THEN ${roots.name} ELSE '' END`;
const departmentName = sql<string>`CASE ${accounts.kind} WHEN 'department' THEN ${accounts.name} ELSE '' END`;

const answerOf = (question: string) =>
  sql<
    string | null
  >`(SELECT answer FROM profile_answers WHERE customer_id = ${customers.id} AND question = ${sql.raw(`'${question}'`)})`;

const memberColumns = {
  id: customers.id,
  email: customers.email,
  source: sql<string | null>`(SELECT min(source) FROM customer_keys WHERE customer_id = ${customers.id})`,
  key: sql<
    string | null
  >`(SELECT key FROM customer_keys WHERE customer_id = ${customers.id} ORDER BY source, key LIMIT 1)`,
  name: customers.name,
  phone: customers.phone,
  address: customers.address,
  birthYear: customers.birthYear,
  language: customers.language,
  memberNumber: customers.memberNumber,
  account: accountName,
  form: sql<string | null>`CASE ${roots.kind} WHEN 'shared' THEN ${roots.form} END`,
  why: answerOf('why'),
  interests: answerOf('interests'),
  birthday: answerOf('birthday'),
  addressForm: answerOf('address_form'),
  /** The newest word on news: whether, when, where and in which words, as JSON. */
  news: sql<
    string | null
  >`(SELECT json_array(is_given, at, source, (SELECT text FROM consent_texts WHERE version = consents.version))
    FROM consents WHERE customer_id = ${customers.id} AND kind = 'news' ORDER BY id DESC LIMIT 1)`,
  notes: sql<string>`(SELECT json_group_array(json_array(id, text)) FROM customer_notes WHERE customer_id = ${customers.id})`,
  department: departmentName,
  firstPlacedAt: roots.firstPlacedAt,
  signedUpAt: roots.signedUpAt,
};

const memberPage = (ids: SQL, place: SQLiteColumn) =>
  query((db) =>
    db
      .select(memberColumns)
      .from(customers)
      .leftJoin(memberships, and(eq(memberships.customerId, customers.id), isNull(memberships.until)))
      .leftJoin(accounts, eq(accounts.id, memberships.accountId))
      .leftJoin(roots, eq(roots.id, accounts.rootId))
      .where(sql`${customers.id} IN ${ids} AND ${roots.withdrawnAt} IS NULL`)
      .orderBy(asc(place), accountName, departmentName),
  );

/** Up to `limit` customers after an email, by email, once per account they belong to. */
export const listCustomerPage = memberPage(
  sql`(SELECT id FROM customers WHERE email > ${sql.placeholder('after')}
    AND withdrawn_at IS NULL ORDER BY email LIMIT ${sql.placeholder('limit')})`,
  customers.email,
);

/** The same of customers without an email, after an id, by id. */
export const listEmaillessCustomerPage = memberPage(
  sql`(SELECT id FROM customers WHERE email IS NULL AND id > ${sql.placeholder('after')}
    AND withdrawn_at IS NULL ORDER BY id LIMIT ${sql.placeholder('limit')})`,
  customers.id,
);

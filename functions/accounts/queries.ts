import { and, asc, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import {
  accounts,
  customerKeys,
  customers,
  formerEmails,
  lots,
  memberships,
  periodTotals,
  vouchers,
} from '../../db/schema/index.ts';

/** The columns every change of a root account starts from. */
export const rootColumns = {
  id: accounts.id,
  rootId: accounts.rootId,
  kind: accounts.kind,
  name: accounts.name,
  firstPlacedAt: accounts.firstPlacedAt,
  signedUpAt: accounts.signedUpAt,
  historySeq: accounts.historySeq,
  ledgerSeq: accounts.ledgerSeq,
  ledgerHash: accounts.ledgerHash,
  balanceMinor: accounts.balanceMinor,
  settledRevision: accounts.settledRevision,
  clubSpans: accounts.clubSpans,
  withdrawnAt: accounts.withdrawnAt,
};

export const customerColumns = {
  customerId: customers.id,
  email: customers.email,
  customerName: customers.name,
  claimedAt: customers.claimedAt,
  language: customers.language,
  customerWithdrawnAt: customers.withdrawnAt,
};

/** Values of a JSON array bound to one placeholder. */
export const listed = (placeholder: string) =>
  sql`(SELECT value FROM json_each(${sql.placeholder(placeholder)}))`;

const isDueNow = sql`remaining_minor > 0 AND expires_at IS NOT NULL AND expires_at <= ${sql.placeholder('now')}`;

const flagOf = (value: unknown) => Number(value) === 1;

/** A customer's own account with what a change of it starts from. */
export const ownColumns = {
  own: rootColumns,
  isMember:
    sql`EXISTS (SELECT 1 FROM memberships WHERE account_id = ${accounts.id} AND customer_id = ${customers.id})`.mapWith(
      flagOf,
    ),
  /** Whether it has a lot that is over by now. Mostly no account has one, which the index of those that end tells at once. */
  hasDueLots: sql`CASE WHEN EXISTS (SELECT 1 FROM lots WHERE ${isDueNow})
    THEN EXISTS (SELECT 1 FROM lots WHERE account_id = ${accounts.id} AND ${isDueNow}) ELSE 0 END`.mapWith(
    flagOf,
  ),
};

/** Customers by email with their own accounts, and those who had such an email before. `emails` is a JSON array. */
export const listCustomersByEmail = query((db) =>
  db
    .select({ ...customerColumns, formerEmail: sql<string | null>`NULL`, ...ownColumns })
    .from(customers)
    .leftJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(sql`${customers.email} IN ${listed('emails')}`)
    .unionAll(
      db
        .select({ ...customerColumns, formerEmail: sql<string | null>`${formerEmails.email}`, ...ownColumns })
        .from(formerEmails)
        .innerJoin(customers, eq(customers.id, formerEmails.customerId))
        .leftJoin(accounts, eq(accounts.ownerId, customers.id))
        .where(sql`${formerEmails.email} IN ${listed('emails')}`),
    ),
);

/** Customers as {@link listCustomersByEmail}, by what sources call them and by id. `keys` is a JSON array of pairs, `ids` of ids. */
export const listCustomersByKey = query((db) =>
  db
    .select({
      ...customerColumns,
      formerEmail: sql<string | null>`NULL`,
      ...ownColumns,
      source: sql<string | null>`${customerKeys.source}`,
      key: sql<string | null>`${customerKeys.key}`,
    })
    .from(customerKeys)
    .innerJoin(customers, eq(customers.id, customerKeys.customerId))
    .leftJoin(accounts, eq(accounts.ownerId, customers.id))
    .where(
      sql`(${customerKeys.source}, ${customerKeys.key}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${sql.placeholder('keys')}))`,
    )
    .unionAll(
      db
        .select({
          ...customerColumns,
          formerEmail: sql<string | null>`NULL`,
          ...ownColumns,
          source: sql<string | null>`NULL`,
          key: sql<string | null>`NULL`,
        })
        .from(customers)
        .leftJoin(accounts, eq(accounts.ownerId, customers.id))
        .where(sql`${customers.id} IN ${listed('ids')}`),
    ),
);

/** Accounts by id, with what a change starts from. `ids` is a JSON array. */
export const listAccounts = query((db) =>
  db
    .select(rootColumns)
    .from(accounts)
    .where(sql`${accounts.id} IN ${listed('ids')}`),
);

/** Root accounts of companies and households by name. */
const sharedRoots = sql`(SELECT id FROM accounts WHERE kind = 'shared' AND name IN ${listed('names')})`;

/** Companies and households by name, with all their departments. `names` is a JSON array. */
export const listSharedAccounts = query((db) =>
  db.select(rootColumns).from(accounts).where(sql`${accounts.rootId} IN ${sharedRoots}`),
);

/** Who belongs to which companies, households and departments of them. `names` is a JSON array. */
export const listSharedMemberships = query((db) =>
  db
    .select({ accountId: memberships.accountId, customerId: memberships.customerId })
    .from(memberships)
    .where(sql`${memberships.accountId} IN (SELECT id FROM accounts WHERE root_id IN ${sharedRoots})`),
);

/** Root accounts by what orders say of them: the own ones of some emails, present or former, and shared ones by name. */
export const namedRoots = sql`(SELECT id FROM accounts WHERE owner_id IN (
    SELECT id FROM customers WHERE email IN ${listed('emails')}
    UNION ALL SELECT customer_id FROM former_emails WHERE email IN ${listed('emails')})
  UNION ALL SELECT id FROM accounts WHERE kind = 'shared' AND name IN ${listed('names')})`;

export const totalColumns = {
  rootId: periodTotals.rootId,
  ruleId: periodTotals.ruleId,
  version: periodTotals.version,
  periodStart: periodTotals.periodStart,
  periodEnd: periodTotals.periodEnd,
  spendMinor: periodTotals.spendMinor,
  settledMinor: periodTotals.settledMinor,
  postedMinor: periodTotals.postedMinor,
};

const totalsOf = (roots: SQL) =>
  query((db) => db.select(totalColumns).from(periodTotals).where(sql`${periodTotals.rootId} IN ${roots}`));

/** All totals of some root accounts. `ids` is a JSON array. */
export const listTotals = totalsOf(listed('ids'));
/** The same of {@link namedRoots}. */
export const listNamedTotals = totalsOf(namedRoots);

/** The lots of some root accounts, oldest first. `ids` is a JSON array. */
export const listLots = query((db) =>
  db
    .select()
    .from(lots)
    .where(sql`${lots.accountId} IN ${listed('ids')}`)
    .orderBy(asc(lots.accountId), asc(lots.seq)),
);

const dueLotsOf = (roots: SQL) =>
  query((db) =>
    db
      .selectDistinct({ accountId: lots.accountId })
      .from(lots)
      .where(and(sql`${lots.accountId} IN ${roots}`, isDueNow)),
  );

/** Which of some root accounts have a lot that is over by now. */
export const listDueLots = dueLotsOf(listed('ids'));
/** The same of companies and households by name. */
export const listSharedDueLots = dueLotsOf(sharedRoots);

/** Vouchers of some root accounts that were neither used nor cancelled, newest first. `ids` is a JSON array. */
export const listOpenVouchers = query((db) =>
  db
    .select()
    .from(vouchers)
    .where(
      and(
        sql`${vouchers.accountId} IN ${listed('ids')}`,
        sql`code NOT IN (SELECT code FROM voucher_uses)`,
        sql`code NOT IN (SELECT code FROM voucher_cancellations)`,
      ),
    )
    .orderBy(desc(vouchers.entrySeq)),
);

/** Root accounts that no import took back, for sweeps in the order of their ids. */
export const isRootInUse = and(eq(accounts.id, accounts.rootId), isNull(accounts.withdrawnAt));

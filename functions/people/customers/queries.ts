import { and, desc, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { query } from '../../../db/query.ts';
import {
  accounts,
  adjustments,
  auditLog,
  countedSpend,
  customers,
  ledger,
  orders,
  redemptions,
  vouchers,
} from '../../../db/schema/index.ts';
import { listed } from '../../money/accounts/account-columns.ts';
import { entryColumns } from './entry-columns.ts';

export const customerColumns = {
  id: customers.id,
  email: customers.email,
  name: customers.name,
  memberNumber: customers.memberNumber,
  claimedAt: customers.claimedAt,
};

/** Who has an address, or had it before; who has it today comes first. */
export const findByEmailKept = query((db) =>
  db
    .select({ id: customers.id, email: customers.email, withdrawnAt: customers.withdrawnAt })
    .from(customers)
    .where(
      or(
        eq(customers.email, sql.placeholder('email')),
        sql`${customers.id} = (SELECT customer_id FROM former_emails WHERE email = ${sql.placeholder('email')})`,
      ),
    )
    .orderBy(sql`${customers.email} IS NOT ${sql.placeholder('email')}`)
    .limit(1),
);

export const findPersonalAccount = query((db) =>
  db
    .select({ id: accounts.id })
    .from(accounts)
    .where(and(eq(accounts.ownerId, sql.placeholder('customerId')), eq(accounts.kind, 'personal'))),
);

/** What an act of the log was done to, by the id that its form gave it. */
export const findSubjectOfAct = query((db) =>
  db
    .select({ subjectId: auditLog.subjectId })
    .from(auditLog)
    .where(and(eq(auditLog.id, sql.placeholder('id')), eq(auditLog.act, sql.placeholder('kind')))),
);

/** What is kept of a person; `day` is that of the birthday. Who has joined, or had, alone changes the email. */
export const findDetailsOf = query((db) =>
  db
    .select({
      email: customers.email,
      name: customers.name,
      phone: customers.phone,
      address: customers.address,
      language: customers.language,
      birthYear: customers.birthYear,
      day: sql<string | null>`(SELECT answer FROM profile_answers WHERE customer_id = ${customers.id}
        AND question = 'birthday')`,
      isEmailTheirs: sql`${customers.claimedAt} IS NOT NULL OR ${customers.closedAt} IS NOT NULL`.mapWith(
        Boolean,
      ),
    })
    .from(customers)
    .where(and(eq(customers.id, sql.placeholder('customerId')), isNull(customers.withdrawnAt))),
);

/** By the number on the card of who has joined and not left. */
export const listCustomersByMemberNumber = query((db) =>
  db
    .select(customerColumns)
    .from(customers)
    .where(
      and(
        eq(customers.memberNumber, sql.placeholder('memberNumber')),
        isNull(customers.withdrawnAt),
        isNull(customers.closedAt),
      ),
    ),
);

/** Before a place in the order in which orders count; the newest of all when it is the end of time. */
const isBefore = sql`(${orders.placedAt}, ${orders.number}, ${orders.source}) <
  (${sql.placeholder('placedAt')}, ${sql.placeholder('number')}, ${sql.placeholder('source')})`;

const isOfRoot = eq(orders.rootId, sql.placeholder('rootId'));
const isOfDepartments = sql`${orders.accountId} IN ${listed('departments')}`;

const orderPage = (where: SQL | undefined) =>
  query((db) =>
    db
      .select({
        id: orders.id,
        source: orders.source,
        number: orders.number,
        accountId: orders.accountId,
        rootId: orders.rootId,
        customerId: orders.customerId,
        placedAt: orders.placedAt,
        placedOn: orders.placedOn,
        currency: orders.currency,
        refundedMinor: orders.refundedMinor,
        shippingMinor: orders.shippingMinor,
        taxMinor: orders.taxMinor,
        taxIncludedMinor: orders.taxIncludedMinor,
        promisedBy: orders.promisedBy,
        importId: orders.importId,
        recordedAt: orders.recordedAt,
        customerEmail: customers.email,
        customerKey: sql<
          string | null
        >`CASE WHEN ${customers.email} IS NULL THEN (SELECT min(key) FROM customer_keys
          WHERE customer_id = ${customers.id} AND source = ${orders.source}) END`,
        customerName: customers.name,
        accountName: accounts.name,
      })
      .from(orders)
      .innerJoin(customers, eq(customers.id, orders.customerId))
      .innerJoin(accounts, eq(accounts.id, orders.accountId))
      .where(where)
      .orderBy(desc(orders.placedAt), desc(orders.number), desc(orders.source))
      .limit(sql.placeholder('limit')),
  );

/** A page of a root account's orders, newest first. */
export const listOrderPage = orderPage(and(isOfRoot, isBefore));
/** The same of some of its departments; `departments` is a JSON array. */
export const listOrderPageOfDepartments = orderPage(and(isOfRoot, isOfDepartments, isBefore));

/** The counted rows of a root account from one order through another, newest first. */
export const listCountedBetween = query((db) =>
  db
    .select({
      orderId: countedSpend.orderId,
      ruleId: countedSpend.ruleId,
      version: countedSpend.version,
      periodStart: countedSpend.periodStart,
      periodEnd: countedSpend.periodEnd,
      countedMinor: countedSpend.countedMinor,
      settlesAt: countedSpend.settlesAt,
      isSettled: countedSpend.isSettled,
    })
    .from(countedSpend)
    .where(
      and(
        eq(countedSpend.rootId, sql.placeholder('rootId')),
        sql`(${countedSpend.placedAt}, ${countedSpend.number}, ${countedSpend.source}) >=
          (${sql.placeholder('firstPlacedAt')}, ${sql.placeholder('firstNumber')}, ${sql.placeholder('firstSource')})`,
        sql`(${countedSpend.placedAt}, ${countedSpend.number}, ${countedSpend.source}) <=
          (${sql.placeholder('lastPlacedAt')}, ${sql.placeholder('lastNumber')}, ${sql.placeholder('lastSource')})`,
      ),
    )
    .orderBy(desc(countedSpend.placedAt), desc(countedSpend.number), desc(countedSpend.source)),
);

/** A page of a root account's ledger, newest first. */
export const listEntries = query((db) =>
  db
    .select(entryColumns)
    .from(ledger)
    .leftJoin(adjustments, eq(adjustments.id, ledger.cause))
    .leftJoin(redemptions, eq(redemptions.id, ledger.cause))
    .leftJoin(vouchers, eq(vouchers.code, ledger.cause))
    .where(
      and(
        eq(ledger.accountId, sql.placeholder('rootId')),
        sql`${ledger.seq} < ${sql.placeholder('beforeSeq')}`,
      ),
    )
    .orderBy(desc(ledger.seq))
    .limit(sql.placeholder('limit')),
);

export type EntryRow = Awaited<ReturnType<typeof listEntries>>[number];

import { and, asc, desc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import { query } from '../../db/query.ts';
import {
  accountSpend,
  accounts,
  adjustments,
  countedSpend,
  customers,
  ledger,
  lots,
  orders,
  periodTotals,
  redemptions,
  vouchers,
} from '../../db/schema/index.ts';
import { listed, totalColumns } from '../accounts/queries.ts';

const customerColumns = {
  id: customers.id,
  email: customers.email,
  name: customers.name,
  memberNumber: customers.memberNumber,
  claimedAt: customers.claimedAt,
};

/** By the email of today, or one they had before. */
export const listCustomersByAnyEmail = query((db) =>
  db
    .select(customerColumns)
    .from(customers)
    .where(
      and(
        or(
          eq(customers.email, sql.placeholder('email')),
          sql`${customers.id} = (SELECT customer_id FROM former_emails WHERE email = ${sql.placeholder('email')})`,
        ),
        isNull(customers.withdrawnAt),
      ),
    )
    .orderBy(asc(customers.id)),
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

export const findCustomer = query((db) =>
  db
    .select(customerColumns)
    .from(customers)
    .where(and(eq(customers.id, sql.placeholder('id')), isNull(customers.withdrawnAt))),
);

/** What an account spent, per currency; the one with the most orders first. */
export const listSpend = query((db) =>
  db
    .select({ currency: accountSpend.currency, spendMinor: accountSpend.spendMinor })
    .from(accountSpend)
    .where(eq(accountSpend.rootId, sql.placeholder('rootId')))
    .orderBy(desc(accountSpend.orderCount), asc(accountSpend.currency)),
);

/** The lots of a root account that hold something. */
export const listOpenLots = query((db) =>
  db
    .select({ seq: lots.seq, remaining: lots.remainingMinor, expiresAt: lots.expiresAt })
    .from(lots)
    .where(and(eq(lots.accountId, sql.placeholder('rootId')), gt(lots.remainingMinor, sql`0`))),
);

/** All totals of one root account. */
export const listTotalsOf = query((db) =>
  db
    .select(totalColumns)
    .from(periodTotals)
    .where(eq(periodTotals.rootId, sql.placeholder('rootId'))),
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

/** What a root account's orders after a place count together, by rule version, period and whether it is settled. */
export const listLaterSums = query((db) =>
  db
    .select({
      ruleId: countedSpend.ruleId,
      version: countedSpend.version,
      periodStart: countedSpend.periodStart,
      isSettled: countedSpend.isSettled,
      countedMinor: sql<bigint>`sum(${countedSpend.countedMinor})`.mapWith(countedSpend.countedMinor),
    })
    .from(countedSpend)
    .where(
      and(
        eq(countedSpend.rootId, sql.placeholder('rootId')),
        sql`(${countedSpend.placedAt}, ${countedSpend.number}, ${countedSpend.source}) >
          (${sql.placeholder('placedAt')}, ${sql.placeholder('number')}, ${sql.placeholder('source')})`,
      ),
    )
    .groupBy(countedSpend.ruleId, countedSpend.version, countedSpend.periodStart, countedSpend.isSettled),
);

/** What every view of a ledger entry starts from. */
export const entryColumns = {
  seq: ledger.seq,
  kind: ledger.kind,
  amountMinor: ledger.amountMinor,
  balanceAfterMinor: ledger.balanceAfterMinor,
  currency: ledger.currency,
  effectiveAt: ledger.effectiveAt,
  ruleId: ledger.ruleId,
  version: ledger.version,
  periodStart: ledger.periodStart,
  periodEnd: ledger.periodEnd,
  spendAfterMinor: ledger.spendAfterMinor,
  orderSource: ledger.orderSource,
  orderNumber: ledger.orderNumber,
  expiresAt: ledger.expiresAt,
  /** What people know the entry by: a reason, a receipt, a voucher, the kind of thing a bonus is for. */
  causeText: sql<
    string | null
  >`coalesce(${adjustments.reason}, ${redemptions.reference}, ${redemptions.voucherCode}, ${vouchers.code},
    (SELECT cause_kind FROM bonuses WHERE bonuses.id = ${ledger.cause}))`.mapWith(String),
  /** What came back in the refund that a clawback was written with; null for every other entry. */
  returned: sql<
    string | null
  >`CASE WHEN ${ledger.kind} = 'clawback' THEN (SELECT group_concat(name, ', ') FROM
    (SELECT DISTINCT coalesce(line.product, line.sku) AS name FROM orders AS own
      JOIN refunds AS refund ON refund.order_id = own.id
      JOIN refund_lines AS part ON part.order_id = own.id AND part.refund_id = refund.refund_id
      JOIN order_lines AS line ON line.order_id = own.id AND line.line_id = part.line_id
      WHERE own.source = ${ledger.orderSource} AND own.number = ${ledger.orderNumber}
        AND (refund.recorded_at = ${ledger.recordedAt} OR refund.at = ${ledger.effectiveAt})
        AND coalesce(line.product, line.sku) IS NOT NULL ORDER BY line.position)) END`,
};

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

import { and, desc, eq, isNull, max, min, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { query } from '../../db/query.ts';
import {
  accounts,
  countedSpend,
  orders,
  voucherCancellations,
  vouchers,
  voucherUses,
} from '../../db/schema/index.ts';
import { listed } from '../accounts/queries.ts';
import { summaryColumns } from './order-summary.ts';

const latestOrders = (where: SQL | undefined) =>
  query((db) =>
    db
      .select(summaryColumns)
      .from(orders)
      .innerJoin(accounts, eq(accounts.id, orders.accountId))
      .where(where)
      .orderBy(desc(orders.placedAt), desc(orders.number), desc(orders.source))
      .limit(5),
  );

const isOfRoot = eq(orders.rootId, sql.placeholder('rootId'));

/** The newest orders of a root account. */
export const listLatestOrders = latestOrders(isOfRoot);
/** The same of some of its departments; `departments` is a JSON array. */
export const listLatestOrdersOfDepartments = latestOrders(
  and(isOfRoot, sql`${orders.accountId} IN ${listed('departments')}`),
);

const voucherColumns = {
  code: vouchers.code,
  amountMinor: vouchers.amountMinor,
  minimumMinor: vouchers.minimumMinor,
  currency: vouchers.currency,
  issuedAt: vouchers.issuedAt,
  expiresAt: vouchers.expiresAt,
  usedAt: voucherUses.at,
  cancelledAt: voucherCancellations.at,
};

const voucherList = (where: SQL | undefined) =>
  query((db) =>
    db
      .select(voucherColumns)
      .from(vouchers)
      .leftJoin(voucherUses, eq(voucherUses.code, vouchers.code))
      .leftJoin(voucherCancellations, eq(voucherCancellations.code, vouchers.code))
      .where(where)
      .orderBy(desc(vouchers.issuedAt), desc(vouchers.code))
      .limit(100),
  );

const isOfAccount = eq(vouchers.accountId, sql.placeholder('rootId'));

/** The newest vouchers of a root account, whatever became of them. */
export const listVouchers = voucherList(isOfAccount);
/** Those of a root account that can be used now. */
export const listUsableVouchers = voucherList(
  and(
    isOfAccount,
    isNull(voucherUses.at),
    isNull(voucherCancellations.at),
    sql`(${vouchers.expiresAt} IS NULL OR ${vouchers.expiresAt} > ${sql.placeholder('now')})`,
  ),
);

/**
 * When what is pending settles, by rule version and period: the last of the known moments, and whether one is unknown
 * still because an order is not delivered.
 */
export const listPendingMoments = query((db) =>
  db
    .select({
      ruleId: countedSpend.ruleId,
      version: countedSpend.version,
      periodStart: countedSpend.periodStart,
      settlesAt: max(countedSpend.settlesAt),
      isAllKnown: sql<boolean>`${min(sql`${countedSpend.settlesAt} IS NOT NULL`)}`.mapWith(
        (value) => Number(value) === 1,
      ),
    })
    .from(countedSpend)
    .where(and(eq(countedSpend.rootId, sql.placeholder('rootId')), eq(countedSpend.isSettled, sql`0`)))
    .groupBy(countedSpend.ruleId, countedSpend.version, countedSpend.periodStart),
);

/**
 * A moment of the same business year as an instant. Few different ones come out of many rows: the instant itself only
 * around New Year, where the time zone decides.
 */
export function yearMoment(column: SQLiteColumn): SQL<number> {
  return sql<number>`CASE WHEN strftime('%m-%d', ${column} / 1000, 'unixepoch') IN ('12-31', '01-01') THEN ${column}
    ELSE unixepoch(strftime('%Y-07-01', ${column} / 1000, 'unixepoch')) * 1000 END`.mapWith(Number);
}

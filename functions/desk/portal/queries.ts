import { and, desc, eq, max, min, type SQL, sql } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { query, queryOne, rowsWithin } from '../../../db/query.ts';
import { readFlag } from '../../../db/schema/columns.ts';
import {
  accounts,
  countedSpend,
  memberships,
  orders,
  voucherCancellations,
  vouchers,
  voucherUses,
} from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { listed } from '../../money/accounts/account-columns.ts';
import { heldWith } from '../../money/accounts/held-by.ts';
import { areOwnPlaces, placeOrder, placesOf, roots } from '../../money/accounts/places.ts';
import { figuresOf, isOnly, standingColumns } from '../../people/customers/standing.ts';
import { isArchivedSql } from '../../people/order-archive/archived.ts';
import { briefColumns } from './order-summary.ts';

const newestFirst = [desc(orders.placedAt), desc(orders.number), desc(orders.source)];

/** The newest orders of some departments of a root account, as their customer sees them; `departments` is a JSON array. */
export const listLatestOrdersOfDepartments = query((db) =>
  db
    .select(briefColumns)
    .from(orders)
    .where(
      and(
        eq(orders.rootId, sql.placeholder('rootId')),
        sql`${orders.accountId} IN ${listed('departments')} AND NOT ${isArchivedSql(orders.id)}`,
      ),
    )
    .orderBy(...newestFirst)
    .limit(5),
);

const voucherColumns = {
  code: vouchers.code,
  amountMinor: vouchers.amountMinor,
  minimumMinor: vouchers.minimumMinor,
  currency: vouchers.currency,
  issuedAt: vouchers.issuedAt,
  expiresAt: vouchers.expiresAt,
  returnsMinor: vouchers.returnsMinor,
  usedAt: voucherUses.at,
  cancelledAt: voucherCancellations.at,
  cancelledFor: voucherCancellations.reason,
};

/** The newest vouchers of a root account and of what was merged into it, whatever became of them. */
export const listVouchers = query((db) =>
  db
    .select(voucherColumns)
    .from(accounts)
    .innerJoin(vouchers, sql`${vouchers.accountId} IN ${sql.raw(heldWith('accounts.id'))}`)
    .leftJoin(voucherUses, eq(voucherUses.code, vouchers.code))
    .leftJoin(voucherCancellations, eq(voucherCancellations.code, vouchers.code))
    .where(eq(accounts.id, sql.placeholder('rootId')))
    .orderBy(desc(vouchers.issuedAt), desc(vouchers.code))
    .limit(100),
);

/** What a row is read from is named column by column: all of it would be carried through the sorting. */
const named = (columns: Record<string, SQLiteColumn>) => sql.join(Object.values(columns), sql`, `);

/** What customers put into the archive is out of their sight; staff see all. */
const latestOrders = (shown: SQL) =>
  rowsWithin(
    briefColumns,
    sql`(SELECT ${named(briefColumns)} FROM ${orders} WHERE ${orders.rootId} = ${roots.id} AND ${shown}
    ORDER BY ${sql.join(newestFirst, sql`, `)} LIMIT 5) AS ${orders}`,
  );

const usableVouchers = rowsWithin(
  voucherColumns,
  sql`(SELECT * FROM ${vouchers} WHERE ${vouchers.accountId} IN ${sql.raw(heldWith('roots.id'))}
      AND (${vouchers.expiresAt} IS NULL OR ${vouchers.expiresAt} > ${sql.placeholder('now')})
      AND NOT EXISTS (SELECT 1 FROM ${voucherUses} WHERE ${voucherUses.code} = ${vouchers.code})
      AND NOT EXISTS (SELECT 1 FROM ${voucherCancellations} WHERE ${voucherCancellations.code} = ${vouchers.code})
    ORDER BY ${vouchers.issuedAt} DESC, ${vouchers.code} DESC LIMIT 100) AS ${vouchers}
    LEFT JOIN ${voucherUses} ON ${voucherUses.code} = ${vouchers.code}
    LEFT JOIN ${voucherCancellations} ON ${voucherCancellations.code} = ${vouchers.code}`,
);

const awaits =
  sql<boolean>`EXISTS (SELECT 1 FROM ${orders} INDEXED BY orders_awaited_of WHERE ${orders.rootId} = ${roots.id}
    AND promised_by IS NOT NULL AND delivered_at IS NULL AND is_cancelled = 0)`.mapWith(readFlag);

const overviewColumns = (shown: SQL) => ({
  ...standingColumns,
  ...{ latestOrders: latestOrders(shown), awaits, vouchers: usableVouchers },
});

const listWithLatest = (shown: SQL) =>
  query((db) =>
    db
      .select(overviewColumns(shown))
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .innerJoin(roots, eq(roots.id, accounts.rootId))
      .where(areOwnPlaces)
      .orderBy(...placeOrder),
  );

/** Any one of them. */
const findWithLatest = (shown: SQL) =>
  queryOne((db) =>
    db
      .select({ ...overviewColumns(shown), isOnly })
      .from(memberships)
      .innerJoin(accounts, eq(accounts.id, memberships.accountId))
      .innerJoin(roots, eq(roots.id, accounts.rootId))
      .where(areOwnPlaces),
  );

const isShelved = isArchivedSql(orders.id);
const readersOf = (shown: SQL) => ({ list: listWithLatest(shown), find: findWithLatest(shown) });
const overviews = { own: readersOf(sql`NOT ${isShelved}`), staff: readersOf(sql`1`) };

/**
 * The customer's places with the newest orders of each, the vouchers that can be used, and whether anybody there waits
 * for an order that was promised; a single one is read as `listStandings` reads it.
 */
export async function listOverviews(
  db: Store,
  { reader, ...asked }: { reader: keyof typeof overviews; customerId: string; now: number },
) {
  const { find, list } = overviews[reader];
  const one = db.engine === 'embedded' ? await find(db, asked) : null;
  return placesOf(one?.isOnly ? [one] : await list(db, asked), (row) => ({
    ...figuresOf(row),
    awaits: row.awaits,
    latestOrders: row.latestOrders.sort(
      (a, b) => b.placedAt - a.placedAt || descending(a.number, b.number) || descending(a.source, b.source),
    ),
    vouchers: row.vouchers.sort((a, b) => b.issuedAt - a.issuedAt || descending(a.code, b.code)),
  }));
}

const descending = (a: string, b: string) => (a === b ? 0 : a < b ? 1 : -1);

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
      isAllKnown: sql<boolean>`${min(sql`${countedSpend.settlesAt} IS NOT NULL`)}`.mapWith(readFlag),
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

import { and, count, desc, eq, gt, lt, type SQL, sql } from 'drizzle-orm';
import { ask } from '../../db/query.ts';
import { adjustments, ledger, orders, redemptions, vouchers } from '../../db/schema/index.ts';
import type { Store } from '../../db/store.ts';
import { explainRow, versionOfEntry } from '../customers/explain-entry.ts';
import { entryColumns } from '../customers/queries.ts';
import { isInPlace, type Place } from '../customers/resolve-account.ts';
import type { Business } from '../programme/business.ts';
import { lastMoment } from './figures.ts';
import { yearMoment } from './queries.ts';
import type { StatementEntry, StatementQuery } from './types.ts';
import { isInYear } from './years.ts';

export type StatementRow = Awaited<ReturnType<typeof findEntries>>[number];

/** Which entries of an account's ledger a statement shows. */
export function statementFilter(
  rootId: string,
  { kind, year }: Pick<StatementQuery, 'kind' | 'year'>,
  timeZone: string,
): SQL | undefined {
  return and(
    eq(ledger.accountId, rootId),
    kind === null ? undefined : (kind === 'in' ? gt : lt)(ledger.amountMinor, sql`0`),
    year === null ? undefined : isInYear(ledger.effectiveAt, year, timeZone),
  );
}

/** Entries newest first, each with the account of the order that caused it. */
export function findEntries(
  db: Store,
  where: SQL | undefined,
  { limit, offset }: { limit: number; offset: number },
) {
  return ask(db, (builder) =>
    builder
      .select({
        ...entryColumns,
        orderRootId: orders.rootId,
        orderAccountId: orders.accountId,
        orderCustomerId: orders.customerId,
      })
      .from(ledger)
      .leftJoin(adjustments, eq(adjustments.id, ledger.cause))
      .leftJoin(redemptions, eq(redemptions.id, ledger.cause))
      .leftJoin(vouchers, eq(vouchers.code, ledger.cause))
      .leftJoin(orders, and(eq(orders.source, ledger.orderSource), eq(orders.number, ledger.orderNumber)))
      .where(where)
      .orderBy(desc(ledger.seq))
      .limit(limit)
      .offset(offset),
  );
}

export async function countEntries(db: Store, where: SQL | undefined): Promise<number> {
  const [row] = await ask(db, (builder) =>
    builder
      .select({ total: sql<number>`${count()}`.mapWith(Number) })
      .from(ledger)
      .where(where),
  );
  return row?.total ?? 0;
}

export function findEntryYears(db: Store, rootId: string) {
  return ask(db, (builder) =>
    builder
      .selectDistinct({ at: yearMoment(ledger.effectiveAt) })
      .from(ledger)
      .where(eq(ledger.accountId, rootId)),
  );
}

/** An entry with its explanation; an order that the customer may not see is not named. */
export function entryView(row: StatementRow, place: Place, business: Business): StatementEntry {
  const { currency } = row;
  return {
    seq: row.seq,
    at: row.effectiveAt,
    kind: row.kind,
    amount: { minor: row.amountMinor, currency },
    balanceAfter: { minor: row.balanceAfterMinor, currency },
    ruleName: versionOfEntry(row, business)?.rule.name ?? null,
    period: row.periodStart === null ? null : { start: row.periodStart, end: row.periodEnd },
    order: orderOf(row, place),
    expiresAt: lastMoment(row.expiresAt),
    explanation: explainRow(orderOf(row, place) === null ? { ...row, returned: null } : row, business).map(
      ({ code, params: { cause, ...params }, amount }) => ({
        code,
        params: cause === undefined || place.departments !== null ? params : { ...params, cause },
        amount: { minor: amount, currency },
      }),
    ),
  };
}

export function orderOf(row: StatementRow, place: Place): StatementEntry['order'] {
  const { orderSource, orderNumber, orderRootId, orderAccountId, orderCustomerId } = row;
  if (orderSource === null || orderNumber === null) return null;
  if (orderRootId === null || orderAccountId === null || orderCustomerId === null) return null;
  const isVisible = isInPlace(place, {
    rootId: orderRootId,
    accountId: orderAccountId,
    customerId: orderCustomerId,
  });
  return isVisible ? { source: orderSource, number: orderNumber } : null;
}

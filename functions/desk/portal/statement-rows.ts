import { and, desc, eq, gt, lt, type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { adjustments, ledger, orders, redemptions, vouchers } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import { isInPlace, type Place } from '../../money/accounts/places.ts';
import type { Business } from '../../money/business/business.ts';
import { stateAfter } from '../../money/redemptions/payouts/steps.ts';
import { entryColumns } from '../../people/customers/entry-columns.ts';
import { explainRow, reasonOf, versionOfEntry } from '../../people/customers/explain-entry.ts';
import { lastMoment } from './figures.ts';
import { yearMoment } from './queries.ts';
import type { StatementEntry, StatementQuery } from './statement-types.ts';
import { isInYear } from './years.ts';

export type StatementRow = Awaited<ReturnType<typeof findEntries>>[number];

/** Of what was redeemed as a payout or donation: its last step, and when. */
const payoutColumns = {
  payoutKind: sql<
    'payout' | 'donation' | null
  >`CASE WHEN ${ledger.kind} = 'redeem' AND ${redemptions.kind} IN ('payout', 'donation') THEN ${redemptions.kind} END`,
  payoutStep: sql<
    'paid' | 'unpaid' | 'returned' | null
  >`(SELECT kind FROM payout_steps WHERE redemption_id = ${redemptions.id} ORDER BY seq DESC LIMIT 1)`,
  payoutStepAt: sql<
    number | null
  >`(SELECT at FROM payout_steps WHERE redemption_id = ${redemptions.id} ORDER BY seq DESC LIMIT 1)`.mapWith(
    Number,
  ),
};

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
        ...payoutColumns,
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

/** Of one row of a statement: what one order brought or took at one moment, or an entry without an order. */
const groupKey = sql`CASE WHEN ${ledger.orderNumber} IS NULL THEN ${ledger.seq}
  ELSE ${ledger.orderSource} || char(31) || ${ledger.orderNumber} END`;

/**
 * Entries by the rows of a statement, newest day first: `top` is the same for all of a row, `running` the balance after
 * each as they stand there. `limit` and `offset` count rows; a negative limit means all.
 */
export function findRows(
  db: Store,
  asked: { rootId: string; where: SQL | undefined; limit: number; offset: number },
) {
  return ask(db, (builder) => {
    const placed = builder
      .select({
        seq: ledger.seq,
        at: ledger.effectiveAt,
        amountMinor: ledger.amountMinor,
        top: sql<number>`max(${ledger.seq}) OVER (PARTITION BY ${groupKey}, ${ledger.effectiveAt})`.as('top'),
      })
      .from(ledger)
      .where(eq(ledger.accountId, asked.rootId))
      .as('placed');
    const summed = builder
      .select({
        seq: sql<number>`${placed.seq}`.as('summed_seq'),
        top: sql<number>`${placed.top}`.mapWith(Number).as('summed_top'),
        runningMinor:
          sql<bigint>`sum(${placed.amountMinor}) OVER (ORDER BY ${placed.at}, ${placed.top}, ${placed.seq})`
            .mapWith(ledger.balanceAfterMinor)
            .as('running'),
      })
      .from(placed)
      .as('summed');
    const shown = builder
      .selectDistinct({
        at: sql<number>`${ledger.effectiveAt}`.as('shown_at'),
        top: sql<number>`${summed.top}`.as('shown_top'),
      })
      .from(ledger)
      .innerJoin(summed, eq(summed.seq, ledger.seq))
      .where(asked.where)
      .orderBy(desc(sql`shown_at`), desc(sql`shown_top`))
      .limit(asked.limit)
      .offset(asked.offset)
      .as('shown');
    return builder
      .select({
        ...entryColumns,
        ...payoutColumns,
        orderRootId: orders.rootId,
        orderAccountId: orders.accountId,
        orderCustomerId: orders.customerId,
        top: summed.top,
        runningMinor: summed.runningMinor,
      })
      .from(ledger)
      .innerJoin(summed, eq(summed.seq, ledger.seq))
      .innerJoin(shown, eq(shown.top, summed.top))
      .leftJoin(adjustments, eq(adjustments.id, ledger.cause))
      .leftJoin(redemptions, eq(redemptions.id, ledger.cause))
      .leftJoin(vouchers, eq(vouchers.code, ledger.cause))
      .leftJoin(orders, and(eq(orders.source, ledger.orderSource), eq(orders.number, ledger.orderNumber)))
      .where(asked.where)
      .orderBy(desc(ledger.effectiveAt), desc(summed.top), desc(ledger.seq));
  });
}

/** How many rows a statement has. */
export async function countRows(db: Store, where: SQL | undefined): Promise<number> {
  const [row] = await ask(db, (builder) =>
    builder
      .select({
        total: sql<number>`count(DISTINCT ${groupKey} || char(31) || ${ledger.effectiveAt})`.mapWith(Number),
      })
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
    because: reasonOf(row),
    amount: { minor: row.amountMinor, currency },
    balanceAfter: { minor: row.balanceAfterMinor, currency },
    ruleName: versionOfEntry(row, business)?.rule.name ?? null,
    period: row.periodStart === null ? null : { start: row.periodStart, end: row.periodEnd },
    order: orderOf(row, place),
    payout: payoutOf(row),
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

function payoutOf({ payoutKind, payoutStep, payoutStepAt }: StatementRow): StatementEntry['payout'] {
  if (payoutKind === null) return null;
  const state = stateAfter(payoutStep);
  return { kind: payoutKind, state, paidAt: state === 'paid' ? payoutStepAt : null };
}

function orderOf(row: StatementRow, place: Place): StatementEntry['order'] {
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

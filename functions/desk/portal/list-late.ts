import { and, asc, eq, gte, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { accounts, orders } from '../../../db/schema/index.ts';
import { dayOf } from '../../ground/platform/business-time.ts';
import { DAY_MS } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { choosePlace, listOrderPlaces } from '../../money/accounts/own-places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { refundedWhole } from '../../money/orders/late.ts';
import { promisedBefore } from '../../money/orders/promised-days.ts';
import { isArchivedSql } from '../../people/order-archive/archived.ts';
import { isVisible } from './list-orders.ts';
import { summaryColumns, summaryOf } from './order-summary.ts';
import type { OrderSummary } from './order-types.ts';

/** A page tells of no more by itself. */
const LATE_MAX = 5;

/** Older ones are found among all orders: what is looked through at each visit is bounded. */
const LOOKED_BACK_MS = 400 * DAY_MS;

/** An order that is not there although the day promised for it is over. */
export interface LateOrder {
  order: OrderSummary;
  promisedBy: string;
}

/**
 * The orders that the signed-in customer sees and that are late, the longest first: of all their accounts, or of the one named.
 * @throws {AppError} `not_found` for an account that is not theirs
 */
export async function listLate(
  ctx: Context,
  { accountId }: { accountId: string | null },
): Promise<LateOrder[]> {
  const [business, places] = await Promise.all([getBusiness(ctx), listOrderPlaces(ctx)]);
  const shown = accountId === null ? places : [await choosePlace(ctx, places, accountId)];
  const before = promisedBefore(business);
  const rows = await ask(ctx.db, (builder) =>
    builder
      .select({ ...summaryColumns, promisedBy: orders.promisedBy })
      .from(orders)
      .innerJoin(accounts, eq(accounts.id, orders.accountId))
      .where(
        and(
          isVisible(shown),
          // As `awaited`, but worded so that the shop's late orders are not read one by one to find an account's.
          sql`${orders.isCancelled} + 0 = 0 AND ${orders.deliveredAt} IS NULL AND NOT ${sql.raw(refundedWhole())}`,
          sql`${orders.promisedBy} < ${dayOf(ctx.now(), business.timeZone)}`,
          gte(orders.placedAt, ctx.now() - LOOKED_BACK_MS),
          before === null ? undefined : sql`${orders.placedAt} < ${before}`,
          sql`NOT ${isArchivedSql(orders.id)}`,
        ),
      )
      .orderBy(asc(orders.promisedBy), asc(orders.placedAt), asc(orders.number))
      .limit(LATE_MAX),
  );
  return rows.map(({ promisedBy, ...row }) => ({
    order: summaryOf(row, places),
    promisedBy: promisedBy ?? '',
  }));
}

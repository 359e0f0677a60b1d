import { and, count, desc, eq, inArray, or, type SQL, sql } from 'drizzle-orm';
import { ask } from '../../../db/query.ts';
import { accounts, orderLines, orders } from '../../../db/schema/index.ts';
import type { Store } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import { pageCount, ROWS_A_PAGE } from '../../ground/platform/paging.ts';
import { choiceOf, choosePlace, listOrderPlaces } from '../../money/accounts/own-places.ts';
import type { Place } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type OrderStatus, openStatuses, returnStatuses } from '../../money/orders/statuses.ts';
import { isArchivedSql } from '../../people/order-archive/archived.ts';
import { summaryColumns, summaryOf } from './order-summary.ts';
import type { OrdersPage, OrdersQuery, OrdersState } from './order-types.ts';
import { yearMoment } from './queries.ts';
import { escaped, isLike, spellings } from './search-text.ts';
import { isInYear, yearsOf } from './years.ts';

/**
 * The orders the signed-in customer sees, newest first: of all their accounts, or of the one named. A page beyond the
 * last shows the last.
 * @throws {AppError} `not_found` for an account that is not theirs
 */
export async function listOrders(ctx: Context, asked: OrdersQuery): Promise<OrdersPage> {
  const [{ timeZone }, places] = await Promise.all([getBusiness(ctx), listOrderPlaces(ctx)]);
  const shown = asked.accountId === null ? places : [await choosePlace(ctx, places, asked.accountId)];
  const scope = isVisible(shown);
  const where = and(
    scope,
    asked.search === null ? undefined : isFound(asked.search),
    isInState(asked),
    asked.year === null ? undefined : isInYear(orders.placedAt, asked.year, timeZone),
  );
  const [rows, total, years] = await Promise.all([
    findRows(ctx.db, where, asked.page),
    countRows(ctx.db, where),
    findYears(ctx.db, scope),
  ]);
  const pages = pageCount(total);
  const page = Math.min(asked.page, pages);
  const items = page === asked.page ? rows : await findRows(ctx.db, where, page);
  return {
    items: items.map((row) => summaryOf(row, places)),
    total,
    page,
    pages,
    years: yearsOf(years, timeZone),
    accounts: places.map(choiceOf),
  };
}

/** What was archived is found there, and by searching for it. */
function isInState({ state, search }: OrdersQuery): SQL | undefined {
  const isArchived = isArchivedSql(orders.id);
  if (state === 'archived') return isArchived;
  return and(
    state === null ? undefined : inArray(orders.status, [...statusesOf[state]]),
    search === null ? sql`NOT ${isArchived}` : undefined,
  );
}

/** Every state belongs to one group. */
const statusesOf: Record<Exclude<OrdersState, 'archived'>, readonly OrderStatus[]> = {
  open: openStatuses,
  delivered: ['delivered', 'return_refused'],
  cancelled: ['cancelled'],
  returned: returnStatuses,
};

function findRows(db: Store, where: SQL | undefined, page: number) {
  return ask(db, (builder) =>
    builder
      .select(summaryColumns)
      .from(orders)
      .innerJoin(accounts, eq(accounts.id, orders.accountId))
      .where(where)
      .orderBy(desc(orders.placedAt), desc(orders.number), desc(orders.source))
      .limit(ROWS_A_PAGE)
      .offset((page - 1) * ROWS_A_PAGE),
  );
}

async function countRows(db: Store, where: SQL | undefined): Promise<number> {
  const [row] = await ask(db, (builder) =>
    builder
      .select({ total: sql<number>`${count()}`.mapWith(Number) })
      .from(orders)
      .where(where),
  );
  return row?.total ?? 0;
}

function findYears(db: Store, where: SQL | undefined) {
  return ask(db, (builder) =>
    builder
      .selectDistinct({ at: yearMoment(orders.placedAt) })
      .from(orders)
      .where(where),
  );
}

/** Whole accounts, of others the departments the customer belongs to, or their own orders alone. */
export function isVisible(places: readonly Place[]): SQL | undefined {
  if (places.length === 0) return sql`0`;
  return or(
    ...places.map(({ rootId, departments, onlyOrdersOf }) =>
      and(
        eq(orders.rootId, rootId),
        departments === null ? undefined : inArray(orders.accountId, [...departments]),
        onlyOrdersOf === null ? undefined : eq(orders.customerId, onlyOrdersOf),
      ),
    ),
  );
}

function isFound(search: string): SQL | undefined {
  const inProduct = spellings(search).map((text) => isLike(orderLines.product, `%${escaped(text)}%`));
  return or(
    isLike(orders.number, `${escaped(search)}%`),
    sql`EXISTS (SELECT 1 FROM ${orderLines} WHERE ${orderLines.orderId} = ${orders.id} AND (${or(...inProduct)}))`,
  );
}

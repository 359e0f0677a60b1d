import { z } from 'zod';
import type { Store } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { decodeCursor, encodeCursor } from '../../ground/platform/cursor.ts';
import { findPlace, type Place } from '../../money/accounts/places.ts';
import { totalsByKey } from '../../money/accounts/root.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import type { OrderAnswer } from '../../money/orders/answer.ts';
import { buildOrderAnswer } from '../../money/orders/build-answer.ts';
import { listVoucherPayments } from '../../money/orders/list-voucher-payments.ts';
import { paidByOrder } from '../../money/orders/load-order-context.ts';
import { completeOrders, orderKey } from '../../money/orders/load-orders.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import { type ShareRows, shareRowsOf } from '../../money/orders/page-shares.ts';
import { noteLook } from '../looks/note-look.ts';
import { listLaterSums, listTotalsOf } from './list-figures.ts';
import { listCountedBetween, listOrderPage, listOrderPageOfDepartments } from './queries.ts';

const PAGE = 20;
const orderPlace = z.tuple([z.int(), z.string(), z.string()]);
type OrderPlace = z.output<typeof orderPlace>;
const END_OF_TIME: OrderPlace = [Number.MAX_SAFE_INTEGER, '', ''];

type PageRow = Awaited<ReturnType<typeof listOrderPage>>[number];

/**
 * The orders a customer sees of one of their accounts, newest first, with what each earned.
 * @throws {AppError} `not_found`, `account_required`, `validation_failed` (the cursor)
 */
export async function listCustomerOrders(
  ctx: Context,
  asked: { customerId: string; accountId?: string | null; cursor?: string | null },
): Promise<{ items: OrderAnswer[]; nextCursor: string | null }> {
  allow(ctx.actor, 'customers:read');
  allow(ctx.actor, 'orders:read');
  const { customerId, accountId = null, cursor = null } = asked;
  const before = cursor === null ? END_OF_TIME : decodeCursor(orderPlace, cursor);
  const [business, place] = await Promise.all([
    getBusiness(ctx),
    findPlace(ctx.db, { customerId, accountId }),
  ]);
  noteLook(ctx, { customerId, what: 'program' });
  const [found, totals] = await Promise.all([
    findPage(ctx.db, place, before),
    listTotalsOf(ctx.db, { rootId: place.rootId }),
  ]);
  const rows = found.slice(0, PAGE);
  const [orders, payments, shares] = await Promise.all([
    completeOrders(ctx.db, rows, { hasRefunds: rows.some(({ refundedMinor }) => refundedMinor > 0n) }),
    countsVouchers(business) ? [] : listVoucherPayments(ctx.db, { keys: businessKeys(rows) }),
    findShares(ctx.db, { place, rows, isFirst: cursor === null }),
  ]);
  const about = { totals: totalsByKey(totals), paid: paidByOrder(payments), now: ctx.now() };
  const items = orders.flatMap((order, index) => {
    const row = rows[index];
    if (row === undefined) return [];
    const parts = {
      order,
      state: stateOf(order),
      customer: { email: row.customerEmail, key: row.customerKey, name: row.customerName },
      account: place.name,
      department: row.accountId === row.rootId ? null : row.accountName,
      root: place,
      totals: about.totals,
      ...(shares.get(order.id) ?? nothing),
      voucherPaid: about.paid.get(orderKey(order)) ?? 0n,
    };
    return [buildOrderAnswer(parts, business, about.now)];
  });
  const last = found.length > PAGE ? rows.at(-1) : undefined;
  return { items, nextCursor: last === undefined ? null : encodeCursor(keyOf(last)) };
}

/** Whether no rule cares what vouchers and credit paid. */
function countsVouchers({ programme }: Business): boolean {
  return programme?.versions.every(({ rule }) => rule.counts.vouchers) ?? true;
}

function businessKeys(rows: readonly PageRow[]): string {
  return JSON.stringify(rows.map(({ source, number }) => [source, number]));
}

const nothing: ShareRows = { own: [], later: [] };

const keyOf = ({ placedAt, number, source }: PageRow): OrderPlace => [placedAt, number, source];

function findPage(
  db: Store,
  { rootId, departments }: Place,
  [placedAt, number, source]: OrderPlace,
): Promise<PageRow[]> {
  const values = { rootId, placedAt, number, source, limit: PAGE + 1 };
  return departments === null
    ? listOrderPage(db, values)
    : listOrderPageOfDepartments(db, { ...values, departments: JSON.stringify(departments) });
}

/** On the first page of a whole account nothing comes later. */
async function findShares(
  db: Store,
  { place, rows, isFirst }: { place: Place; rows: readonly PageRow[]; isFirst: boolean },
): Promise<Map<string, ShareRows>> {
  const [newest] = rows;
  const oldest = rows.at(-1);
  if (newest === undefined || oldest === undefined) return new Map();
  const { rootId } = place;
  const { placedAt, number, source } = newest;
  const [counted, later] = await Promise.all([
    listCountedBetween(db, {
      rootId,
      firstPlacedAt: oldest.placedAt,
      firstNumber: oldest.number,
      firstSource: oldest.source,
      lastPlacedAt: placedAt,
      lastNumber: number,
      lastSource: source,
    }),
    isFirst && place.departments === null ? [] : listLaterSums(db, { rootId, placedAt, number, source }),
  ]);
  return shareRowsOf(counted, later, new Set(rows.map(({ id }) => id)));
}

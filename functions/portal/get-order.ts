import { listOrderPlaces } from '../accounts/own-places.ts';
import { isInPlace, type Place } from '../accounts/places.ts';
import { listAccounts } from '../accounts/queries.ts';
import { standingOf, totalsByKey } from '../accounts/root.ts';
import { type Business, getBusiness } from '../business/business.ts';
import { listLaterSums, listTotalsOf } from '../customers/queries.ts';
import { countedKeys } from '../orders/known.ts';
import { completeOrders } from '../orders/load-orders.ts';
import type { Order } from '../orders/order.ts';
import { factsOf, type OrderState, stateOf } from '../orders/order-state.ts';
import { countOf } from '../orders/page-shares.ts';
import { listCounted, listOrdersByKey, listVoucherPayments } from '../orders/queries.ts';
import type { Context } from '../platform/context.ts';
import { AppError, assert } from '../platform/errors.ts';
import type { Amount } from '../platform/money.ts';
import { orderRewards } from './order-rewards.ts';
import { summaryOf } from './order-summary.ts';
import { journeyOf } from './parcels.ts';
import { promiseOf } from './promise.ts';
import type { OrderDetail, OrderLineView, OrderRewardView, RefundView } from './types.ts';

type OrderRow = Awaited<ReturnType<typeof listOrdersByKey>>[number];

/**
 * One order of the signed-in customer whole: where it is, what it cost, what came back, what it earned and why.
 * @throws {AppError} `not_found`, also for an order of an account that is not theirs
 */
export async function getOrder(ctx: Context, key: { source: string; number: string }): Promise<OrderDetail> {
  const keys = JSON.stringify([[key.source, key.number]]);
  const [business, places, [row]] = await Promise.all([
    getBusiness(ctx),
    listOrderPlaces(ctx),
    listOrdersByKey(ctx.db, { keys }),
  ]);
  const place = row === undefined ? undefined : places.find((one) => isInPlace(one, row));
  if (row === undefined || place === undefined) throw new AppError('not_found', 'There is no such order.');
  const { order, accountName, rewardsOf } = await loadOrder(ctx, { row, keys, place });
  const state = stateOf(order);
  const { timeZone } = business;
  const now = ctx.now();
  const amount = (minor: bigint): Amount => ({ minor, currency: order.currency });
  const optional = (minor: bigint | null) => (minor === null ? null : amount(minor));
  const journey = journeyOf(order.events);
  const isWhole = journey.parcelsUnderWay === 0;
  const delivery = { promisedBy: order.promisedBy, deliveredAt: isWhole ? state.deliveredAt : null };
  return {
    summary: summaryOf({ ...row, accountName }, places),
    currency: order.currency,
    lines: lineViews(order, state, amount),
    shipping: optional(order.shippingMinor),
    tax: optional(order.taxMinor),
    taxIncluded: optional(order.taxIncludedMinor),
    ...journey,
    ...delivery,
    promise: promiseOf({ ...delivery, isCancelled: state.isCancelled }, timeZone, now),
    refunds: refundViews(order, amount),
    rewards: place.onlyOrdersOf === null ? rewardsOf(business, state, now) : [],
  };
}

async function loadOrder({ db }: Context, about: { row: OrderRow; keys: string; place: Place }) {
  const { row, keys, place } = about;
  const { rootId, placedAt, number, source } = row;
  const [[order], totals, own, later, payments, accounts] = await Promise.all([
    completeOrders(db, [row]),
    listTotalsOf(db, { rootId }),
    listCounted(db, { keys: countedKeys([row]) }),
    listLaterSums(db, { rootId, placedAt, number, source }),
    listVoucherPayments(db, { keys }),
    row.accountId === rootId ? [] : listAccounts(db, { ids: JSON.stringify([row.accountId]) }),
  ]);
  assert(order !== undefined, 'an order that was found is whole');
  const voucherPaid = payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const rewardsOf = (business: Business, state: OrderState, now: number): OrderRewardView[] =>
    business.compiled === null
      ? []
      : orderRewards(
          {
            facts: factsOf(order, state, voucherPaid),
            products: new Map(order.lines.map(({ lineId, product, sku }) => [lineId, product ?? sku])),
            own: own.map(countOf),
            later: later.map(countOf),
            totals: totalsByKey(totals),
            standing: standingOf(place, business, now),
          },
          business.compiled,
        );
  return { order, accountName: accounts[0]?.name ?? '', rewardsOf };
}

function lineViews(order: Order, state: OrderState, amount: (minor: bigint) => Amount): OrderLineView[] {
  return order.lines.map((line) => ({
    id: line.lineId,
    sku: line.sku,
    product: line.product,
    category: line.category,
    quantity: String(line.quantityMilli / 1000),
    total: amount(line.totalMinor),
    discount: amount(line.discountMinor),
    refunded: amount(state.refundedByLine.get(line.lineId) ?? 0n),
    isGiftCard: line.isGiftCard,
  }));
}

function refundViews(order: Order, amount: (minor: bigint) => Amount): RefundView[] {
  const productOf = new Map(order.lines.map(({ lineId, product, sku }) => [lineId, product ?? sku]));
  return order.refunds.map(({ refundId, at, reason, lines }) => ({
    id: refundId,
    at,
    reason,
    amount: amount(lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)),
    lines: lines.map(({ lineId, amountMinor }) => ({
      product: productOf.get(lineId) ?? null,
      amount: amount(amountMinor),
    })),
  }));
}

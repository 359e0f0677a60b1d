import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import type { Amount } from '../../ground/platform/money.ts';
import { listAccounts } from '../../money/accounts/list-accounts.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace, type Place } from '../../money/accounts/places.ts';
import { standingOf, totalsByKey } from '../../money/accounts/root.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { listOrdersByKey } from '../../money/orders/find-order-rows.ts';
import { isOver } from '../../money/orders/late.ts';
import { listCounted } from '../../money/orders/list-counted.ts';
import { listVoucherPayments } from '../../money/orders/list-voucher-payments.ts';
import { countedKeys } from '../../money/orders/load-order-context.ts';
import { completeOrders } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { factsOf, isRefundedWhole, type OrderState, stateOf } from '../../money/orders/order-state.ts';
import { toSettledRow } from '../../money/orders/page-shares.ts';
import { toldPromise } from '../../money/orders/promised-days.ts';
import { listLaterSums, listTotalsOf } from '../../people/customers/list-figures.ts';
import { orderRewards } from './order-rewards.ts';
import { summaryOf } from './order-summary.ts';
import type { OrderDetail, OrderLineView, OrderRewardView, RefundView } from './order-types.ts';
import { journeyOf, withPromises } from './parcels.ts';
import { promiseOf } from './promise.ts';

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
  return withToldPromise(await describeOrder(ctx, { row, keys, place, places, business }), business);
}

/**
 * One order as its buyer sees it who is not signed in, but has shown in another way that it is theirs: without what it earns.
 * @throws {AppError} `not_found`
 */
export async function getOrderOfBuyer(
  ctx: Context,
  key: { source: string; number: string },
): Promise<OrderDetail> {
  const keys = JSON.stringify([[key.source, key.number]]);
  const [business, [row]] = await Promise.all([getBusiness(ctx), listOrdersByKey(ctx.db, { keys })]);
  if (row === undefined) throw new AppError('not_found', 'There is no such order.');
  const place = placeOfBuyer(row);
  return withToldPromise(await describeOrder(ctx, { row, keys, place, places: [place], business }), business);
}

/** Of an account, they see this order and nothing else. */
function placeOfBuyer({ rootId, customerId }: OrderRow): Place {
  return {
    ...{ rootId, name: null, departments: null, mayRedeem: false, onlyOrdersOf: customerId },
    ...{ firstPlacedAt: null, signedUpAt: null, clubSpans: null, segmentSpans: null, balanceMinor: 0n },
  };
}

function withToldPromise(
  { detail, order }: { detail: OrderDetail; order: Order },
  business: Business,
): OrderDetail {
  return toldPromise(order, business) === order.promisedBy
    ? detail
    : {
        ...detail,
        ...{ promisedBy: null, promise: null },
        parcels: detail.parcels.map((parcel) => ({ ...parcel, promise: null })),
      };
}

/** One order as somebody sees it from a place that they have, and the order itself. */
export async function describeOrder(
  ctx: Context,
  about: { row: OrderRow; keys: string; place: Place; places: readonly Place[]; business: Business },
): Promise<{ detail: OrderDetail; order: Order }> {
  const { row, place, places, business } = about;
  const { order, accountName, rewardsOf } = await loadOrder(ctx, about);
  const state = stateOf(order);
  const { timeZone } = business;
  const now = ctx.now();
  const amount = (minor: bigint): Amount => ({ minor, currency: order.currency });
  const optional = (minor: bigint | null) => (minor === null ? null : amount(minor));
  const isRefunded = isRefundedWhole(state);
  const journey = journeyOf(order, { isRefunded });
  const isWhole = journey.parcelsUnderWay === 0;
  const delivery = { promisedBy: order.promisedBy, deliveredAt: isWhole ? state.deliveredAt : null };
  const promiseFor = (deliveredAt: OrderDetail['deliveredAt']) =>
    promiseOf({ promisedBy: order.promisedBy, deliveredAt, isOver: isOver(state) }, timeZone, now);
  const detail: OrderDetail = {
    summary: summaryOf({ ...row, accountName }, places),
    currency: order.currency,
    lines: lineViews(order, state, amount),
    shipping: optional(order.shippingMinor),
    tax: optional(order.taxMinor),
    taxIncluded: optional(order.taxIncludedMinor),
    ...journey,
    parcels: withPromises(journey.parcels, promiseFor),
    ...delivery,
    promise: promiseFor(delivery.deliveredAt),
    refunds: refundViews(order, amount),
    isRefunded,
    isHeld: state.isHeld && !state.isCancelled,
    rewards: place.onlyOrdersOf === null ? rewardsOf(business, state, now) : [],
  };
  return { detail, order };
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
            own: own.map(toSettledRow),
            later: later.map(toSettledRow),
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

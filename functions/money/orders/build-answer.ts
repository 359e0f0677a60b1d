import { instantText } from '../../ground/platform/answer.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { type Root, type RuleTotal, standingOf } from '../accounts/root.ts';
import type { Business } from '../business/business.ts';
import { explainCount } from '../rewards/count.ts';
import type { SettledRow } from '../rewards/settle.ts';
import { sharesOf } from '../rewards/share.ts';
import type { ListedOrder, OrderAnswer } from './answer.ts';
import type { Order } from './order.ts';
import { factsOf, type OrderState, stateOf } from './order-state.ts';
import type { WaitingSale } from './waiting/sale.ts';

/** What an order of a list is made of. */
export interface ListedParts {
  order: Order;
  state: OrderState;
  customer: { email: string | null; key: string | null; name: string | null };
  account: string | null;
  department: string | null;
}

/** All that an order's answer is made of. */
export interface AnswerParts extends ListedParts {
  root: Pick<Root, 'firstPlacedAt' | 'signedUpAt' | 'clubSpans' | 'segmentSpans'>;
  totals: ReadonlyMap<string, RuleTotal>;
  /** The order's own counted rows, and those of the orders after it. */
  own: readonly SettledRow[];
  later: readonly SettledRow[];
  voucherPaid: bigint;
}

/** An order as the API answers it (DOMAIN §4). */
export function buildOrderAnswer(parts: AnswerParts, business: Business, now: number): OrderAnswer {
  return { ...buildListedOrder(parts), rewards: rewardsOf(parts, business, now) };
}

/** An order without what it earned, which takes the account's other orders to say. */
export function buildListedOrder(parts: ListedParts): ListedOrder {
  const { order, state } = parts;
  return {
    ...orderParts(order, state),
    customerId: order.customerId,
    customer: parts.customer,
    accountId: order.rootId,
    receiptCode: null,
    account: parts.account,
    department: parts.department,
  };
}

/** A sale of nobody as the API answers it: it has a receipt code and earns nothing. */
export function buildSaleAnswer(sale: WaitingSale, business: Business): OrderAnswer {
  const { order } = sale;
  const none = toMoneyJson(0n, business.currency ?? order.currency);
  const lines = order.lines.map(({ lineId }) => ({
    ...{ line: lineId, counted: none, reason: 'no_customer' as const },
  }));
  return {
    ...buildListedSale(sale),
    rewards: { earned: none, pending: none, lines },
  };
}

export function buildListedSale({ order, receiptCode, account, department }: WaitingSale): ListedOrder {
  return {
    ...orderParts(order, stateOf(order)),
    ...{ customerId: null, customer: null, accountId: null, receiptCode, account, department },
  };
}

/** What is the same whoever it belongs to. */
function orderParts(order: Order, state: OrderState) {
  const money = (minor: bigint) => toMoneyJson(minor, order.currency);
  return {
    id: order.id,
    source: order.source,
    number: order.number,
    placedAt: instantText(order.placedAt.at),
    currency: order.currency,
    status: state.status,
    lines: order.lines.map((line) => ({
      id: line.lineId,
      sku: line.sku,
      product: line.product,
      category: line.category,
      quantity: line.quantityMilli / 1000,
      total: money(line.totalMinor),
      discount: money(line.discountMinor),
      giftCard: line.isGiftCard,
    })),
    shipping: order.shippingMinor === null ? null : money(order.shippingMinor),
    tax: order.taxMinor === null ? null : money(order.taxMinor),
    ...(order.taxIncludedMinor === null ? {} : { taxIncluded: money(order.taxIncludedMinor) }),
    promisedBy: order.promisedBy,
    events: order.events.map((event) => ({
      id: event.eventId,
      source: event.source,
      status: event.status,
      at: instantText(event.at.at),
      note: event.note,
      carrier: event.carrier,
      trackingNumber: event.trackingNumber,
      trackingUrl: event.trackingUrl,
      parcel: event.parcel,
    })),
    refunds: order.refunds.map(({ refundId, at, reason, lines }) => ({
      id: refundId,
      at: instantText(at.at),
      reason,
      lines: lines.map(({ lineId, amountMinor }) => ({ line: lineId, amount: money(amountMinor) })),
    })),
    refunded: money(state.refundedMinor),
  };
}

function rewardsOf(parts: AnswerParts, business: Business, now: number): OrderAnswer['rewards'] {
  const { order, state } = parts;
  const currency = business.currency ?? order.currency;
  const none = toMoneyJson(0n, currency);
  if (business.compiled === null) {
    const lines = order.lines.map(({ lineId }) => ({
      line: lineId,
      counted: none,
      reason: 'outside_dates' as const,
    }));
    return { earned: none, pending: none, lines };
  }
  const shares = sharesOf(business.compiled, parts.own, parts.totals, parts.later);
  const facts = factsOf(order, state, parts.voucherPaid);
  const views = explainCount(facts, business.compiled, standingOf(parts.root, business, now));
  const view = views.find(({ counted }) => counted > 0n) ?? views[0];
  return {
    earned: toMoneyJson(sum(shares.map(({ earned }) => earned)), currency),
    pending: toMoneyJson(sum(shares.map(({ pending }) => pending)), currency),
    lines: (view?.lines ?? [])
      .filter(({ lineId }) => order.lines.some((line) => line.lineId === lineId))
      .map(({ lineId, counted, reason }) => ({
        line: lineId,
        counted: toMoneyJson(counted, currency),
        reason,
      })),
  };
}

function sum(amounts: readonly bigint[]): bigint {
  return amounts.reduce((total, amount) => total + amount, 0n);
}

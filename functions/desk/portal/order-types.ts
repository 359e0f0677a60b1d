/**
 * What a signed-in customer may read of their orders.
 * Money is `bigint` minor units with its currency beside it; instants are epoch milliseconds.
 */

import type { Moment } from '../../ground/platform/moment.ts';
import type { Amount } from '../../ground/platform/money.ts';
import type { AccountChoice } from '../../money/accounts/own-places.ts';
import type { OrderStatus } from '../../money/orders/statuses.ts';
import type { RuleName } from '../../money/rewards/rule-name.ts';
import type { LeftOutReason } from '../../money/rewards/types.ts';
import type { ShownExplanationLine } from './statement-types.ts';

export interface OrderBrief {
  source: string;
  number: string;
  placedAt: Moment;
  status: OrderStatus;
  /** Σ(total − discount) + shipping + tax. */
  total: Amount;
  itemCount: number;
  firstProduct: string | null;
}

export interface OrderSummary extends OrderBrief {
  statusAt: Moment;
  refunded: Amount;
  accountName: string | null;
}

/** The states one may filter orders by: a handful of groups, not every event, and the archive. */
export const ordersStates = ['open', 'delivered', 'cancelled', 'returned', 'archived'] as const;

export type OrdersState = (typeof ordersStates)[number];

export interface OrdersQuery {
  /** Null for the orders of all accounts. */
  accountId: string | null;
  /** The start of an order number, or a part of a product's name. */
  search: string | null;
  state: OrdersState | null;
  year: number | null;
  page: number;
}

export interface OrdersPage {
  items: OrderSummary[];
  total: number;
  page: number;
  pages: number;
  years: number[];
  /** Whose orders there are to choose from. */
  accounts: AccountChoice[];
}

export interface OrderDetail {
  summary: OrderSummary;
  currency: string;
  lines: OrderLineView[];
  shipping: Amount | null;
  tax: Amount | null;
  /** Inside the prices of the lines, and part of no sum. */
  taxIncluded: Amount | null;
  parcels: ParcelView[];
  /** Events of the order itself, oldest first. */
  timeline: OrderEventView[];
  /** Of several parcels, how many have not arrived. */
  parcelsUnderWay: number;
  promisedBy: string | null;
  deliveredAt: Moment | null;
  /** Kept and beaten are both "delivered by the day promised"; open while not delivered and not late yet. */
  promise: 'open' | 'late' | 'kept' | 'beaten' | 'broken' | null;
  refunds: RefundView[];
  /** All that was paid for its goods was given back: it earns nothing, whatever else is told of it. */
  isRefunded: boolean;
  isHeld: boolean;
  rewards: OrderRewardView[];
}

export interface OrderLineView {
  id: string;
  sku: string | null;
  product: string | null;
  category: string | null;
  quantity: string;
  total: Amount;
  discount: Amount;
  refunded: Amount;
  isGiftCard: boolean;
}

export interface ParcelView {
  /** Null when the order has a single unnamed parcel. */
  name: string | null;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  status: OrderStatus;
  statusAt: Moment;
  /** The earliest delivery told of it. */
  deliveredAt: Moment | null;
  /** How the promised day went for it, as for the order; null where no day is promised. */
  promise: OrderDetail['promise'];
  events: OrderEventView[];
}

export interface OrderEventView {
  status: OrderStatus;
  at: Moment;
  note: string | null;
  source: string;
}

export interface RefundView {
  id: string;
  at: Moment;
  reason: string | null;
  amount: Amount;
  lines: { product: string | null; amount: Amount }[];
}

/** Why an order earned what it earned under one rule; the parts add up to `earned` + `pending`. */
export interface OrderRewardView {
  ruleName: RuleName;
  earned: Amount;
  pending: Amount;
  /** The day from which pending becomes available, when it is known. */
  settlesAt: number | null;
  spendBefore: Amount;
  spendAfter: Amount;
  parts: ShownExplanationLine[];
  lines: { lineId: string; product: string | null; counted: Amount; reason: LeftOutReason | null }[];
}

import type { Moment } from '../../ground/platform/moment.ts';
import type { EventStatus } from './statuses.ts';

export interface OrderLine {
  lineId: string;
  sku: string | null;
  product: string | null;
  category: string | null;
  quantityMilli: number;
  totalMinor: bigint;
  discountMinor: bigint;
  isGiftCard: boolean;
}

export interface OrderEvent {
  source: string;
  eventId: string;
  status: EventStatus;
  at: Moment;
  note: string | null;
  carrier: string | null;
  trackingNumber: string | null;
  trackingUrl: string | null;
  parcel: string | null;
}

export interface RefundLine {
  lineId: string;
  amountMinor: bigint;
}

export interface Refund {
  refundId: string;
  at: Moment;
  reason: string | null;
  lines: RefundLine[];
}

/** An order whole: what was recorded, every event and every refund. The rest follows (see `order-state.ts`). */
export interface Order {
  id: string;
  source: string;
  number: string;
  accountId: string;
  rootId: string;
  customerId: string;
  placedAt: Moment;
  currency: string;
  shippingMinor: bigint | null;
  /** On top of the prices. */
  taxMinor: bigint | null;
  /** Inside the prices: known, and part of no sum. */
  taxIncludedMinor: bigint | null;
  promisedBy: string | null;
  importId: string | null;
  recordedAt: number;
  lines: readonly OrderLine[];
  events: readonly OrderEvent[];
  refunds: readonly Refund[];
}

/** Whom a source, a person at the till or a customer says an order is of. */
export type Buyer =
  /** `key`: what the source calls the same customer beside, when it says so. */
  | { kind: 'email'; email: string; key: string | null }
  /** OrderContext by what the source calls them, which is unique in that source. */
  | { kind: 'key'; key: string }
  /** A customer we have; `isBuying` where the order may be one that was not there. */
  | { kind: 'customer'; id: string; isBuying?: true }
  | { kind: 'nobody' };

/** One text for whom a draft means: an email is itself. For maps and queues. */
export function buyerId({ source, buyer }: Pick<OrderDraft, 'source' | 'buyer'>): string {
  switch (buyer.kind) {
    case 'email':
      return buyer.email;
    case 'key':
      return customerKeyId(source, buyer.key);
    case 'customer':
      return `customer ${buyer.id}`;
    case 'nobody':
      return 'nobody';
  }
}

/** The key of a customer in a source as one text. */
export const customerKeyId = (source: string, key: string) => JSON.stringify([source, key]);

/**
 * An order as a source tells it, parsed and checked by itself. `refundedByLine` is what a file says was
 * given back so far, per line; null where the source says nothing about refunds.
 */
export interface OrderDraft {
  source: string;
  number: string;
  placedAt: Moment;
  currency: string;
  buyer: Buyer;
  customerName: string | null;
  account: string | null;
  department: string | null;
  lines: readonly OrderLine[];
  shippingMinor: bigint | null;
  taxMinor: bigint | null;
  taxIncludedMinor: bigint | null;
  promisedBy: string | null;
  /** One at least; a file or the API tells one, its status. */
  events: readonly OrderEvent[];
  refundedByLine: ReadonlyMap<string, bigint> | null;
  /** Those sums were told of the whole order and shared out over its lines. */
  isRefundShared: boolean;
  /** Refunds that the source names, beside the sums. */
  refunds: readonly Refund[];
  /** What is left of the lines' quantities, in thousandths, by line; null where the source tells what was sold. */
  leftByLine: ReadonlyMap<string, number> | null;
  /** Goods that are no longer part of the order: what an earlier file told of them was not paid for, or was given back. */
  cancelledGoods: readonly Pick<OrderLine, 'sku' | 'product'>[];
}

/** Names the line of a source that tells all goods of an order as one sum. */
export const sumLineId = 'all';

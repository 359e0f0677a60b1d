import type { Moment } from '../../../functions/ground/platform/moment.ts';
import type {
  Order,
  OrderDraft,
  OrderEvent,
  OrderLine,
  Refund,
} from '../../../functions/money/orders/order.ts';

/** A moment of March 2026, by its day and hour. */
export function march(day: number, hour = 12): Moment {
  return { at: Date.UTC(2026, 2, day, hour), day: null };
}

export function aLine(parts: Partial<OrderLine> = {}): OrderLine {
  return {
    lineId: '1',
    sku: null,
    product: null,
    category: null,
    quantityMilli: 1000,
    totalMinor: 10_000n,
    discountMinor: 0n,
    isGiftCard: false,
    ...parts,
  };
}

export function anEvent(parts: Partial<OrderEvent> = {}): OrderEvent {
  const status = parts.status ?? 'delivered';
  return {
    source: 'till',
    eventId: `status:${status}`,
    status,
    at: march(1),
    note: null,
    carrier: null,
    trackingNumber: null,
    trackingUrl: null,
    parcel: null,
    ...parts,
  };
}

/** Of line 1, on 5 March. */
export function aRefund(amountMinor: bigint, parts: Partial<Refund> = {}): Refund {
  return {
    refundId: `r${amountMinor}`,
    at: march(5),
    reason: null,
    lines: [{ lineId: '1', amountMinor }],
    ...parts,
  };
}

/** 100.00 EUR of one line, placed and delivered on 1 March. */
export function aKeptOrder(parts: Partial<Order> = {}): Order {
  return {
    id: 'order',
    source: 'till',
    number: 'A-1',
    accountId: 'account',
    rootId: 'account',
    customerId: 'customer',
    placedAt: march(1),
    currency: 'EUR',
    shippingMinor: null,
    taxMinor: null,
    taxIncludedMinor: null,
    promisedBy: null,
    importId: null,
    recordedAt: march(1).at,
    lines: [aLine()],
    events: [anEvent()],
    refunds: [],
    ...parts,
  };
}

/** The same order as a source tells it, which says nothing of refunds. */
export function aDraft(parts: Partial<OrderDraft> = {}): OrderDraft {
  return {
    source: 'till',
    number: 'A-1',
    placedAt: march(1),
    currency: 'EUR',
    buyer: { kind: 'email', email: 'ann@x.example', key: null },
    customerName: null,
    account: null,
    department: null,
    lines: [aLine()],
    shippingMinor: null,
    taxMinor: null,
    taxIncludedMinor: null,
    promisedBy: null,
    events: [anEvent()],
    refundedByLine: null,
    isRefundShared: false,
    refunds: [],
    leftByLine: null,
    cancelledGoods: [],
    ...parts,
  };
}

import type { Context } from '../../ground/platform/context.ts';
import type { Moment } from '../../ground/platform/moment.ts';
import type { Buyer, OrderDraft, OrderEvent } from '../../money/orders/order.ts';
import { creditedUnit } from './credited-unit.ts';
import type { ImportUnit } from './import-unit.ts';
import { momentOf } from './moment-of.ts';
import type { StagedAccount } from './staged-accounts.ts';
import type { StagedOrder } from './staged-order.ts';

/** The orders of one account in a file, with what was given back of them. */
export function unitOf(ctx: Context, account: StagedAccount): ImportUnit {
  const rows = account.orders.reduce((sum, { lines }) => sum + lines.length, 0);
  const drafts = async (timeZone: string) => draftsOf(account, timeZone);
  if (account.credits.length > 0) return creditedUnit(ctx, account, { drafts, rows });
  return { key: account.accountKey, places: () => account.orders, errors: () => [], rows, drafts };
}

/** The staged orders of one account as drafts; days and local times are read in business time. */
function draftsOf(account: StagedAccount, timeZone: string): OrderDraft[] {
  return account.orders.map((order) => {
    const placedAt = momentOf(order.placedAt, timeZone);
    return {
      source: order.source,
      number: order.number,
      placedAt,
      currency: order.currency,
      buyer: buyerOf(order),
      customerName: order.email === null ? order.customerName : (account.names.get(order.email) ?? null),
      account: order.account,
      department: order.department,
      lines: order.lines.map((line) => ({
        lineId: line.id,
        sku: line.sku,
        product: line.product,
        category: line.category,
        quantityMilli: line.quantityMilli,
        totalMinor: line.total,
        discountMinor: line.discount,
        isGiftCard: line.isGiftCard,
      })),
      shippingMinor: order.shipping,
      taxMinor: order.tax,
      taxIncludedMinor: order.taxIncluded,
      promisedBy: order.promisedBy,
      events: [eventOf(order, placedAt, timeZone)],
      refundedByLine: new Map(
        order.lines.filter(({ refunded }) => refunded > 0n).map(({ id, refunded }) => [id, refunded]),
      ),
      isRefundShared: order.isRefundShared,
      refunds: order.refunds.map(({ refundId, at, lines }) => ({
        refundId,
        at: at === null ? placedAt : momentOf(at, timeZone),
        reason: null,
        lines: lines.map(({ id, amount }) => ({ lineId: id, amountMinor: amount })),
      })),
      leftByLine: order.leftByLine,
      cancelledGoods: order.cancelledGoods,
    };
  });
}

function buyerOf({ email, key }: StagedOrder): Buyer {
  if (email !== null) return { kind: 'email', email, key };
  return key === null ? { kind: 'nobody' } : { kind: 'key', key };
}

/** A file's status is an event: a delivery at `delivered_at`, another status at `placed_at` (DOMAIN §4). */
function eventOf(order: StagedOrder, placedAt: Moment, timeZone: string): OrderEvent {
  const isDelivered = order.status === 'delivered' && order.deliveredAt !== null;
  return {
    source: order.source,
    eventId: `status:${order.status}`,
    status: order.status,
    at: isDelivered && order.deliveredAt !== null ? momentOf(order.deliveredAt, timeZone) : placedAt,
    note: null,
    carrier: order.carrier,
    trackingNumber: order.trackingNumber,
    trackingUrl: null,
    parcel: null,
  };
}

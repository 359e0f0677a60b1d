import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace } from '../../money/accounts/places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import { isDueFor, latestIn } from './issue-invoice.ts';
import { invoiceWhen, sellerOf } from './policies.ts';
import { listOfOrder } from './queries.ts';
import { type PaperBrief, toBrief } from './whole-paper.ts';

/** The papers of one order, as an order's page shows them. */
export interface OrderPapers {
  papers: PaperBrief[];
  /** Whether an invoice may be asked for: there is none yet, and there may be one. */
  mayIssue: boolean;
}

const none: OrderPapers = { papers: [], mayIssue: false };

/** As far as the signed-in customer sees them; for staff all. Of an order that is not theirs, none. */
export async function getOrderPapers(
  ctx: Context,
  key: { source: string; number: string },
): Promise<OrderPapers> {
  const { actor } = ctx;
  const isCustomer = actor.kind === 'customer';
  if (!isCustomer) allow(actor, 'orders:read');
  const [business, orders, places] = await Promise.all([
    getBusiness(ctx),
    loadOrders(ctx.db, [key]),
    isCustomer ? listOrderPlaces(ctx) : null,
  ]);
  const order = orders.get(orderKey(key));
  if (order === undefined || places?.some((place) => isInPlace(place, order)) === false) return none;
  const rows = await listOfOrder(ctx.db, { orderId: order.id });
  const shown = rows.filter((row) => places === null || places.some((place) => isInPlace(place, row)));
  const isThere = latestIn(rows, order) !== null;
  const mayIssue = !isThere && sellerOf(business) !== null && !stateOf(order).isCancelled;
  return {
    papers: shown.map(toBrief),
    mayIssue: mayIssue && (!isCustomer || isDueFor(order, policyOf(business, invoiceWhen))),
  };
}

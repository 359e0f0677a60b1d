import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listOrderPlaces } from '../../money/accounts/own-places.ts';
import { isInPlace } from '../../money/accounts/places.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import { mayActFor, mayActOn } from '../../people/households/may-act-on.ts';
import { isArchived } from '../../people/order-archive/archived.ts';
import { findPlaceOf } from './list-own-requests.ts';
import { listOfOrder } from './queries.ts';
import { completeRequests, type OrderRequest } from './request.ts';
import { whyNotCancellable } from './request-cancellation.ts';

/** An order page tells of no more. */
const OF_ORDER_MAX = 10;

/** What the signed-in customer may ask about an order, and what was asked. */
export interface OrderActs {
  /** Whether it can be asked to be cancelled: by them, while nothing of it is packed, and not twice. */
  mayCancel: boolean;
  /** Whether they may put it into the archive, or take it out: for all who see it. */
  mayArchive: boolean;
  isArchived: boolean;
  /** What was asked about it, or answered with it, as far as they see it; the newest first. */
  requests: OrderRequest[];
}

/** Of an order that is not theirs, nothing. */
export async function getOrderActs(
  ctx: Context,
  key: { source: string; number: string },
): Promise<OrderActs> {
  const customerId = customerIdOf(ctx);
  const [places, orders, rows] = await Promise.all([
    listOrderPlaces(ctx),
    loadOrders(ctx.db, [key]),
    listOfOrder(ctx.db, { ...key, limit: OF_ORDER_MAX }),
  ]);
  const order = orders.get(orderKey(key));
  const place = places.find((one) => order !== undefined && isInPlace(one, order));
  if (order === undefined || place === undefined)
    return { mayCancel: false, mayArchive: false, isArchived: false, requests: [] };
  const [requests, mayAct, mayArchive, archived] = await Promise.all([
    completeRequests(
      ctx.db,
      rows.filter((row) => findPlaceOf(row, places) !== null),
    ),
    mayActOn(ctx, place, { customerId, ownerId: order.customerId }),
    mayActFor(ctx, place, customerId),
    isArchived(ctx.db, order.id),
  ]);
  const isAsked = rows.some(({ kind, outcome }) => kind === 'cancel' && outcome === null);
  return {
    mayCancel: mayAct && !isAsked && whyNotCancellable(order) === null,
    mayArchive,
    isArchived: archived,
    requests,
  };
}

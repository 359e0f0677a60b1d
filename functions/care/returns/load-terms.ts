import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { listLevelRows } from '../../insight/facts/list-facts.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { policyOf } from '../../money/business/policies.ts';
import { loadOrders, orderKey } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import { listReturnable, type ReturnableLine } from './eligibility.ts';
import { listTaken } from './queries.ts';
import { type ReturnTerms, readTerms, returnTerms } from './terms.ts';

/** The terms in force. */
export function termsIn(business: Pick<Business, 'settings'>): ReturnTerms {
  const terms = readTerms(policyOf(business, returnTerms));
  assert(terms !== null, 'what is kept of the terms was read before');
  return terms;
}

/** All that decides what of an order may go back. */
export interface ReturnBasis {
  order: Order;
  business: Business;
  terms: ReturnTerms;
  /** What of it is in returns that stand, by line, in thousandths. */
  taken: ReadonlyMap<string, number>;
  /** What of it may go back, by the order as somebody sees it. */
  returnable: (order: Order) => ReturnableLine[];
}

/** @throws {AppError} `not_found` */
export async function loadBasis(ctx: Context, key: { source: string; number: string }): Promise<ReturnBasis> {
  const db = ctx.db.fresh;
  const [business, orders] = await Promise.all([getBusiness(ctx), loadOrders(db, [key])]);
  const order = orders.get(orderKey(key));
  if (order === undefined) throw new AppError('not_found', 'There is no such order.');
  const [levels, rows] = await Promise.all([
    listLevelRows(db, { ids: JSON.stringify([order.rootId]) }),
    listTaken(db, { orderId: order.id }),
  ]);
  const { timeZone } = business;
  const terms = termsIn(business);
  const taken = new Map(rows.map(({ lineId, takenMilli }) => [lineId, takenMilli]));
  const level = levels.findLast(({ untilDay }) => untilDay === null)?.level ?? null;
  const standing = { terms, level, taken, timeZone, today: dayOf(ctx.now(), timeZone) };
  return {
    ...{ order, business, terms, taken },
    returnable: (seen) => listReturnable({ ...standing, order: seen, state: stateOf(seen) }),
  };
}

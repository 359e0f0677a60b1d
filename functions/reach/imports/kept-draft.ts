import type { Context } from '../../ground/platform/context.ts';
import { listOrderPeople } from '../../money/orders/list-order-people.ts';
import { loadOrdersOfRoots, orderKey } from '../../money/orders/load-orders.ts';
import type { Order, OrderDraft } from '../../money/orders/order.ts';

export type OrderPerson = Awaited<ReturnType<typeof listOrderPeople>>[number];

/** A kept order, and the same told again, so that more can be told of it. */
export interface KeptOrder {
  order: Order;
  draft: OrderDraft;
}

/** All orders of some root accounts whole, in the order in which they count. */
export async function loadKeptOrders(ctx: Context, rootIds: readonly string[]): Promise<KeptOrder[]> {
  const db = ctx.db.fresh;
  const orders = await loadOrdersOfRoots(db, rootIds);
  const keys = JSON.stringify(orders.map(({ source, number }) => [source, number]));
  const people = new Map((await listOrderPeople(db, { keys })).map((one) => [orderKey(one), one]));
  return orders.flatMap((order) => {
    const person = people.get(orderKey(order));
    return person === undefined ? [] : [{ order, draft: keptDraft(order, person) }];
  });
}

/** An order as it was recorded, told again without anything new. */
export function keptDraft(order: Order, person: OrderPerson): OrderDraft {
  const isShared = person.rootKind !== 'personal';
  return {
    source: order.source,
    number: order.number,
    placedAt: order.placedAt,
    currency: order.currency,
    buyer: { kind: 'customer', id: person.customerId },
    customerName: null,
    account: isShared ? person.rootName : null,
    department: person.accountKind === 'department' ? person.accountName : null,
    lines: order.lines,
    shippingMinor: null,
    taxMinor: null,
    taxIncludedMinor: null,
    promisedBy: null,
    events: [],
    refundedByLine: null,
    isRefundShared: false,
    cancelledGoods: [],
    refunds: [],
    leftByLine: null,
  };
}

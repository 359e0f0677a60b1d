import type { Context } from '../../ground/platform/context.ts';
import type { OrderAnswer } from './answer.ts';
import { getOrder } from './get-order.ts';

/** An order's answer as it is kept for replays: who bought and what people wrote are left to the rows that hold them. */
type KeptOrder = Omit<OrderAnswer, 'customer' | 'account' | 'department' | 'events' | 'refunds'> & {
  customer: null;
  account: null;
  department: null;
  events: { source: string; id: string }[];
  refunds: { id: string }[];
};

export const keptOrder = { keep: keepOrder, restore: restoreOrder };

function keepOrder(order: OrderAnswer): KeptOrder {
  return {
    ...order,
    customer: null,
    account: null,
    department: null,
    events: order.events.map(({ source, id }) => ({ source, id })),
    refunds: order.refunds.map(({ id }) => ({ id })),
  };
}

/** Events and refunds are never changed, so what is put back is what was said; the customer is the one of today. */
async function restoreOrder(ctx: Context, text: string): Promise<string> {
  const kept: KeptOrder = JSON.parse(text);
  const reader: Context = { ...ctx, db: ctx.db.fresh, actor: { kind: 'system', name: 'replay' } };
  const { customer, account, department, ...now } = await getOrder(reader, kept);
  const wasSomebodys = kept.customerId !== null;
  const restored: OrderAnswer = {
    ...kept,
    customer: wasSomebodys ? customer : null,
    account,
    department,
    events: kept.events.flatMap(
      ({ source, id }) => now.events.find((event) => event.source === source && event.id === id) ?? [],
    ),
    refunds: kept.refunds.flatMap(({ id }) => now.refunds.find((refund) => refund.id === id) ?? []),
  };
  return JSON.stringify(restored);
}

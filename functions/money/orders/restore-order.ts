import { statement } from '../../../db/query.ts';
import type { Statement } from '../../../db/store.ts';
import type { Order } from './order.ts';
import type { OrderState } from './order-state.ts';
import { updateLine, updateOrder } from './statements.ts';

/** Brings an order back to what it was before some events and refunds were told of it. */
export function restoreOrder(order: Order, before: Order, state: OrderState): Statement[] {
  const left = new Set(before.refunds.map(({ refundId }) => refundId));
  const gone = order.refunds.filter(({ refundId }) => !left.has(refundId));
  const events = order.events.filter((event) => !before.events.includes(event));
  return [
    ...gone.flatMap(({ refundId }) =>
      ['refund_lines', 'refunds'].map((table) =>
        statement(`DELETE FROM ${table} WHERE order_id = ? AND refund_id = ?`, order.id, refundId),
      ),
    ),
    ...events.map(({ source, eventId }) =>
      statement(
        'DELETE FROM order_events WHERE order_id = ? AND source = ? AND event_id = ?',
        order.id,
        source,
        eventId,
      ),
    ),
    ...gone.flatMap(({ lines }) => lines.map(({ lineId }) => updateLine(order.id, lineId, state))),
    ...updateOrder(before, state, { events: [], refunds: [], now: 0 }),
  ];
}

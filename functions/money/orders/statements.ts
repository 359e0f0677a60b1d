import { insertInto, statement } from '../../../db/query.ts';
import { orderEvents, orderLines, orders, refundLines, refunds } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { Order, OrderEvent, Refund } from './order.ts';
import { type OrderState, refundsByLine } from './order-state.ts';

const insertOrder = insertInto(orders);
const insertLine = insertInto(orderLines);
const insertEventRow = insertInto(orderEvents);
const insertRefundRow = insertInto(refunds);
const insertRefundLine = insertInto(refundLines);

/** A new order whole: its row, lines, events and refunds. */
export function insertWholeOrder(order: Order, state: OrderState): Statement[] {
  return [
    insertOrder({
      id: order.id,
      source: order.source,
      number: order.number,
      accountId: order.accountId,
      rootId: order.rootId,
      customerId: order.customerId,
      placedAt: order.placedAt.at,
      placedOn: order.placedAt.day,
      currency: order.currency,
      totalMinor: state.totalMinor,
      discountMinor: state.discountMinor,
      refundedMinor: state.refundedMinor,
      shippingMinor: order.shippingMinor,
      taxMinor: order.taxMinor,
      taxIncludedMinor: order.taxIncludedMinor,
      lineCount: order.lines.length,
      firstProduct: order.lines[0]?.product ?? null,
      status: state.status,
      statusAt: state.statusAt.at,
      statusOn: state.statusAt.day,
      deliveredAt: state.deliveredAt?.at ?? null,
      deliveredOn: state.deliveredAt?.day ?? null,
      isCancelled: state.isCancelled,
      isHeld: state.isHeld,
      promisedBy: order.promisedBy,
      importId: order.importId,
      recordedAt: order.recordedAt,
    }),
    ...insertLines(order.id, order.lines, state.refundedByLine),
    ...order.events.map((event) => insertEvent(order.id, event, order.recordedAt)),
    ...order.refunds.flatMap((refund) => insertRefund(order.id, refund, order.recordedAt)),
  ];
}

/** What a kept order gains: events, refunds, and its row and lines brought to the state that follows. */
export function updateOrder(
  order: Order,
  state: OrderState,
  added: { events: readonly OrderEvent[]; refunds: readonly Refund[]; now: number },
): Statement[] {
  return [
    ...added.events.map((event) => insertEvent(order.id, event, added.now)),
    ...added.refunds.flatMap((refund) => insertRefund(order.id, refund, added.now)),
    ...added.refunds.flatMap((refund) =>
      refund.lines.map(({ lineId }) => updateLine(order.id, lineId, state)),
    ),
    statement(
      `UPDATE orders SET refunded_minor = ?, shipping_minor = ?, tax_minor = ?, tax_included_minor = ?, status = ?, status_at = ?, status_on = ?,
       delivered_at = ?, delivered_on = ?, is_cancelled = ?, is_held = ?, promised_by = ? WHERE id = ?`,
      state.refundedMinor,
      order.shippingMinor,
      order.taxMinor,
      order.taxIncludedMinor,
      state.status,
      state.statusAt.at,
      state.statusAt.day,
      state.deliveredAt?.at ?? null,
      state.deliveredAt?.day ?? null,
      state.isCancelled ? 1 : 0,
      state.isHeld ? 1 : 0,
      order.promisedBy,
      order.id,
    ),
  ];
}

/** Takes an event that staff told out of those that count, and keeps it as one that was withdrawn. */
export function keepWithdrawn(
  order: Order,
  { source, eventId }: Pick<OrderEvent, 'source' | 'eventId'>,
  { now, actor }: { now: number; actor: string },
): Statement[] {
  const kept =
    'order_id, source, event_id, status, at, note, carrier, tracking_number, tracking_url, parcel, recorded_at';
  const isIt = 'order_id = ? AND source = ? AND event_id = ?';
  return [
    statement(
      `INSERT INTO withdrawn_events (${kept}, withdrawn_at, actor) SELECT ${kept}, ?, ? FROM order_events WHERE ${isIt}`,
      ...[now, actor, order.id, source, eventId],
    ),
    statement(`DELETE FROM order_events WHERE ${isIt}`, order.id, source, eventId),
  ];
}

/** Puts the items of an order in the place of the sum that it was told as; refunds of before are of them. */
export function replaceLines(before: Order, { id, lines, refunds }: Order): Statement[] {
  const kept = refunds.filter(({ refundId }) => before.refunds.some((one) => one.refundId === refundId));
  const refunded = refundsByLine(kept);
  return [
    statement('DELETE FROM refund_lines WHERE order_id = ?', id),
    statement('DELETE FROM order_lines WHERE order_id = ?', id),
    ...insertLines(id, lines, refunded),
    ...kept.flatMap((refund) => insertRefundLines(id, refund)),
    statement(
      'UPDATE orders SET line_count = ?, first_product = ? WHERE id = ?',
      lines.length,
      lines[0]?.product ?? null,
      id,
    ),
  ];
}

function insertLines(
  orderId: string,
  lines: Order['lines'],
  refunded: ReadonlyMap<string, bigint>,
): Statement[] {
  return lines.map((line, position) =>
    insertLine({
      orderId,
      position,
      lineId: line.lineId,
      sku: line.sku,
      product: line.product,
      category: line.category,
      quantityMilli: line.quantityMilli,
      totalMinor: line.totalMinor,
      discountMinor: line.discountMinor,
      refundedMinor: refunded.get(line.lineId) ?? 0n,
      isGiftCard: line.isGiftCard,
    }),
  );
}

function insertEvent(orderId: string, event: OrderEvent, recordedAt: number): Statement {
  const { at, ...rest } = event;
  return insertEventRow({ ...rest, orderId, at: at.at, atOn: at.day, recordedAt });
}

function insertRefund(orderId: string, refund: Refund, recordedAt: number): Statement[] {
  const { refundId, at, reason, lines } = refund;
  return [
    insertRefundRow({ orderId, refundId, at: at.at, atOn: at.day, reason, recordedAt }),
    ...insertRefundLines(orderId, { refundId, lines }),
  ];
}

function insertRefundLines(orderId: string, { refundId, lines }: Pick<Refund, 'refundId' | 'lines'>) {
  return lines.map(({ lineId, amountMinor }) => insertRefundLine({ orderId, refundId, lineId, amountMinor }));
}

export function updateLine(orderId: string, lineId: string, state: OrderState): Statement {
  return statement(
    'UPDATE order_lines SET refunded_minor = ? WHERE order_id = ? AND line_id = ?',
    state.refundedByLine.get(lineId) ?? 0n,
    orderId,
    lineId,
  );
}

import { spendOf } from '../../money/orders/order-state.ts';
import type { Findings } from './difference.ts';
import type { Evidence, OrderEvidence } from './evidence.ts';

/** Order rows against their lines, refunds and events; the account's spend and first day against its orders. */
export function checkOrders(evidence: Evidence, { compare }: Findings): void {
  for (const order of evidence.orders) checkOrder(order, compare);
  checkSpend(evidence, compare);
  const placed = evidence.orders.map(({ order }) => order.placedAt.at);
  const first = placed.reduce((earliest, at) => Math.min(earliest, at), Infinity);
  compare('account_first_placed', placed.length === 0 ? null : first, evidence.root.firstPlacedAt);
}

function checkOrder({ row, order, state }: OrderEvidence, compare: Findings['compare']): void {
  const of = { order: `${row.source}/${row.number}` };
  compare('order_total', state.totalMinor, row.totalMinor, of);
  compare('order_discount', state.discountMinor, row.discountMinor, of);
  compare('order_refunded', state.refundedMinor, row.refundedMinor, of);
  compare('order_lines', order.lines.length, row.lineCount, of);
  compare('order_first_product', order.lines[0]?.product, row.firstProduct, of);
  compare('order_status', state.status, row.status, of);
  compare('order_status_at', state.statusAt.at, row.statusAt, of);
  compare('order_status_on', state.statusAt.day, row.statusOn, of);
  compare('order_delivered_at', state.deliveredAt?.at, row.deliveredAt, of);
  compare('order_delivered_on', state.deliveredAt?.day, row.deliveredOn, of);
  compare('order_cancelled', state.isCancelled, row.isCancelled, of);
  compare('order_on_hold', state.isHeld, row.isHeld, of);
  checkRefunds(row, state.refundedByLine, compare);
}

function checkRefunds(
  { source, number, lines }: OrderEvidence['row'],
  expected: ReadonlyMap<string, bigint>,
  compare: Findings['compare'],
): void {
  const kept = lines.filter(({ refundedMinor }) => refundedMinor !== 0n);
  if (kept.length === 0 && expected.size === 0) return;
  const found = new Map(kept.map(({ lineId, refundedMinor }) => [lineId, refundedMinor]));
  for (const line of new Set([...found.keys(), ...expected.keys()])) {
    const of = { order: `${source}/${number}`, line };
    compare('order_line_refunded', expected.get(line) ?? 0n, found.get(line) ?? 0n, of);
  }
}

function checkSpend({ orders, spend }: Evidence, compare: Findings['compare']): void {
  const expected = new Map<string, { minor: bigint; orders: number }>();
  for (const { order, state } of orders) {
    const before = expected.get(order.currency) ?? { minor: 0n, orders: 0 };
    expected.set(order.currency, { minor: before.minor + spendOf(state), orders: before.orders + 1 });
  }
  const kept = new Map(spend.map((row) => [row.currency, row]));
  for (const currency of new Set([...expected.keys(), ...kept.keys()])) {
    const should = expected.get(currency) ?? { minor: 0n, orders: 0 };
    compare('account_spend', should.minor, kept.get(currency)?.spendMinor ?? 0n, { currency });
    compare('account_orders', should.orders, kept.get(currency)?.orderCount ?? 0, { currency });
  }
}

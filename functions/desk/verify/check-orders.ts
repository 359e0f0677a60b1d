import { spendOf } from '../../money/orders/order-state.ts';
import type { Findings } from './difference.ts';
import type { Evidence, OrderEvidence } from './evidence.ts';

/** Order rows against their lines, refunds and events; the account's spend and first day against its orders. */
export function checkOrders(evidence: Evidence, { compare }: Findings): void {
  for (const order of evidence.orders) checkOrder(order, compare);
  checkSpend(evidence, compare);
  const placed = evidence.orders.map(({ order }) => order.placedAt.at);
  const first = placed.reduce((earliest, at) => Math.min(earliest, at), Infinity);
  compare('first placed', placed.length === 0 ? null : first, evidence.root.firstPlacedAt);
}

function checkOrder({ row, order, state }: OrderEvidence, compare: Findings['compare']): void {
  const name = `order ${row.source}/${row.number}`;
  compare(`${name} total`, state.totalMinor, row.totalMinor);
  compare(`${name} discount`, state.discountMinor, row.discountMinor);
  compare(`${name} refunded`, state.refundedMinor, row.refundedMinor);
  compare(`${name} lines`, order.lines.length, row.lineCount);
  compare(`${name} first product`, order.lines[0]?.product, row.firstProduct);
  compare(`${name} status`, state.status, row.status);
  compare(`${name} status at`, state.statusAt.at, row.statusAt);
  compare(`${name} status on`, state.statusAt.day, row.statusOn);
  compare(`${name} delivered at`, state.deliveredAt?.at, row.deliveredAt);
  compare(`${name} delivered on`, state.deliveredAt?.day, row.deliveredOn);
  compare(`${name} cancelled`, state.isCancelled, row.isCancelled);
  compare(`${name} on hold`, state.isHeld, row.isHeld);
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
    const what = `order ${source}/${number} line ${line} refunded`;
    compare(what, expected.get(line) ?? 0n, found.get(line) ?? 0n);
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
    compare(`spend in ${currency}`, should.minor, kept.get(currency)?.spendMinor ?? 0n);
    compare(`orders in ${currency}`, should.orders, kept.get(currency)?.orderCount ?? 0);
  }
}

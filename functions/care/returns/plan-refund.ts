import type { Order } from '../../money/orders/order.ts';
import { stateOf } from '../../money/orders/order-state.ts';
import type { RefundInput } from '../../money/orders/schema.ts';
import { worthOf } from './eligibility.ts';
import { type ReturnSplit, splitReturn } from './split.ts';
import type { ReturnOutcome, ReturnTerms } from './terms.ts';

/** So many of a line, in thousandths. */
export interface WantedLine {
  lineId: string;
  milli: number;
}

export interface PlannedRefund {
  split: ReturnSplit;
  /** What each line is worth that comes back, in minor units. */
  worthByLine: ReadonlyMap<string, bigint>;
  refund: Pick<RefundInput, 'currency' | 'lines'>;
}

/**
 * What a return comes to on an order as it is now: the same for who asks beforehand and for what is booked. `settled` is what
 * of each line earlier returns brought back for money or credit, in thousandths.
 */
export function planRefund(
  order: Order,
  about: {
    lines: readonly WantedLine[];
    settled: ReadonlyMap<string, number>;
    outcome: ReturnOutcome;
    terms: Pick<ReturnTerms, 'creditBonus' | 'vouchers'>;
    byVouchers: bigint;
  },
): PlannedRefund {
  const state = stateOf(order);
  const worth = about.lines.map(({ lineId, milli }) => {
    const line = order.lines.find((one) => one.lineId === lineId);
    if (line === undefined || line.quantityMilli === 0) return { lineId, minor: 0n };
    const leftMinor = line.totalMinor - line.discountMinor - (state.refundedByLine.get(lineId) ?? 0n);
    const takenMilli = about.settled.get(lineId) ?? 0;
    return { lineId, minor: worthOf(line, { takenMilli, milli, leftMinor }) };
  });
  const worthMinor = worth.reduce((sum, { minor }) => sum + minor, 0n);
  const split = splitReturn({
    ...{ outcome: about.outcome, terms: about.terms, worthMinor },
    paidMinor: state.totalMinor - state.discountMinor + (order.shippingMinor ?? 0n) + (order.taxMinor ?? 0n),
    voucherPaidMinor: about.byVouchers,
    beforeMinor: state.refundedMinor,
  });
  const paid = worth.filter(({ minor }) => minor > 0n);
  return {
    split,
    worthByLine: new Map(worth.map(({ lineId, minor }) => [lineId, minor])),
    refund: {
      currency: order.currency,
      lines: paid.map(({ lineId: line, minor: amount }) => ({ line, amount })),
    },
  };
}

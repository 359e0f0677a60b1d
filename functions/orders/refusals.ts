import type { ErrorCode } from '../platform/errors.ts';
import type { Order } from './order.ts';
import type { OrderState } from './order-state.ts';

/** Why nothing of a draft is written; `message` is the middle of a sentence. */
export interface Rejected {
  kind: 'rejected';
  code: ErrorCode;
  message: string;
}

/** The middle of a sentence as a whole one. */
export function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** A file may give back more of a line than was left. */
export function findOverRefund(order: Order, state: OrderState): Rejected | null {
  const line = order.lines.find(
    ({ lineId, totalMinor, discountMinor }) =>
      (state.refundedByLine.get(lineId) ?? 0n) > totalMinor - discountMinor,
  );
  if (line === undefined) return null;
  return {
    kind: 'rejected',
    code: 'refund_exceeds_line',
    message: `line ${line.lineId} is refunded beyond its price`,
  };
}

/** Nothing of who bought is told: `kept` and `told` are empty there. */
export function contradiction({
  field,
  kept,
  told,
}: {
  field: string;
  kept: string;
  told: string;
}): Rejected {
  const values = kept === '' && told === '' ? '' : `: kept ${kept}, told ${told}`;
  return {
    kind: 'rejected',
    code: 'order_contradicts',
    message: `${field} differs from the order as it was recorded${values}`,
  };
}

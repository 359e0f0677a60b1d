import type { ErrorCode } from '../../ground/platform/errors.ts';
import type { ContradictedColumn } from './find-contradiction.ts';
import type { Order } from './order.ts';
import type { OrderState } from './order-state.ts';

/** Why nothing of a draft is written; `message` is the middle of a sentence. */
export interface Rejected {
  kind: 'rejected';
  code: ErrorCode;
  message: string;
  /** The column of our own format that holds what is wrong; null when it is none. */
  column: ContradictedColumn | null;
}

/** Whether a draft may have been refused since staff moved its order away from whom it names. */
export const mayBeMoved = (code: ErrorCode) =>
  code === 'order_of_another_account' || code === 'order_contradicts';

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
    column: 'refunded_total',
  };
}

export function contradiction({
  column,
  message,
}: {
  column: ContradictedColumn;
  message: string;
}): Rejected {
  return { kind: 'rejected', code: 'order_contradicts', message, column };
}

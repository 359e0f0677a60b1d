import type { ErrorCode } from '../../ground/platform/errors.ts';
import type { ContradictedColumn } from './find-contradiction.ts';
import type { Order } from './order.ts';
import type { OrderState } from './order-state.ts';
import { type RefusalReason, refusalText } from './refusal-words.ts';

/** Why nothing of a draft is written; `message` is `reason` as the middle of a sentence. */
export interface Rejected {
  kind: 'rejected';
  code: ErrorCode;
  reason: RefusalReason;
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
  const reason = { code: 'over_refunded', of: { line: line.lineId } } as const;
  return rejected('refund_exceeds_line', reason, 'refunded_total');
}

export function contradiction({
  column,
  reason,
}: {
  column: ContradictedColumn;
  reason: RefusalReason;
}): Rejected {
  return rejected('order_contradicts', reason, column);
}

export function rejected(
  code: ErrorCode,
  reason: RefusalReason,
  column: ContradictedColumn | null,
): Rejected {
  return { kind: 'rejected', code, reason, message: refusalText(reason), column };
}

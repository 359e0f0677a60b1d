import {
  type HoldReason,
  holdReasons,
  type WithdrawReason,
  withdrawReasons,
} from '../../functions/money/orders/hand-reasons.ts';
import type { Messages } from '../locale.ts';

/** Why staff held an order or took something back. */
export const reasonWords = (reason: HoldReason | WithdrawReason, t: Messages): string =>
  t[`orders_why_${reason}`]();

/** The same as the log keeps it; null for what is no such reason. */
export function reasonWordsOf(text: string, t: Messages): string | null {
  const reason = [...holdReasons, ...withdrawReasons].find((known) => known === text);
  return reason === undefined ? null : reasonWords(reason, t);
}

import type { OrderRewardView } from '../../functions/desk/portal/order-types.ts';
import type { Messages } from '../locale.ts';

/** Whether an order moved the spend that a rule looks at. */
export function isCounted({ spendBefore, spendAfter }: OrderRewardView): boolean {
  return spendBefore.minor !== spendAfter.minor;
}

/** Why an order earned nothing under a rule; `isRefunded` when all that was paid for its goods was given back. */
export function nothingWords(
  reward: OrderRewardView,
  t: Messages,
  { isRefunded }: { isRefunded: boolean },
): string {
  if (isCounted(reward)) return t.earned_nothing();
  const isLeftOut = reward.lines.some(({ reason }) => reason !== null);
  return isRefunded && !isLeftOut ? t.earned_refunded() : t.earned_uncounted();
}

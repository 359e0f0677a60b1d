import type { OrderDetail, OrderRewardView } from '../../functions/desk/portal/order-types.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';

/** Who reads: customers are spoken to, staff are told about them. */
export type WordsReader = 'customer' | 'staff';

/** Whether an order moved the spend that a rule looks at. */
export function isCounted({ spendBefore, spendAfter }: OrderRewardView): boolean {
  return spendBefore.minor !== spendAfter.minor;
}

/** Lines that are left out, and why; of an order that was refunded whole, a hold is no reason any more. */
export function leftOutOf({ lines }: OrderRewardView, { isRefunded }: Pick<OrderDetail, 'isRefunded'>) {
  return lines.filter(({ reason }) => reason !== null && !(isRefunded && reason === 'on_hold'));
}

/** Why an order earned nothing under a rule. */
export function nothingWords(
  reward: OrderRewardView,
  t: Messages,
  { isRefunded, reader = 'customer' }: { isRefunded: boolean; reader?: WordsReader },
): string {
  if (isCounted(reward)) return reader === 'staff' ? t.desk_earned_nothing() : t.earned_nothing();
  if (!isRefunded || leftOutOf(reward, { isRefunded }).length > 0) return t.earned_uncounted();
  return reader === 'staff' ? t.desk_earned_refunded() : t.earned_refunded();
}

/** How the spend that a rule looks at moved with the order. */
export function spendWords(
  { spendBefore, spendAfter }: OrderRewardView,
  { t, formats: { money }, reader }: { t: Messages; formats: Formats; reader: WordsReader },
): string {
  const moved = { before: money(spendBefore), after: money(spendAfter) };
  return reader === 'staff' ? t.desk_earned_spend(moved) : t.earned_spend(moved);
}

/** From when on what is still on its way can be spent. */
export function pendingWords(
  { settlesAt }: OrderRewardView,
  { t, formats: { day }, reader }: { t: Messages; formats: Formats; reader: WordsReader },
): string {
  if (settlesAt === null) return t.earned_pending();
  const date = day(settlesAt);
  return reader === 'staff' ? t.desk_earned_pending_from({ date }) : t.earned_pending_from({ date });
}

/**
 * What stands beside the state of an order that is on hold and something else: a whole refund ends it, so that the hold
 * changes nothing; else the hold decides what it earns. Null where the state says all.
 */
export function holdWords(
  {
    isHeld,
    isRefunded,
    summary,
  }: Pick<OrderDetail, 'isHeld' | 'isRefunded'> & { summary: Pick<OrderDetail['summary'], 'status'> },
  t: Messages,
  reader: WordsReader,
): string | null {
  if (!isHeld) return null;
  if (isRefunded) return t.order_held_refunded();
  if (summary.status === 'on_hold') return null;
  return reader === 'staff' ? t.desk_order_held() : t.order_held();
}

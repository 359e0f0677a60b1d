import { sql } from 'drizzle-orm';
import { adjustments, ledger, redemptions, vouchers } from '../../../db/schema/index.ts';
import type { EntryReason } from '../../money/rewards/types.ts';

/** What every view of a ledger entry starts from. */
export const entryColumns = {
  seq: ledger.seq,
  kind: ledger.kind,
  amountMinor: ledger.amountMinor,
  balanceAfterMinor: ledger.balanceAfterMinor,
  currency: ledger.currency,
  effectiveAt: ledger.effectiveAt,
  ruleId: ledger.ruleId,
  version: ledger.version,
  periodStart: ledger.periodStart,
  periodEnd: ledger.periodEnd,
  spendAfterMinor: ledger.spendAfterMinor,
  orderSource: ledger.orderSource,
  orderNumber: ledger.orderNumber,
  expiresAt: ledger.expiresAt,
  /** What people know the entry by: a reason, a receipt, a voucher, the kind of thing a bonus is for. */
  causeText: sql<
    string | null
  >`coalesce(${adjustments.reason}, ${redemptions.reference}, ${redemptions.voucherCode}, ${vouchers.code},
    (SELECT cause_kind FROM bonuses WHERE bonuses.id = ${ledger.cause}))`.mapWith(String),
  /** What an earning or a taking back was written with, where it was not the programme alone; null for all other entries. */
  because: sql<EntryReason | null>`CASE WHEN ${ledger.kind} IN ('earn', 'clawback') THEN (SELECT coalesce(
      (SELECT CASE WHEN instr(move.id, ':') > 0 THEN 'merge' WHEN instr(move.id, '/') > 0 THEN 'split' ELSE 'move' END
        FROM order_moves AS move WHERE move.order_id = own.id AND move.at = ${ledger.recordedAt}
          AND ${ledger.accountId} = CASE ${ledger.kind} WHEN 'earn' THEN move.to_root_id ELSE move.from_root_id END LIMIT 1),
      CASE WHEN ${ledger.kind} = 'clawback' THEN coalesce(
        (SELECT CASE status WHEN 'cancelled' THEN 'cancellation' ELSE 'hold' END FROM order_events AS event
          WHERE event.order_id = own.id AND event.status IN ('cancelled', 'on_hold')
            AND event.recorded_at = ${ledger.recordedAt} LIMIT 1),
        (SELECT 'return' FROM refunds AS refund WHERE refund.order_id = own.id
          AND (refund.recorded_at = ${ledger.recordedAt} OR refund.at = ${ledger.effectiveAt}) LIMIT 1)) END)
    FROM orders AS own WHERE own.source = ${ledger.orderSource} AND own.number = ${ledger.orderNumber}) END`,
  /** What came back in the refund that a clawback was written with; null for every other entry. */
  returned: sql<
    string | null
  >`CASE WHEN ${ledger.kind} = 'clawback' THEN (SELECT group_concat(name, ', ') FROM
    (SELECT DISTINCT coalesce(line.product, line.sku) AS name FROM orders AS own
      JOIN refunds AS refund ON refund.order_id = own.id
      JOIN refund_lines AS part ON part.order_id = own.id AND part.refund_id = refund.refund_id
      JOIN order_lines AS line ON line.order_id = own.id AND line.line_id = part.line_id
      WHERE own.source = ${ledger.orderSource} AND own.number = ${ledger.orderNumber}
        AND (refund.recorded_at = ${ledger.recordedAt} OR refund.at = ${ledger.effectiveAt})
        AND coalesce(line.product, line.sku) IS NOT NULL ORDER BY line.position)) END`,
};

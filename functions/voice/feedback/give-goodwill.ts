import { isConflictOn } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { newId } from '../../ground/platform/ids.ts';
import { refuseFields } from '../../ground/platform/parse-input.ts';
import { type CreditOutcome, giveCredit } from '../../money/credits/give-credit.ts';
import { adjustmentErrors } from '../../money/ledger/adjustment-errors.ts';
import { decideCase, noFeedback } from './change-case.ts';
import { findFeedback } from './queries.ts';
import type { CaseAct } from './staff-case.ts';

/**
 * Gives the account of a case credit for the trouble: the adjustment and the case's own row in one write, once for a `key`.
 * What is more than its author may give alone waits for a second person. `amount` is in minor units of the business currency.
 * @throws {AppError} `validation_failed`, `not_found` (also for feedback of nobody), `currency_not_set`, `forbidden`
 */
export async function giveGoodwill(
  ctx: Context,
  { amount, reason, ...act }: CaseAct & { amount: bigint; reason: string },
): Promise<CreditOutcome> {
  allow(ctx.actor, 'feedback:write');
  refuseFields(adjustmentErrors({ amount, reason }, { isGift: true }));
  const row = await findFeedback(ctx.db.fresh, { id: act.feedbackId });
  if (row === null || row.rootId === null) throw noFeedback();
  const { feedbackId } = act;
  const key = act.key ?? newId();
  try {
    return await giveCredit(ctx, {
      accountId: row.rootId,
      amount,
      reason,
      feedbackId,
      key: `case:${key}`,
      also: (adjustmentId) => decideGoodwill(ctx, { feedbackId, key, amount, adjustmentId }),
    });
  } catch (error) {
    if (!isConflictOn(error, 'case_events.key')) throw error;
    return 'given';
  }
}

/** What a case keeps of credit that was given for it, in minor units of the business currency. */
export function decideGoodwill(
  ctx: Context,
  goodwill: { feedbackId: string; key: string; amount: bigint; adjustmentId: string },
): Promise<Decision> {
  const { feedbackId, key, amount, adjustmentId } = goodwill;
  return decideCase(ctx, { feedbackId, key }, () => ({
    events: [{ kind: 'goodwill_given', subjectId: adjustmentId }],
    audit: { kind: 'feedback.goodwill_given', detail: { adjustment: adjustmentId, amount } },
  }));
}

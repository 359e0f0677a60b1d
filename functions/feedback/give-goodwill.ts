import { isConflictOn, type Statement } from '../../db/store.ts';
import { adjustmentErrors } from '../accounts/adjustment-errors.ts';
import { getBusiness } from '../business/business.ts';
import { type CreditOutcome, giveCredit } from '../credits/give-credit.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import { refuseFields } from '../platform/parse-input.ts';
import { event, noFeedback, planCase } from './change-case.ts';
import { findFeedback } from './queries.ts';
import { acted, type CaseAct } from './staff-case.ts';

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
      alongside: (adjustmentId) => goodwillRows(ctx, { feedbackId, key, amount, adjustmentId }),
    });
  } catch (error) {
    if (!isConflictOn(error, 'case_events.key')) throw error;
    return 'given';
  }
}

/** What a case keeps of credit that was given for it. */
export async function goodwillRows(
  ctx: Context,
  given: { feedbackId: string; key: string; amount: bigint; adjustmentId: string },
): Promise<readonly Statement[]> {
  const { feedbackId, key, amount, adjustmentId } = given;
  return planCase(ctx, await getBusiness(ctx), {
    change: { feedbackId, key, history: null },
    decide: () => ({
      events: [event('goodwill_given', adjustmentId)],
      statements: () => [
        acted(ctx, 'feedback.goodwill_given', feedbackId, { adjustment: adjustmentId, amount }),
      ],
    }),
  });
}

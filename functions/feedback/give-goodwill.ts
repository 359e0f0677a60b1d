import { isConflictOn } from '../../db/store.ts';
import { adjust } from '../accounts/adjust.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { getBusiness } from '../programme/business.ts';
import { event, noFeedback, planCase } from './change-case.ts';
import { findFeedback } from './queries.ts';
import { acted, type CaseAct } from './staff-case.ts';

/**
 * Gives the account of a case credit for the trouble: the adjustment and the case's own row in one write, once for a `key`.
 * `amount` is in minor units of the business currency.
 * @throws {AppError} `validation_failed`, `not_found` (also for feedback of nobody), `currency_not_set`, `forbidden`
 */
export async function giveGoodwill(
  ctx: Context,
  { amount, reason, ...act }: CaseAct & { amount: bigint; reason: string },
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  if (amount <= 0n) {
    const message = 'has to be more than 0';
    throw new AppError('validation_failed', `amount ${message}.`, {
      errors: [{ path: 'amount', code: 'invalid_value', message }],
    });
  }
  const [row, business] = await Promise.all([
    findFeedback(ctx.db.fresh, { id: act.feedbackId }),
    getBusiness(ctx),
  ]);
  if (row === null || row.rootId === null) throw noFeedback();
  const change = { ...act, history: null };
  const alongside = (adjustmentId: string) =>
    planCase(ctx, business, {
      change,
      decide: () => ({
        events: [event('goodwill_given', adjustmentId)],
        statements: () => [
          acted(ctx, 'feedback.goodwill_given', act.feedbackId, { adjustment: adjustmentId, amount }),
        ],
      }),
    });
  try {
    await adjust(ctx, { account: row.rootId, amount, reason }, { alongside });
  } catch (error) {
    if (!isConflictOn(error, 'case_events.key')) throw error;
  }
}

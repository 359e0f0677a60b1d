import { z } from 'zod';
import { isConflictOn } from '../../db/store.ts';
import { adjust } from '../accounts/adjust.ts';
import { recordAct } from '../audit/record-act.ts';
import { allow } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { currencyExponent, parseSignedDecimal } from '../platform/money.ts';
import { parseInput } from '../platform/parse-input.ts';
import { getBusiness } from '../programme/business.ts';

const input = z.strictObject({
  accountId: z.string().max(64),
  /** As people type it, in the business currency: `5`, `-2.50`. */
  amount: z.string().max(40),
  reason: z.string().trim().min(1).max(500),
  /** Made with the form: sent twice, the balance moves once. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
});

/**
 * Staff give goodwill, or take credit away, with a reason that the customer reads.
 * @throws {AppError} as `adjust`, and `forbidden`
 */
export async function adjustBalance(ctx: Context, given: z.input<typeof input>): Promise<void> {
  allow(ctx.actor, 'redemptions:write');
  const { accountId, amount: typed, reason, key } = parseInput(input, given);
  const { currency } = await getBusiness(ctx);
  if (currency === null) throw new AppError('currency_not_set', 'Set the currency of the business first.');
  const parsed = parseSignedDecimal(typed.replace(',', '.'), currencyExponent(currency) ?? 2);
  if (!parsed.ok || parsed.minor === 0n) {
    throw new AppError('validation_failed', 'amount has to be an amount other than 0.', {
      errors: [{ path: 'amount', code: 'invalid_amount', message: 'has to be an amount other than 0' }],
    });
  }
  const { minor } = parsed;
  const actOf = (adjustment: string) => ({
    id: key,
    act: 'account.adjusted',
    subjectKind: 'account',
    subjectId: accountId,
    detail: { adjustment, amount: minor },
  });
  try {
    await adjust(
      ctx,
      { account: accountId, amount: minor, reason },
      { alongside: async (adjustment) => [recordAct(ctx, actOf(adjustment))] },
    );
  } catch (error) {
    if (!isConflictOn(error, 'audit_log')) throw error;
  }
}

import { z } from 'zod';
import { isConflictOn } from '../../../db/store.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { currencyExponent, parseSignedDecimal } from '../../ground/platform/money.ts';
import { inputErrors, parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { type CreditOutcome, giveCredit } from '../../money/credits/give-credit.ts';

const AMOUNT_LENGTH_MAX = 40;

const typedInput = z.strictObject({
  /** As people type it, in the business currency: `5`, `-2.50`. */
  amount: z.string().max(AMOUNT_LENGTH_MAX),
  reason: z.string().trim().min(1).max(500),
});

const input = typedInput.extend({
  accountId: z.string().max(64),
  /** Made with the form: sent twice, the balance moves once. */
  key: z.string().regex(/^[0-9a-f]{32}$/),
});

/**
 * Staff give goodwill, or take credit away, with a reason that the customer reads; what is more than they may alone waits
 * for a second person.
 * @throws {AppError} as `giveCredit`
 */
export async function adjustBalance(ctx: Context, typed: z.input<typeof input>): Promise<CreditOutcome> {
  allow(ctx.actor, 'redemptions:write');
  const { accountId, amount, reason, key } = parseInput(input, typed);
  const { minor } = await readCredit(ctx, { amount, reason });
  try {
    return await giveCredit(ctx, {
      accountId,
      amount: minor,
      reason,
      feedbackId: null,
      key,
      also: async (adjustment) => ({
        audit: {
          id: key,
          kind: 'account.adjusted',
          subjectKind: 'account',
          subjectId: accountId,
          detail: { adjustment, amount: minor },
        },
      }),
    });
  } catch (error) {
    if (!isConflictOn(error, 'audit_log')) throw error;
    return 'given';
  }
}

/**
 * What somebody typed into the form, read but not done: signed minor units of the business currency.
 * @throws {AppError} `validation_failed`, `currency_not_set`, `forbidden`
 */
export async function readCredit(
  ctx: Context,
  form: { amount: string; reason: string },
): Promise<{ minor: bigint; currency: string }> {
  allow(ctx.actor, 'redemptions:write');
  const { currency } = await getBusiness(ctx);
  const typed = form.amount.slice(0, AMOUNT_LENGTH_MAX).replace(',', '.');
  const parsed = parseSignedDecimal(typed, currencyExponent(currency ?? '') ?? 2);
  const minor = parsed.ok ? parsed.minor : 0n;
  const wrongs = inputErrors(typedInput, form);
  const isAmount = minor !== 0n || wrongs.some(({ path }) => path === 'amount');
  refuseFields([
    ...wrongs,
    ...(isAmount
      ? []
      : [{ path: 'amount', code: 'invalid_amount', message: 'has to be an amount other than 0' }]),
  ]);
  if (currency === null) throw new AppError('currency_not_set', 'Set the currency of the business first.');
  return { minor, currency };
}

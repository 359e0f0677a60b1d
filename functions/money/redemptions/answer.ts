import { z } from 'zod';
import { instantAnswer, moneyAnswer } from '../../ground/platform/answer.ts';
import { balanceAnswer } from '../accounts/balance-answer.ts';
import { redemptionKinds } from './schema.ts';

/** What `POST /redemptions` answers; `voucher` only for the kind of that name. No personal data. */
export const redemptionAnswer = z
  .object({
    id: z.string(),
    kind: z.enum(redemptionKinds),
    amount: moneyAnswer,
    at: instantAnswer,
    voucher: z
      .object({
        code: z.string(),
        amount: moneyAnswer,
        expiresAt: instantAnswer.nullable(),
        /** What goes back to the balance when it ends unused. */
        returns: moneyAnswer.nullable(),
      })
      .nullable(),
    balance: balanceAnswer,
  })
  .meta({ id: 'Redemption' });
export type RedemptionAnswer = z.infer<typeof redemptionAnswer>;

/** What a reversal gave back; `id` is the redemption's. */
export const reversalAnswer = z
  .object({ id: z.string(), amount: moneyAnswer, reversedAt: instantAnswer, balance: balanceAnswer })
  .meta({ id: 'Reversal' });
export type ReversalAnswer = z.infer<typeof reversalAnswer>;

export const voucherAnswer = z
  .object({
    code: z.string(),
    amount: moneyAnswer,
    /** The least an order has to be worth. */
    minimum: moneyAnswer.nullable(),
    issuedAt: instantAnswer,
    expiresAt: instantAnswer.nullable(),
    /** What goes back to the balance when it ends unused. */
    returns: moneyAnswer.nullable(),
    state: z.enum(['open', 'used', 'expired', 'cancelled']),
    use: z
      .object({
        order: z.object({ source: z.string(), number: z.string() }),
        amount: moneyAnswer,
        at: instantAnswer,
      })
      .nullable(),
  })
  .meta({ id: 'Voucher' });
export type VoucherAnswer = z.infer<typeof voucherAnswer>;

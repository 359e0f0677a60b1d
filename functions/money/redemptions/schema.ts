import { z } from 'zod';
import {
  freeText,
  identifier,
  issue,
  minor,
  optionalName,
  positiveMoney,
} from '../../ground/platform/input.ts';
import { orderNumber, orderSource } from '../orders/schema.ts';

/** What the API reads about redemptions (DOMAIN §4); past these schemas amounts are `bigint`. */

export const redemptionKinds = ['till', 'voucher', 'donation', 'payout'] as const;

const id = identifier(100)
  .nullish()
  .transform((text) => text ?? null);

/** `POST /redemptions`: of a customer's only account, or of the account named; with both, of that account of theirs. */
export const redeemInput = z
  .strictObject({
    customerId: id,
    accountId: id,
    kind: z.enum(redemptionKinds),
    amount: positiveMoney,
    reference: optionalName(200),
    order: z
      .strictObject({ source: orderSource, number: orderNumber })
      .nullish()
      .meta({ description: 'The order that credit pays at the till, recorded before or after' }),
  })
  .superRefine(({ customerId, accountId, kind, order }, context) => {
    if (customerId === null && accountId === null) {
      context.addIssue(issue('required', 'is needed, or accountId', ['customerId']));
    }
    if (order && kind !== 'till') {
      context.addIssue(
        issue('not_allowed', 'is paid at the till only; a voucher names its order when used', ['order']),
      );
    }
  })
  .transform(({ amount, ...rest }) => ({ ...rest, amount: minor(amount), currency: amount.currency }));
export type RedeemInput = z.output<typeof redeemInput>;

/** `POST /redemptions/{id}/reversal` */
export const reverseRedemptionInput = z.strictObject({ reason: freeText(1000) });
export type ReverseRedemptionInput = z.output<typeof reverseRedemptionInput>;

/** `POST /vouchers/{code}/use`: `amount` is what the voucher paid of the order. */
export const useVoucherInput = z
  .strictObject({
    order: z.strictObject({ source: orderSource, number: orderNumber }),
    amount: positiveMoney,
  })
  .transform(({ order, amount }) => ({ order, amount: minor(amount), currency: amount.currency }));
export type UseVoucherInput = z.output<typeof useVoucherInput>;

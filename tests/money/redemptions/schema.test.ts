import { expect, test } from 'vitest';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { parseInput } from '../../../functions/ground/platform/parse-input.ts';
import { redemptionExample, voucherUseExample } from '../../../functions/money/redemptions/examples.ts';
import {
  redeemInput,
  reverseRedemptionInput,
  useVoucherInput,
} from '../../../functions/money/redemptions/schema.ts';

test('a redemption is of a customer or of an account', () => {
  expect(parseInput(redeemInput, redemptionExample)).toEqual({
    customerId: redemptionExample.customerId,
    accountId: null,
    kind: 'till',
    amount: 500n,
    currency: 'EUR',
    reference: 'receipt 5',
    order: { source: 'till', number: 'A-17' },
  });
  expect(() => parseInput(redeemInput, { ...redemptionExample, customerId: undefined })).toThrow(AppError);
  expect(parseInput(redeemInput, { ...redemptionExample, accountId: 'a' })).toMatchObject({ accountId: 'a' });
});

test.each([
  ['nothing', { amount: { amount: 0, currency: 'EUR' } }],
  ['less than nothing', { amount: { amount: -5, currency: 'EUR' } }],
  ['more than 10^13', { amount: { amount: 10 ** 13 + 1, currency: 'EUR' } }],
  ['an unknown kind', { kind: 'gift' }],
  ['an order, but not at the till', { kind: 'payout' }],
  ['a balance of its own making', { balance: 5 }],
])('refuses a redemption of %s', (_, change) => {
  expect(() => parseInput(redeemInput, { ...redemptionExample, ...change })).toThrow(AppError);
});

test('a reversal may say why', () => {
  expect(parseInput(reverseRedemptionInput, {})).toEqual({ reason: null });
  expect(parseInput(reverseRedemptionInput, { reason: 'twice' })).toEqual({ reason: 'twice' });
});

test('a voucher is used on an order', () => {
  expect(parseInput(useVoucherInput, voucherUseExample)).toEqual({
    order: { source: 'till', number: 'A-18' },
    amount: 500n,
    currency: 'EUR',
  });
  expect(() => parseInput(useVoucherInput, { amount: voucherUseExample.amount })).toThrow(AppError);
});

import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { idOf } from '../../ground/platform/input.ts';
import { redemptionAnswer, reversalAnswer, voucherAnswer } from './answer.ts';
import { redemptionExample, reversalExample, voucherUseExample } from './examples.ts';
import { getVoucher } from './get-voucher.ts';
import { payoutRoutes } from './payouts/routes.ts';
import { redeem } from './redeem.ts';
import { reverseRedemption } from './reverse-redemption.ts';
import { redeemInput, reverseRedemptionInput, useVoucherInput } from './schema.ts';
import { useVoucher } from './use-voucher.ts';

const redemption = z.object({ id: idOf('redemption') });
const voucher = z.object({
  code: z
    .string()
    .max(100)
    .meta({ description: 'The code of the voucher, as typed or scanned.', examples: ['K7QX-M2PD-4HTR'] }),
});

/** `/redemptions` and `/vouchers` of the API. */
export const redemptionRoutes = new Hono<ApiEnv>()
  .route('/', payoutRoutes)
  .post(
    '/redemptions',
    writing({
      tag: 'Redemptions',
      scope: 'redemptions:write',
      summary: 'Spend balance at the till, as voucher, as donation or as payout',
      params: nothing,
      body: redeemInput,
      example: redemptionExample,
      answer: redemptionAnswer,
      success: { 201: 'The balance was spent.' },
      refusals: ['not_found', 'insufficient_balance', 'account_required', 'currency_not_set'],
      run: async (ctx, { body, options }) => ({ status: 201, answer: await redeem(ctx, body, options) }),
    }),
  )
  .post(
    '/redemptions/:id/reversal',
    writing({
      tag: 'Redemptions',
      scope: 'redemptions:write',
      summary: 'Take a redemption back',
      params: redemption,
      body: reverseRedemptionInput,
      example: reversalExample,
      answer: reversalAnswer,
      success: { 201: 'The balance was given back, with its dates.' },
      refusals: ['not_found', 'already_reversed', 'voucher_used', 'order_returned'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await reverseRedemption(ctx, { ...params, ...body }, options),
      }),
    }),
  )
  .get(
    '/vouchers/:code',
    reading({
      tag: 'Redemptions',
      scope: 'redemptions:read',
      summary: 'What a voucher is worth, and whether it still holds',
      params: voucher,
      query: nothing,
      answer: voucherAnswer,
      success: { 200: 'The voucher.' },
      refusals: ['not_found'],
      run: (ctx, { params }) => getVoucher(ctx, params),
    }),
  )
  .post(
    '/vouchers/:code/use',
    writing({
      tag: 'Redemptions',
      scope: 'redemptions:write',
      summary: 'Use a voucher on an order, once',
      params: voucher,
      body: useVoucherInput,
      example: voucherUseExample,
      answer: voucherAnswer,
      success: { 201: 'The voucher is used.' },
      refusals: ['not_found', 'voucher_used', 'voucher_expired', 'voucher_cancelled'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await useVoucher(ctx, { ...params, ...body }, options),
      }),
    }),
  );

import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../../ground/http/api.ts';
import { nothing, reading, writing } from '../../../ground/http/endpoint.ts';
import { idOf, optionalName, pageCursor } from '../../../ground/platform/input.ts';
import { payoutAnswer, payoutsAnswer, toPayoutAnswer } from './answer.ts';
import { listPayouts } from './list-payouts.ts';
import { recordPayment } from './mark-paid.ts';
import { payoutKinds, payoutStates } from './steps.ts';

const payout = z.object({ id: idOf('payout, which is that of the redemption') });

const listQuery = z.strictObject({
  state: z
    .enum(payoutStates)
    .default('to_pay')
    .meta({ description: '`to_pay` from the oldest on, the others from the newest on.' }),
  kind: z.enum(payoutKinds).optional().meta({ description: 'Those of one kind; both unless given.' }),
  cursor: pageCursor.optional(),
});

/** `POST /payouts/{id}/payment` */
const paymentInput = z.strictObject({
  reference: optionalName(200).meta({ description: 'Of the payment, such as that of the bank.' }),
});

export const paymentExample = { reference: 'SEPA 2026-03-02/17' };

/** `/payouts` of the API. */
export const payoutRoutes = new Hono<ApiEnv>()
  .get(
    '/payouts',
    reading({
      tag: 'Redemptions',
      scope: 'redemptions:read',
      summary: 'Payouts and donations: what is to pay, paid or returned',
      params: nothing,
      query: listQuery,
      answer: payoutsAnswer,
      success: { 200: 'A page of them.' },
      refusals: [],
      run: async (ctx, { query: { state, kind = null, cursor = null } }) => {
        const { items, nextCursor } = await listPayouts(ctx, { state, kind, cursor });
        return { items: items.map(toPayoutAnswer), nextCursor };
      },
    }),
  )
  .post(
    '/payouts/:id/payment',
    writing({
      tag: 'Redemptions',
      scope: 'redemptions:write',
      summary: 'Say that a payout was paid, or a donation passed on; the customer is told',
      params: payout,
      body: paymentInput,
      example: paymentExample,
      answer: payoutAnswer,
      success: { 201: 'It is paid.' },
      refusals: ['not_found', 'payout_moved', 'account_in_doubt'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await recordPayment(ctx, { ...params, ...body }, options),
      }),
    }),
  );

import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { idOf, pageCursor } from '../../ground/platform/input.ts';
import { markAnswer, referralAnswer } from './answer.ts';
import { listCustomerReferrals } from './list-customer-referrals.ts';
import { addMark, addMarkInput } from './marks.ts';
import { addMarkExample, tellCodeExample, tellCodeInput } from './schema.ts';
import { tellCode } from './tell-code.ts';

const customer = z.object({ id: idOf('customer') });
const pageQuery = z.strictObject({ cursor: pageCursor.optional() });
const tag = 'Referrals';

/** `/referrals` of the API, and what belongs to them of a customer. */
export const referralRoutes = new Hono<ApiEnv>()
  .post(
    '/referrals',
    writing({
      tag,
      scope: 'customers:write',
      summary: 'Take the code by which somebody was recommended',
      params: nothing,
      body: tellCodeInput,
      example: tellCodeExample,
      answer: referralAnswer,
      success: {
        200: 'The customer had come by this code already.',
        201: 'The referral was written down.',
      },
      refusals: ['not_found', 'referral_off', 'referral_own_code', 'already_referred'],
      run: (ctx, { body, options }) => tellCode(ctx, body, options),
    }),
  )
  .get(
    '/customers/:id/referrals',
    reading({
      tag,
      scope: 'customers:read',
      summary: 'Everybody whom a customer recommended, newest first',
      params: customer,
      query: pageQuery,
      answer: listAnswer(referralAnswer),
      success: { 200: 'A page of referrals.' },
      refusals: ['not_found', 'validation_failed'],
      run: (ctx, { params, query }) =>
        listCustomerReferrals(ctx, { customerId: params.id, cursor: query.cursor }),
    }),
  )
  .post(
    '/customers/:id/marks',
    writing({
      tag,
      scope: 'customers:write',
      summary: 'Tell by what a customer paid, from where or with which device; only a hash is kept',
      params: customer,
      body: addMarkInput,
      example: addMarkExample,
      answer: markAnswer,
      success: { 201: 'The mark is kept, and compared before a referral is paid.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await addMark(ctx, { customerId: params.id, ...body }, options),
      }),
    }),
  );

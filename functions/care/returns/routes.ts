import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { newId } from '../../ground/platform/ids.ts';
import { orderKey } from '../../money/orders/schema.ts';
import { getReturnAnswer, keptReturn } from './get-return.ts';
import { listReturnAnswers } from './list-returns.ts';
import { approveReturn, receiveReturn, refuseReturn } from './move-return.ts';
import { getReturnable, rehearseReturn } from './read-asked.ts';
import { requestReturn } from './request-return.ts';
import {
  listedReturn,
  moveExample,
  moveInput,
  type ReturnAnswer,
  refuseInput,
  rehearsalAnswer,
  rehearseExample,
  rehearseInput,
  requestExample,
  requestInput,
  returnAnswer,
  returnableAnswer,
  returnsQuery,
  settleExample,
  settleInput,
} from './schema.ts';
import { settleReturn } from './settle-return.ts';
import { toReturnPreview } from './to-preview.ts';

const named = z.object({
  reference: z
    .string()
    .max(40)
    .meta({ description: 'What the return is called.', examples: ['K7QX-M2PD'] }),
});
const tag = 'Orders';
const refusals = ['not_found', 'return_not_movable', 'validation_failed'] as const;

/** `/returns` of the API, and what of an order may go back. */
export const returnRoutes = new Hono<ApiEnv>()
  .get(
    '/orders/:source/:number/returnable',
    reading({
      ...{ tag, scope: 'orders:read' as const, params: orderKey, query: nothing },
      summary: 'What of an order may go back until when, and if not, why',
      answer: returnableAnswer,
      success: { 200: 'Its lines.' },
      refusals: ['not_found'],
      run: async (ctx, { params }) => {
        const { isOffered, outcomes, lines } = await getReturnable(ctx, params);
        return {
          ...{ isOffered, outcomes: [...outcomes] },
          lines: lines.map(({ lineId, product, sku, quantityMilli, leftMilli, until, reason }) => ({
            ...{ line: lineId, product: product ?? sku, until, reason },
            ...{ bought: quantityMilli / 1000, left: leftMilli / 1000 },
          })),
        };
      },
    }),
  )
  .get(
    '/returns',
    reading({
      ...{ tag, scope: 'orders:read' as const, params: nothing, query: returnsQuery },
      summary: 'Returns that wait for somebody, or all',
      answer: listAnswer(listedReturn),
      success: { 200: 'A page of 50 at the most.' },
      refusals: ['validation_failed'],
      run: (ctx, { query }) =>
        listReturnAnswers(ctx, { state: query.state ?? 'open', cursor: query.cursor ?? null }),
    }),
  )
  .post(
    '/returns',
    writing({
      ...{ tag, scope: 'orders:write' as const, params: nothing, body: requestInput },
      summary: 'Ask to give lines of an order back',
      example: requestExample,
      answer: returnAnswer,
      success: { 201: 'The return; its customer is told by mail.' },
      refusals: ['not_found', 'validation_failed'],
      kept: keptReturn,
      run: async (ctx, { body, options }) => ({
        status: 201,
        answer: await requestReturn(ctx, body, { key: newId(), ...options }),
      }),
    }),
  )
  .post(
    '/returns/preview',
    writing({
      ...{ tag, scope: 'orders:write' as const, params: nothing, body: rehearseInput },
      summary: 'What a return would give back and do to rewards, before it is asked for',
      example: rehearseExample,
      answer: rehearsalAnswer,
      success: { 200: 'What it would come to, to the cent. Nothing was asked for.' },
      refusals: ['not_found', 'validation_failed'],
      run: async (ctx, { body, options }) => {
        const answer = toReturnPreview(await rehearseReturn(ctx, body));
        await ctx.db.write(options.alongside(answer, 200));
        return { status: 200, answer };
      },
    }),
  )
  .get(
    '/returns/:reference',
    reading({
      ...{ tag, scope: 'orders:read' as const, params: named, query: nothing },
      summary: 'One return with its lines and steps',
      answer: returnAnswer,
      success: { 200: 'The return.' },
      refusals: ['not_found'],
      run: (ctx, { params }) => getReturnAnswer(ctx, params),
    }),
  )
  .post(
    '/returns/:reference/approval',
    writing({
      ...{ tag, scope: 'orders:write' as const, params: named, body: moveInput, example: moveExample },
      summary: 'Agree to a return',
      answer: returnAnswer,
      success: { 201: 'Agreed to; the customer is told.', 200: 'It was before.' },
      refusals: [...refusals],
      kept: keptReturn,
      run: (ctx, { params, body, options }) =>
        asKept(options, (noting) => approveReturn(ctx, { ...params, ...body }, noting)),
    }),
  )
  .post(
    '/returns/:reference/refusal',
    writing({
      ...{ tag, scope: 'orders:write' as const, params: named, body: refuseInput, example: moveExample },
      summary: 'Decline a return, and say why',
      answer: returnAnswer,
      success: { 201: 'Declined; the customer is told.', 200: 'It was before.' },
      refusals: [...refusals],
      kept: keptReturn,
      run: (ctx, { params, body, options }) =>
        asKept(options, (noting) => refuseReturn(ctx, { ...params, ...body }, noting)),
    }),
  )
  .post(
    '/returns/:reference/receipt',
    writing({
      ...{ tag, scope: 'orders:write' as const, params: named, body: moveInput, example: moveExample },
      summary: 'Tell that the things have come',
      answer: returnAnswer,
      success: { 201: 'Told; the customer is told, too.', 200: 'It was before.' },
      refusals: [...refusals],
      kept: keptReturn,
      run: (ctx, { params, body, options }) =>
        asKept(options, (noting) => receiveReturn(ctx, { ...params, ...body }, noting)),
    }),
  )
  .post(
    '/returns/:reference/settlement',
    writing({
      ...{ tag, scope: 'orders:write' as const, params: named, body: settleInput, example: settleExample },
      summary: 'End a return by money, credit or an exchange; rewards follow',
      answer: returnAnswer,
      success: { 201: 'Settled; refund, credit and rewards are booked.', 200: 'It was before.' },
      refusals: [...refusals, 'refund_exceeds_line'],
      kept: keptReturn,
      run: (ctx, { params, body, options }) =>
        asKept(options, (noting) => settleReturn(ctx, { ...params, ...body }, noting)),
    }),
  );

/** The status under which the answer was kept, so that one that is given again has the same. */
async function asKept(
  options: Required<Alongside<ReturnAnswer>>,
  run: (noting: Required<Alongside<ReturnAnswer>>) => Promise<ReturnAnswer>,
): Promise<{ status: 200 | 201; answer: ReturnAnswer }> {
  let status: 200 | 201 = 201;
  const answer = await run({
    alongside: (kept, known) => {
      status = known === 200 ? 200 : 201;
      return options.alongside(kept, status);
    },
  });
  return { status, answer };
}

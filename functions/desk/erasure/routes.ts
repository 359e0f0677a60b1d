import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { instantText, listAnswer } from '../../ground/platform/answer.ts';
import { eraseCustomer, type WrittenErasure } from './erase-customer.ts';
import { listErasures } from './list-erasures.ts';
import { erasureAnswer, erasureExample, erasureInput, erasuresQuery, listedErasure } from './schema.ts';

/** `/erasures` of the API. */
export const erasureRoutes = new Hono<ApiEnv>()
  .get(
    '/erasures',
    reading({
      tag: 'Privacy',
      scope: 'privacy:read',
      summary: 'Who was erased, by ids that name nobody',
      params: nothing,
      query: erasuresQuery,
      answer: listAnswer(listedErasure),
      success: { 200: 'A page of erasures, the oldest first.' },
      refusals: ['validation_failed'],
      run: (ctx, { query }) => listErasures(ctx, query),
    }),
  )
  .post(
    '/erasures',
    writing({
      tag: 'Privacy',
      scope: 'privacy:write',
      summary: 'Erase a customer for good; orders and ledger stay without a name',
      params: nothing,
      body: erasureInput,
      example: erasureExample,
      answer: erasureAnswer,
      success: { 201: 'They are erased, and told by a last mail. It cannot be undone.' },
      refusals: ['not_found'],
      run: async (ctx, { body, options }) => {
        const toAnswer = ({ customerId, at }: WrittenErasure) => ({
          ...{ customerId, words: body.words, at: instantText(at) },
        });
        const erased = await eraseCustomer(ctx, body, {
          alongside: (done, status) => options.alongside(toAnswer(done), status),
        });
        return { status: 201, answer: toAnswer(erased) };
      },
    }),
  );

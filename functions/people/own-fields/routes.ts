import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { getOwnFields } from './get-own-fields.ts';
import { ownFieldAnswer, ownValuesExample, ownValuesInput, ownValuesSetAnswer } from './schema.ts';
import { setOwnValues } from './set-own-values.ts';

/** `/own-fields` of the API, and what they hold of a customer. */
export const ownFieldRoutes = new Hono<ApiEnv>()
  .get(
    '/own-fields',
    reading({
      tag: 'Customers',
      scope: 'customers:read',
      summary: 'The fields that the business defined for its customers',
      params: nothing,
      query: nothing,
      answer: listAnswer(ownFieldAnswer),
      success: { 200: 'All of them, by key.' },
      refusals: ['validation_failed'],
      run: async (ctx) => ({
        items: (await getOwnFields(ctx)).map((field) => ({
          ...field,
          names: { ...field.names },
          choices: [...field.choices],
        })),
        nextCursor: null,
      }),
    }),
  )
  .post(
    '/customers/:id/own-fields',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Fill or empty own fields of a customer',
      params: z.object({ id: idOf('customer') }),
      body: ownValuesInput,
      example: ownValuesExample,
      answer: ownValuesSetAnswer,
      success: { 201: 'They hold this from now on. `keys` are those that changed.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => {
        const values = Object.fromEntries(body.values.map(({ key, value }) => [key, value]));
        return { status: 201, answer: await setOwnValues(ctx, { customerId: params.id, values }, options) };
      },
    }),
  );

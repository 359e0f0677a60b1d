import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { idOf } from '../../ground/platform/input.ts';
import { changedAnswer, preferencesAnswer, preferencesExample, toPreferencesAnswer } from './answer.ts';
import { getPreferencesWithVerdicts } from './get-preferences.ts';
import { preferencesInput } from './schema.ts';
import { setPreferences } from './set-preferences.ts';

const params = z.object({ id: idOf('customer') });

/** `/customers/{id}/preferences` of the API. */
export const preferencesRoutes = new Hono<ApiEnv>()
  .get(
    '/customers/:id/preferences',
    reading({
      tag: 'Customers',
      scope: 'customers:read',
      summary: 'What a customer wants to hear, and whether they may be told now',
      params,
      query: nothing,
      answer: preferencesAnswer,
      success: { 200: 'Each topic and channel, with why not where they may not be told.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id } }) =>
        toPreferencesAnswer(id, await getPreferencesWithVerdicts(ctx, { customerId: id })),
    }),
  )
  .post(
    '/customers/:id/preferences',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Write down what a customer wants to hear, and how you know',
      params,
      body: preferencesInput,
      example: preferencesExample,
      answer: changedAnswer,
      success: { 200: 'What is not named stays; `changed` is empty where all of it held already.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id }, body, options }) => ({
        status: 200,
        answer: await setPreferences(ctx, { ...body, customerId: id }, options),
      }),
    }),
  );

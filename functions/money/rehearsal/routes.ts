import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, writing } from '../../ground/http/endpoint.ts';
import { rehearsalAnswer } from './answer.ts';
import { rehearseOnce } from './rehearse-once.ts';
import { rehearseExample, rehearseInput } from './schema.ts';

/** `/programme` of the API. */
export const rehearsalRoutes = new Hono<ApiEnv>().post(
  '/programme/rehearsals',
  writing({
    tag: 'Programme',
    scope: 'programme:read',
    alsoNeeds: 'orders:read',
    summary: 'What a programme would have cost on the orders so far',
    params: nothing,
    body: rehearseInput,
    example: rehearseExample,
    answer: rehearsalAnswer,
    success: { 200: 'The draft beside the programme in force. Nothing else was written.' },
    refusals: ['setting_is_fixed', 'rehearsal_too_long', 'sum_too_large'],
    run: async (ctx, { body, options }) => ({ status: 200, answer: await rehearseOnce(ctx, body, options) }),
  }),
);

import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { listWaivers } from './list-waivers.ts';
import { endedAnswer, listedWaiver, waiveExample, waiveInput, waiverAnswer, waiversQuery } from './schema.ts';
import { keptWaiver } from './to-answer.ts';
import { endWaiver, waiveMinimum } from './waive-minimum.ts';

/** `/minimum-waivers` of the API. */
export const waiverRoutes = new Hono<ApiEnv>()
  .get(
    '/minimum-waivers',
    reading({
      tag: 'Customers',
      scope: 'customers:read',
      summary: 'Which accounts need not reach a minimum, until when and why',
      params: nothing,
      query: waiversQuery,
      answer: listAnswer(listedWaiver),
      success: {
        200: 'A page of waivers that run, the oldest first, or of those that are over, the newest first.',
      },
      refusals: ['validation_failed'],
      run: (ctx, { query }) =>
        listWaivers(ctx, { state: query.state ?? 'current', cursor: query.cursor ?? null }),
    }),
  )
  .post(
    '/minimum-waivers',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Let an account off the minimum of its orders and vouchers',
      params: nothing,
      body: waiveInput,
      example: waiveExample,
      answer: waiverAnswer,
      success: { 201: 'It need not reach a minimum; a waiver that ran before has ended.' },
      refusals: ['not_found', 'validation_failed'],
      kept: keptWaiver,
      run: async (ctx, { body, options }) => ({
        status: 201,
        answer: await waiveMinimum(ctx, body, options),
      }),
    }),
  )
  .post(
    '/minimum-waivers/:id/end',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'End a waiver before its time',
      params: z.object({ id: idOf('waiver') }),
      body: nothing,
      example: {},
      answer: endedAnswer,
      success: { 201: 'The minimum counts again.' },
      refusals: ['not_found'],
      run: async (ctx, { params, options }) => ({
        status: 201,
        answer: await endWaiver(ctx, params, options),
      }),
    }),
  );

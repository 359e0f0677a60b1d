import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { listMargins } from './list-margins.ts';
import {
  marginAnswer,
  marginsQuery,
  marginsSetAnswer,
  setMarginsExample,
  setMarginsInput,
  toMarginAnswer,
} from './schema.ts';
import { setMargins } from './set-margins.ts';

/** `/margins` of the API. */
export const marginRoutes = new Hono<ApiEnv>()
  .get(
    '/margins',
    reading({
      tag: 'Programme',
      scope: 'settings:read',
      summary: 'What is left of spend when the goods are paid for, by product and category',
      params: nothing,
      query: marginsQuery,
      answer: listAnswer(marginAnswer),
      success: { 200: 'By kind and name.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query: { kind, cursor } }) => {
        const { items, nextCursor } = await listMargins(ctx, { kind, after: cursor });
        return { items: items.map(toMarginAnswer), nextCursor };
      },
    }),
  )
  .post(
    '/margins',
    writing({
      tag: 'Programme',
      scope: 'settings:write',
      summary: 'Tell margins, or take some away',
      params: nothing,
      body: setMarginsInput,
      example: setMarginsExample,
      answer: marginsSetAnswer,
      success: { 200: 'In force from now on, for all spend to date.' },
      refusals: [],
      run: async (ctx, { body, options }) => ({ status: 200, answer: await setMargins(ctx, body, options) }),
    }),
  );

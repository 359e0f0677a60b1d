import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { getHitsOfDays } from './get-hits.ts';
import { hitsAnswer, hitsQuery, toHitsAnswer } from './schema.ts';

/** `/hits` of the API. */
export const hitRoutes = new Hono<ApiEnv>().get(
  '/hits',
  reading({
    tag: 'Hits',
    scope: 'customers:read',
    summary: 'How often pages of the portal were read, by page, language and day',
    params: nothing,
    query: hitsQuery,
    answer: hitsAnswer,
    success: {
      200: 'Up to a few seconds ago, without programs that say that they are some; nobody is named.',
    },
    refusals: [],
    run: async (ctx, { query: { since, until = '', language = null } }) =>
      toHitsAnswer(await getHitsOfDays(ctx, { since, until, language })),
  }),
);

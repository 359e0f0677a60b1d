import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { reading } from '../../ground/http/endpoint.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { listRecommendations } from './list-recommendations.ts';
import { recommendationsAnswer, recommendationsQuery } from './schema.ts';

/** `/customers/{id}/recommendations` of the API. */
export const recommendationRoutes = new Hono<ApiEnv>().get(
  '/customers/:id/recommendations',
  reading({
    tag: 'Customers',
    scope: 'customers:read',
    summary: 'What to recommend to a customer, and why',
    params: z.object({ id: idOf('customer') }),
    query: recommendationsQuery,
    answer: recommendationsAnswer,
    success: { 200: 'The likeliest first. What they never want to see is left out.' },
    refusals: ['not_found', 'account_required', 'validation_failed'],
    run: async (ctx, { params, query }) => {
      const asked = { customerId: params.id, accountId: query.account ?? null, limit: query.limit };
      const { countedAt, ...found } = await listRecommendations(ctx, asked);
      return { ...found, countedAt: countedAt === null ? null : instantText(countedAt) };
    },
  }),
);

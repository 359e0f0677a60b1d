import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { writing } from '../../ground/http/endpoint.ts';
import { orderKey } from '../../money/orders/schema.ts';
import { archiveAnswer, archiveInput, archiveOrder } from './archive-order.ts';

export const archiveExample = { archived: true };

/** `/orders/{source}/{number}/archive` of the API. */
export const archiveRoutes = new Hono<ApiEnv>().post(
  '/orders/:source/:number/archive',
  writing({
    tag: 'Orders',
    scope: 'orders:write',
    summary: 'Put an order out of its people’s sight, or back among the others',
    params: orderKey,
    body: archiveInput,
    example: archiveExample,
    answer: archiveAnswer,
    success: { 200: 'Where it is now. It counts and earns as before.' },
    refusals: ['not_found'],
    run: async (ctx, { params, body, options }) => ({
      status: 200,
      answer: await archiveOrder(ctx, { ...params, ...body }, options),
    }),
  }),
);

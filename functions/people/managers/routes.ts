import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { writing } from '../../ground/http/endpoint.ts';
import { idOf } from '../../ground/platform/input.ts';
import { assignToCustomer } from './assign-to-customer.ts';
import { assignedAnswer, managerExample, managerInput } from './schema.ts';

/** In whose hands a customer is, as the API sets it; `GET /customers/{id}` tells it. */
export const managerRoutes = new Hono<ApiEnv>().post(
  '/customers/:id/manager',
  writing({
    tag: 'Customers',
    scope: 'customers:write',
    summary: 'Give a customer an account manager',
    params: z.object({ id: idOf('customer') }),
    body: managerInput,
    example: managerExample,
    answer: assignedAnswer,
    success: { 200: 'The account is in these hands from now on, or was.' },
    refusals: ['not_found', 'account_required'],
    run: async (ctx, { params, body, options }) => ({
      status: 200,
      answer: await assignToCustomer(ctx, { customerId: params.id, ...body }, options),
    }),
  }),
);

import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { reading } from '../../ground/http/endpoint.ts';
import { idOf } from '../../ground/platform/input.ts';
import { accountQuery } from '../../people/customers/schema.ts';
import { forecastAnswer } from './answer.ts';
import { getCustomerForecast } from './get-customer-forecast.ts';

/** What is to be expected of a customer: `/customers/{id}/forecast` of the API. */
export const forecastRoutes = new Hono<ApiEnv>().get(
  '/customers/:id/forecast',
  reading({
    tag: 'Customers',
    scope: 'customers:read',
    summary: 'What a customer is likely to buy',
    params: z.object({ id: idOf('customer') }),
    query: accountQuery,
    answer: forecastAnswer,
    success: { 200: 'The forecast, or why nothing can be told yet.' },
    refusals: ['not_found', 'account_required', 'validation_failed'],
    run: (ctx, { params, query }) =>
      getCustomerForecast(ctx, { customerId: params.id, accountId: query.account }),
  }),
);

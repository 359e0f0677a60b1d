import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { reading } from '../../ground/http/endpoint.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { idOf } from '../../ground/platform/input.ts';
import { listPlaces, onlyPlace } from '../../money/accounts/places.ts';
import { getForecast } from '../forecasts/get-forecast.ts';
import { getValue } from './get-value.ts';
import { toValueAnswer, valueAnswer, valueQuery } from './schema.ts';

/** `/customers/{id}/value` of the API. */
export const valueRoutes = new Hono<ApiEnv>().get(
  '/customers/:id/value',
  reading({
    tag: 'Customers',
    scope: 'customers:read',
    summary:
      'What a customer’s account is worth: spend to date and expected, rewards, refunds, friends, rank',
    params: z.object({ id: idOf('customer') }),
    query: valueQuery,
    answer: valueAnswer,
    success: { 200: 'In the currency of the business; a minute old.' },
    refusals: ['not_found', 'account_required', 'currency_not_set'],
    run: async (ctx, { params, query }) => {
      const places = await listPlaces(ctx.db, params.id);
      const { rootId } = await onlyPlace(ctx.db, places, query.account ?? null);
      const [value, forecast] = await Promise.all([
        getValue(ctx, { accountId: rootId }),
        getForecast(ctx, { accountId: rootId }),
      ]);
      if (value === null) throw new AppError('currency_not_set', 'The business has no currency yet.');
      return toValueAnswer(value, forecast);
    },
  }),
);

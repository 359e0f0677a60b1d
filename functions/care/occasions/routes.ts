import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { moneyAnswer } from '../../ground/platform/answer.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { AHEAD_DAYS, listComing } from './list-coming.ts';
import { occasionKinds } from './occasion-day.ts';

const answer = z
  .object({
    until: z
      .string()
      .meta({ format: 'date', description: 'The last day that is told.', examples: ['2026-03-31'] }),
    items: z.array(
      z.object({
        customerId: z.string(),
        kind: z.enum(occasionKinds),
        day: z.string().meta({
          format: 'date',
          description: 'The business day; 29 February falls on 1 March in common years.',
          examples: ['2026-03-01'],
        }),
        name: z.string().nullable().meta({ description: 'What a day of their own is called.' }),
        years: z
          .int()
          .nullable()
          .meta({ description: 'How often it will have come round, where that is known.' }),
        isWished: z.boolean().meta({ description: 'Whether they will be wished well.' }),
        gift: moneyAnswer.nullable().meta({ description: 'What they will get with it.' }),
      }),
    ),
  })
  .meta({ id: 'ComingOccasions' });

/** `/occasions` of the API. */
export const occasionRoutes = new Hono<ApiEnv>().get(
  '/occasions',
  reading({
    tag: 'Customers',
    scope: 'customers:read',
    summary: 'Birthdays and other days of customers to come, the next first',
    params: nothing,
    query: z.strictObject({}),
    answer,
    success: { 200: `Of the next ${AHEAD_DAYS} days; 2,000 at the most.` },
    refusals: [],
    run: async (ctx) => {
      const { until, items, currency } = await listComing(ctx);
      return {
        until,
        items: items.map(({ customerId, kind, day, name, years, isWished, giftMinor }) => ({
          ...{ customerId, kind, day, name, years, isWished },
          gift: giftMinor === 0n || currency === null ? null : toMoneyJson(giftMinor, currency),
        })),
      };
    },
  }),
);

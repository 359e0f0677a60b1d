import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { moneyAnswer } from '../../ground/platform/answer.ts';
import { day } from '../../ground/platform/input.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { listBalancedMovements } from './export-movements.ts';
import { groupOf, movementGroups } from './movement-kinds.ts';

/** `GET /movements` */
const movementsQuery = z.strictObject({
  since: day.optional().meta({ description: 'The first business day; from the beginning unless given.' }),
  until: day
    .optional()
    .meta({ description: 'The first business day that is left out; up to now unless given.' }),
});

const movementsAnswer = z
  .object({
    items: z.array(
      z.object({
        day: z.string().meta({ description: 'The business day on which it was posted.' }),
        figure: z
          .enum(movementGroups.map(({ name }) => name))
          .meta({ description: 'The figure of Today and of the books that it is a part of.' }),
        kind: z.string().meta({
          description: 'Of ledger entries; `moved` where orders and credit changed accounts, as by merging.',
          examples: ['earn'],
        }),
        entries: z.int(),
        amount: moneyAnswer.meta({ description: 'Signed.' }),
        balance: moneyAnswer.meta({ description: 'What all balances came to with it, debts below zero.' }),
      }),
    ),
  })
  .meta({ id: 'Movements' });

/** `/movements` of the API. */
export const movementRoutes = new Hono<ApiEnv>().get(
  '/movements',
  reading({
    tag: 'Customers',
    scope: 'customers:read',
    summary: 'What moved the balances of all accounts, by day of posting, currency and kind of movement',
    params: nothing,
    query: movementsQuery,
    answer: movementsAnswer,
    success: { 200: 'By day, currency and kind; a minute old.' },
    refusals: ['validation_failed'],
    run: async (ctx, { query: { since = null, until = null } }) => {
      const movements = await listBalancedMovements(ctx, { since, until });
      return {
        items: movements.map(({ day, currency, kind, entries, minor, balanceMinor }) => ({
          ...{ day, figure: groupOf(kind), kind, entries },
          amount: toMoneyJson(minor, currency),
          balance: toMoneyJson(balanceMinor, currency),
        })),
      };
    },
  }),
);

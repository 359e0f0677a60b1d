import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { reading } from '../../ground/http/endpoint.ts';
import { moneyAnswer } from '../../ground/platform/answer.ts';
import type { Context } from '../../ground/platform/context.ts';
import { pageCursor } from '../../ground/platform/input.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listAttention } from './list-attention.ts';
import { attentionLists, outcomes } from './lists.ts';

const one = z.object({
  list: z.enum(attentionLists).meta({ description: 'Which list.', examples: ['reorders_soon'] }),
});

const attentionQuery = z.strictObject({ cursor: pageCursor.optional() });

const attentionAnswer = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        accountId: z.string(),
        customerId: z.string().nullable().meta({ description: 'Of a person’s own account.' }),
        department: z.string().nullable(),
        saidOn: z.string().meta({ description: 'The business day since which it is named.' }),
        reasons: z.array(z.looseObject({ code: z.string() })).meta({
          description: 'Codes with the values they rest on, as of that day; amounts in minor units.',
        }),
        value: moneyAnswer.nullable().meta({ description: 'Net spend of the 365 days before.' }),
        lastOn: z.string().nullable().meta({ description: 'The last purchase day.' }),
        assignedTo: z.string().nullable().meta({ description: 'The id of a member of staff.' }),
        outcome: z.enum(outcomes).nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: 'Attention' });

/** `/attention` of the API. */
export const attentionRoutes = new Hono<ApiEnv>().get(
  '/attention/:list',
  reading({
    tag: 'Customers',
    scope: 'customers:read',
    summary: 'Accounts that a list names today and why, those that are worth most first',
    params: one,
    query: attentionQuery,
    answer: attentionAnswer,
    success: { 200: 'A page of 30 at the most; what was put off or closed is left out.' },
    refusals: ['validation_failed'],
    run: (ctx, { params: { list }, query: { cursor = null } }) => answer(ctx, { list, cursor }),
  }),
);

async function answer(
  ctx: Context,
  asked: { list: (typeof attentionLists)[number]; cursor: string | null },
): Promise<z.output<typeof attentionAnswer>> {
  const [{ currency }, { items, nextCursor }] = await Promise.all([
    getBusiness(ctx),
    listAttention(ctx, asked),
  ]);
  return {
    items: items.map(({ valueMinor, assignedTo, name: _, list: __, snoozedUntil: ___, ...item }) => ({
      ...item,
      value: currency === null ? null : toMoneyJson(valueMinor, currency),
      assignedTo: assignedTo?.id ?? null,
    })),
    nextCursor,
  };
}

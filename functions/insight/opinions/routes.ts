import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { toMoneyJson } from '../../ground/platform/money.ts';
import { getGaps } from './get-gaps.ts';
import { getOpinions, type Opinions } from './get-opinions.ts';
import { listOpinions } from './list-opinions.ts';
import {
  gapsAnswer,
  gapsQuery,
  type OpinionsAnswer,
  opinionListAnswer,
  opinionsAnswer,
  opinionsQuery,
} from './schema.ts';

const moneyOrNull = (minor: bigint, currency: string | null) =>
  currency === null ? null : toMoneyJson(minor, currency);

const described = { tag: 'Feedback', scope: 'feedback:read' } as const;

/** `/opinions` and `/accounts/{id}/opinions` of the API. */
export const opinionRoutes = new Hono<ApiEnv>()
  .get(
    '/opinions',
    reading({
      ...described,
      alsoNeeds: 'customers:read',
      summary: 'Accounts by how far they trust, or are committed to, the business',
      params: nothing,
      query: opinionsQuery,
      answer: opinionListAnswer,
      success: { 200: 'A page of 50 at the most, the lowest first.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { items, nextCursor, currency } = await listOpinions(ctx, query);
        return {
          nextCursor,
          items: items.map(({ id, name: _, kind: __, answeredAt, yearSpendMinor, ...told }) => ({
            ...told,
            accountId: id,
            answeredAt: instantText(answeredAt),
            yearSpend: moneyOrNull(yearSpendMinor, currency),
          })),
        };
      },
    }),
  )
  .get(
    '/opinions/topics',
    reading({
      ...described,
      summary: 'How much each topic matters to people, and how well they find it done',
      params: nothing,
      query: gapsQuery,
      answer: gapsAnswer,
      success: {
        200: 'The widest gap of the most important first; nothing is told of fewer than five people.',
      },
      refusals: ['validation_failed', 'not_found'],
      run: async (ctx, { query }) => ({ items: await getGaps(ctx, query) }),
    }),
  )
  .get(
    '/accounts/:id/opinions',
    reading({
      ...described,
      alsoNeeds: 'customers:read',
      summary: 'What the people of an account think, beside what it bought',
      params: z.object({ id: idOf('account') }),
      query: nothing,
      answer: opinionsAnswer,
      success: { 200: 'Each contact counts once, by the newest answer.' },
      refusals: ['not_found'],
      run: async (ctx, { params }) => answer(await getOpinions(ctx, { accountId: params.id })),
    }),
  );

function answer({ account, currency, quarters, contacts, ...told }: Opinions): OpinionsAnswer {
  return {
    ...told,
    accountId: account.id,
    quarters: quarters.map(({ spendMinor, ...one }) => ({
      ...one,
      spend: moneyOrNull(spendMinor, currency),
    })),
    contacts: contacts.map(({ name: _, askedAt, answers, ...one }) => ({
      ...one,
      askedAt: askedAt === null ? null : instantText(askedAt),
      answers: answers.map(({ at, ...scores }) => ({ at: instantText(at), ...scores })),
    })),
  };
}

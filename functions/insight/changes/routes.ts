import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { instantAnswer, instantText, listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { scoredKinds } from '../../voice/surveys/asked-parts.ts';
import { type Effect, getEffect, listEffects } from './get-effects.ts';

const ends = { from: z.number(), to: z.number() };
const rate = z
  .object({ value: z.number(), ...ends })
  .nullable()
  .meta({ description: 'With its interval of 95 %; null where there is nothing to divide by.' });

const side = z.object({
  cases: z.int(),
  orders: z.int(),
  weeks: z.int(),
  perWeek: rate,
  perThousandOrders: rate,
});

const effectAnswer = z
  .object({
    id: z.string().meta({ description: 'Of the cause.' }),
    name: z.string(),
    text: z.record(z.string(), z.string()),
    publishedAt: instantAnswer,
    cases: z
      .object({
        before: side,
        after: side,
        ratio: z
          .object({
            value: z.number().nullable().meta({ description: 'Null: no case before.' }),
            from: z.number(),
            to: z.number().nullable().meta({ description: 'Null: without a bound.' }),
            isClear: z.boolean(),
          })
          .nullable()
          .meta({
            description: 'Cases per order after, as a multiple of before; null while it cannot be told.',
          }),
      })
      .nullable()
      .meta({ description: 'Null in the first week.' }),
  })
  .meta({
    id: 'ChangeEffect',
    description: 'That one follows the other does not show that it is because of it.',
  });

const opinion = z
  .object({ n: z.int(), mean: z.number(), interval: z.object(ends).nullable() })
  .nullable()
  .meta({ description: 'Null of fewer than five people.' });

const changeAnswer = effectAnswer.extend({
  scores: z.array(
    z.object({
      kind: z.enum(scoredKinds),
      before: opinion,
      after: opinion,
      change: z
        .object({
          n: z.int(),
          mean: z.number(),
          interval: z.object(ends).nullable(),
          isBeyondNoise: z.boolean().nullable(),
        })
        .nullable(),
    }),
  ),
});

const described = { tag: 'Feedback', scope: 'feedback:read', query: nothing } as const;

/** `/changes` of the API. */
export const changeRoutes = new Hono<ApiEnv>()
  .get(
    '/changes',
    reading({
      ...described,
      summary: 'Published changes with the cases of their cause before and after',
      params: nothing,
      answer: listAnswer(effectAnswer),
      success: { 200: 'The newest first, twenty at the most; there is no second page.' },
      refusals: [],
      run: async (ctx) => ({ items: (await listEffects(ctx)).map(answer), nextCursor: null }),
    }),
  )
  .get(
    '/changes/:id',
    reading({
      ...described,
      summary: 'A published change, with the scores of those who had said it before and since',
      params: z.object({ id: idOf('cause') }),
      answer: changeAnswer,
      success: { 200: 'Nothing is told of fewer than five people.' },
      refusals: ['not_found'],
      run: async (ctx, { params }) => {
        const { scores, ...effect } = await getEffect(ctx, params);
        return { ...answer(effect), scores };
      },
    }),
  );

function answer({ cases, publishedAt, ...told }: Effect): z.infer<typeof effectAnswer> {
  const ratio = cases?.ratio ?? null;
  return {
    ...told,
    publishedAt: instantText(publishedAt),
    cases: cases && {
      ...cases,
      ratio: ratio && { ...ratio, value: finite(ratio.value), to: finite(ratio.to) },
    },
  };
}

const finite = (figure: number) => (Number.isFinite(figure) ? figure : null);

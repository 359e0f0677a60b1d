import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import type { KeyContext } from '../../ground/http/authenticate.ts';
import { nothing, reading } from '../../ground/http/endpoint.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getNumbers, type NumbersView } from './get-numbers.ts';
import { getSegmentProfile } from './get-segment-profile.ts';
import { segmentProfileAnswer, toSegmentProfileAnswer } from './profile-schema.ts';
import {
  intervalsAnswer,
  retentionAnswer,
  rfmAnswer,
  seasonsAnswer,
  spendAnswer,
  toIntervalsAnswer,
  toRetentionAnswer,
  toRfmAnswer,
  toSeasonsAnswer,
  toSpendAnswer,
  toTypicalKindsAnswer,
  typicalKindsAnswer,
} from './schema.ts';

const notCounted = () => new AppError('not_found', 'These figures were not counted yet.');

/** One of the figures over all accounts; nobody is named in them. */
const figures = <Answer extends z.ZodType>(
  summary: string,
  answer: Answer,
  toAnswer: (view: NumbersView) => z.output<Answer>,
) =>
  reading({
    ...{ tag: 'Customers', scope: 'customers:read', params: nothing, query: nothing },
    ...{ summary, answer },
    success: { 200: 'As they were counted last: each business day, and every ten minutes after news.' },
    refusals: ['not_found'],
    run: async (ctx: KeyContext) => {
      const view = await getNumbers(ctx);
      if (view === null) throw notCounted();
      return toAnswer(view);
    },
  });

/** The figures over all accounts, and those of a segment. */
export const numberRoutes = new Hono<ApiEnv>()
  .get('/numbers/rfm', figures('Recency, frequency and monetary value, in fifths', rfmAnswer, toRfmAnswer))
  .get(
    '/numbers/retention',
    figures('Who comes back, by the month of the first purchase', retentionAnswer, toRetentionAnswer),
  )
  .get('/numbers/spend', figures('What is spent in a year, and the top tenth', spendAnswer, toSpendAnswer))
  .get('/numbers/intervals', figures('How long between purchases', intervalsAnswer, toIntervalsAnswer))
  .get('/numbers/seasons', figures('What is bought by month and by weekday', seasonsAnswer, toSeasonsAnswer))
  .get(
    '/numbers/typical',
    figures('How a typical account of each kind buys', typicalKindsAnswer, toTypicalKindsAnswer),
  )
  .get(
    '/segments/:id/profile',
    reading({
      tag: 'Segments',
      scope: 'segments:read',
      alsoNeeds: 'customers:read',
      summary: 'How a typical account of a segment buys and what it is worth, beside all accounts',
      params: z.object({
        id: z
          .string()
          .max(100)
          .meta({ description: 'The id of the segment.', examples: ['regular-readers'] }),
      }),
      query: nothing,
      answer: segmentProfileAnswer,
      success: { 200: 'As it was counted last; nobody is named.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id } }) => {
        const profile = await getSegmentProfile(ctx, { id });
        if (profile === null) throw notCounted();
        return toSegmentProfileAnswer(profile);
      },
    }),
  );

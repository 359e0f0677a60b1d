import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { countSegment } from './count-segment.ts';
import { explainNamed } from './explain-named.ts';
import { getSegment, listSegments } from './list-segments.ts';
import {
  countSegmentExample,
  countSegmentInput,
  segmentAnswer,
  segmentCountAnswer,
  segmentSetAnswer,
  segmentWhyAnswer,
  setSegmentExample,
  setSegmentInput,
  toSegmentAnswer,
  toWhyAnswer,
} from './schema.ts';
import { setAndAsk } from './set-and-ask.ts';

const params = z.object({
  id: z
    .string()
    .max(100)
    .meta({ description: 'The id of the segment.', examples: ['regular-readers'] }),
});
const read = { tag: 'Segments', scope: 'segments:read' } as const;

/** `/segments` of the API; who is in one is told by `reach/exports`. */
export const segmentRoutes = new Hono<ApiEnv>()
  .get(
    '/segments',
    reading({
      ...read,
      summary: 'All segments, by id',
      params: nothing,
      query: nothing,
      answer: listAnswer(segmentAnswer),
      success: {
        200: 'Each with what it asks and how many accounts are in it. Keys without `customers:read` are not told values that name people or accounts.',
      },
      refusals: [],
      run: async (ctx) => ({ items: (await listSegments(ctx)).map(toSegmentAnswer), nextCursor: null }),
    }),
  )
  .post(
    '/segments',
    writing({
      tag: 'Segments',
      scope: 'segments:write',
      summary: 'Say what a segment asks',
      params: nothing,
      body: setSegmentInput,
      example: setSegmentExample,
      answer: segmentSetAnswer,
      success: {
        201: 'There is such a segment from now on; it is asked at once.',
        200: 'It asks something else from now on, or the same.',
      },
      refusals: [],
      run: (ctx, { body, options }) => setAndAsk(ctx, body, options),
    }),
  )
  .post(
    '/segments/counts',
    writing({
      ...read,
      summary: 'How many accounts a question fits, without keeping it',
      params: nothing,
      body: countSegmentInput,
      example: countSegmentExample,
      answer: segmentCountAnswer,
      success: { 200: 'As of now, or of the moment that is named.' },
      refusals: [],
      run: async (ctx, { body, options }) => {
        const { accounts } = await countSegment(ctx, { ...body, path: 'definition' });
        await ctx.db.write(options.alongside({ accounts }, 200));
        return { status: 200, answer: { accounts } };
      },
    }),
  )
  .get(
    '/segments/:id',
    reading({
      ...read,
      summary: 'One segment',
      params,
      query: nothing,
      answer: segmentAnswer,
      success: { 200: 'What it asks, and how many accounts are in it.' },
      refusals: ['not_found'],
      run: async (ctx, { params: { id } }) => toSegmentAnswer(await getSegment(ctx, { id })),
    }),
  )
  .get(
    '/segments/:id/why',
    reading({
      ...read,
      alsoNeeds: 'customers:read',
      summary: 'Why a customer is in a segment, or is not',
      params,
      query: z.strictObject({
        email: emailOfKnown.meta({
          description: 'The email of the customer.',
          examples: ['ann@example.com'],
        }),
      }),
      answer: segmentWhyAnswer,
      success: { 200: 'Rule by rule with the values, for each account of the customer.' },
      refusals: ['not_found', 'validation_failed'],
      run: async (ctx, { params: { id }, query: { email } }) =>
        toWhyAnswer(id, await explainNamed(ctx, { id, email })),
    }),
  );

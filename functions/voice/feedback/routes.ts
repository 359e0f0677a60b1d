import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { idOf } from '../../ground/platform/input.ts';
import { feedbackListAnswer, feedbackThreadAnswer, messageAnswer, receiptAnswer } from './answer.ts';
import { answerFeedback } from './answer-feedback.ts';
import { areaRoutes } from './areas/routes.ts';
import { causeRoutes } from './causes/routes.ts';
import { answerExample, feedbackExample, serverExample } from './examples.ts';
import { getFeedback } from './get-feedback.ts';
import { listFeedback } from './list-feedback.ts';
import { recordFeedback } from './record-feedback.ts';
import { answerInput, listFeedbackQuery, recordFeedbackInput, serverInput } from './schema.ts';
import { setServer } from './set-server.ts';

const one = z.object({ id: idOf('feedback') });

/** `/feedback` and `/causes` of the API. */
export const feedbackRoutes = new Hono<ApiEnv>()
  .route('/', areaRoutes)
  .route('/', causeRoutes)
  .post(
    '/feedback',
    writing({
      tag: 'Feedback',
      scope: 'feedback:write',
      summary: 'Record what somebody told you elsewhere; without a customer it is nobody’s',
      params: nothing,
      body: recordFeedbackInput,
      example: feedbackExample,
      answer: receiptAnswer,
      success: {
        201: 'It was recorded; a case is open when `replyDueAt` is set.',
        200: 'The link of its mention was recorded before: this is that feedback.',
      },
      refusals: ['not_found'],
      run: async (ctx, { body, options }) => {
        const { receipt, isKnown } = await recordFeedback(ctx, body, options);
        return { status: isKnown ? 200 : 201, answer: receipt };
      },
    }),
  )
  .get(
    '/feedback',
    reading({
      tag: 'Feedback',
      scope: 'feedback:read',
      summary: 'Feedback, oldest first, by kind, period and state',
      params: nothing,
      query: listFeedbackQuery,
      answer: feedbackListAnswer,
      success: { 200: 'A page of 50 at the most.' },
      refusals: [],
      run: (ctx, { query }) => listFeedback(ctx, query),
    }),
  )
  .get(
    '/feedback/:id',
    reading({
      tag: 'Feedback',
      scope: 'feedback:read',
      summary: 'One feedback with all that was said since',
      params: one,
      query: nothing,
      answer: feedbackThreadAnswer,
      success: { 200: 'The feedback.' },
      refusals: ['not_found'],
      run: (ctx, { params }) => getFeedback(ctx, params),
    }),
  )
  .post(
    '/feedback/:id/messages',
    writing({
      tag: 'Feedback',
      scope: 'feedback:write',
      summary: 'Answer the customer, or write down what was answered elsewhere',
      params: one,
      body: answerInput,
      example: answerExample,
      answer: messageAnswer,
      success: { 201: 'The answer was kept; the customer is told but of what was answered elsewhere.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await answerFeedback(ctx, { feedbackId: params.id, ...body }, options),
      }),
    }),
  )
  .post(
    '/feedback/:id/server',
    writing({
      tag: 'Feedback',
      scope: 'feedback:write',
      summary: 'Say who of the team served whoever wrote',
      params: one,
      body: serverInput,
      example: serverExample,
      answer: z.object({ id: z.string(), servedById: z.string().nullable() }),
      success: { 200: 'Who it is now.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => ({
        status: 200,
        answer: await setServer(ctx, { feedbackId: params.id, ...body }, options),
      }),
    }),
  );

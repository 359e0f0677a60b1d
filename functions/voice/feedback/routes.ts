import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { idOf } from '../../ground/platform/input.ts';
import { feedbackListAnswer, feedbackThreadAnswer, messageAnswer, receiptAnswer } from './answer.ts';
import { answerFeedback } from './answer-feedback.ts';
import { answerExample, feedbackExample } from './examples.ts';
import { getFeedback } from './get-feedback.ts';
import { listFeedback } from './list-feedback.ts';
import { recordFeedback } from './record-feedback.ts';
import { answerInput, listFeedbackQuery, recordFeedbackInput } from './schema.ts';

const one = z.object({ id: idOf('feedback') });

/** `/feedback` of the API. */
export const feedbackRoutes = new Hono<ApiEnv>()
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
      success: { 201: 'It was recorded; a case is open when `replyDueAt` is set.' },
      refusals: ['not_found'],
      run: async (ctx, { body, options }) => ({
        status: 201,
        answer: await recordFeedback(ctx, body, options),
      }),
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
      summary: 'Answer the customer; a case is opened where there is none',
      params: one,
      body: answerInput,
      example: answerExample,
      answer: messageAnswer,
      success: { 201: 'The answer was kept, and the customer is told.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => ({
        status: 201,
        answer: await answerFeedback(ctx, { feedbackId: params.id, ...body }, options),
      }),
    }),
  );

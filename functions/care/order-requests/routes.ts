import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { answerOrderRequest, declineOrderRequest } from './answer-request.ts';
import { keptRequest } from './kept-request.ts';
import { getRequest, listRequests } from './list-requests.ts';
import { placeRequest } from './place-request.ts';
import { toRequestAnswer } from './request.ts';
import {
  answerRequestExample,
  answerRequestInput,
  declineRequestExample,
  declineRequestInput,
  placeRequestExample,
  placeRequestInput,
  requestAnswer,
  requestsQuery,
} from './schema.ts';

const params = z.object({ id: idOf('request') });

/** `/order-requests` of the API. */
export const requestRoutes = new Hono<ApiEnv>()
  .get(
    '/order-requests',
    reading({
      tag: 'Orders',
      scope: 'orders:read',
      summary: 'What customers ask for about orders: goods again, goods of the order form, a cancellation',
      params: nothing,
      query: requestsQuery,
      answer: listAnswer(requestAnswer),
      success: { 200: 'Those that wait, the oldest first, or those that are decided, the newest first.' },
      refusals: ['validation_failed'],
      run: async (ctx, { query }) => {
        const { items, nextCursor } = await listRequests(ctx, {
          state: query.state,
          cursor: query.cursor ?? null,
        });
        return { items: items.map(toRequestAnswer), nextCursor };
      },
    }),
  )
  .get(
    '/order-requests/:id',
    reading({
      tag: 'Orders',
      scope: 'orders:read',
      summary: 'One request',
      params,
      query: nothing,
      answer: requestAnswer,
      success: { 200: 'What was asked for, and what became of it.' },
      refusals: ['not_found'],
      run: async (ctx, asked) => toRequestAnswer(await getRequest(ctx, asked.params)),
    }),
  )
  .post(
    '/order-requests',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Ask for goods, or for an order to be cancelled, on behalf of a customer',
      params: nothing,
      body: placeRequestInput,
      example: placeRequestExample,
      answer: requestAnswer,
      success: { 201: 'It waits for an answer. It is no order and earns nothing.' },
      refusals: ['not_found', 'account_required', 'forbidden', 'validation_failed'],
      kept: keptRequest,
      run: async (ctx, { body, options }) => ({
        status: 201,
        answer: toRequestAnswer(await placeRequest(ctx, body, options)),
      }),
    }),
  )
  .post(
    '/order-requests/:id/answer',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Answer a request, with the order that was recorded for it or in words',
      params,
      body: answerRequestInput,
      example: answerRequestExample,
      answer: requestAnswer,
      success: { 201: 'The customer is told; an order that was to be cancelled is cancelled.' },
      refusals: ['not_found', 'already_decided', 'validation_failed'],
      kept: keptRequest,
      run: async (ctx, { params: { id }, body, options }) => ({
        status: 201,
        answer: toRequestAnswer(await answerOrderRequest(ctx, { id, ...body }, options)),
      }),
    }),
  )
  .post(
    '/order-requests/:id/decline',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Decline a request, with why',
      params,
      body: declineRequestInput,
      example: declineRequestExample,
      answer: requestAnswer,
      success: { 201: 'The customer is told.' },
      refusals: ['not_found', 'already_decided', 'validation_failed'],
      kept: keptRequest,
      run: async (ctx, { params: { id }, body, options }) => ({
        status: 201,
        answer: toRequestAnswer(await declineOrderRequest(ctx, { id, ...body }, options)),
      }),
    }),
  );

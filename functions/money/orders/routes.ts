import { Hono } from 'hono';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { listedOrderAnswer, orderAnswer, orderPreviewAnswer } from './answer.ts';
import { giveOrderExample, orderEventExample, orderExample, refundExample } from './examples.ts';
import { getOrder } from './get-order.ts';
import { keptOrder } from './kept-order.ts';
import { listOrders } from './list-orders.ts';
import { previewOnce } from './preview-once.ts';
import { recordEvent } from './record-event.ts';
import { buyerOf, recordOrder } from './record-order.ts';
import { recordRefund } from './record-refund.ts';
import {
  giveOrderInput,
  listOrdersQuery,
  orderEventInput,
  orderKey,
  recordOrderInput,
  refundInput,
} from './schema.ts';
import { giveOrder } from './waiting/give-order.ts';

const statusOf = (outcome: 'created' | 'completed' | 'unchanged') => (outcome === 'created' ? 201 : 200);

/** `/orders` of the API. */
export const orderRoutes = new Hono<ApiEnv>()
  .post(
    '/orders',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Record an order, or complete one that is known',
      params: nothing,
      body: recordOrderInput,
      example: orderExample,
      answer: orderAnswer,
      success: {
        201: 'The order was recorded.',
        200: 'The order was known: it was completed, or nothing changed.',
      },
      refusals: ['order_contradicts', 'order_of_another_account'],
      kept: keptOrder,
      run: async (ctx, { body, options }) => {
        const { outcome, order } = await recordOrder(ctx, body, options);
        return { status: statusOf(outcome), answer: order };
      },
    }),
  )
  .post(
    '/orders/preview',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      alsoNeeds: 'customers:read',
      summary: 'What an order would bring its customer, before it is recorded',
      params: nothing,
      body: recordOrderInput,
      example: orderExample,
      answer: orderPreviewAnswer,
      success: { 200: 'What it would earn, and the balance before and after. The order was not recorded.' },
      refusals: ['order_contradicts', 'order_of_another_account'],
      run: async (ctx, { body, options }) => ({
        status: 200,
        answer: await previewOnce(ctx, body, options),
      }),
    }),
  )
  .get(
    '/orders',
    reading({
      tag: 'Orders',
      scope: 'orders:read',
      summary: 'All orders, the last recorded first, or those that a filter means',
      params: nothing,
      query: listOrdersQuery,
      answer: listAnswer(listedOrderAnswer),
      success: { 200: 'A page of 50 at the most.' },
      refusals: ['validation_failed'],
      run: (ctx, { query }) => listOrders(ctx, query),
    }),
  )
  .get(
    '/orders/:source/:number',
    reading({
      tag: 'Orders',
      scope: 'orders:read',
      summary: 'One order with its events, refunds and rewards',
      params: orderKey,
      query: nothing,
      answer: orderAnswer,
      success: { 200: 'The order.' },
      refusals: ['not_found'],
      run: (ctx, { params }) => getOrder(ctx, params),
    }),
  )
  .post(
    '/orders/:source/:number/events',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Tell that an order reached a state',
      params: orderKey,
      body: orderEventInput,
      example: orderEventExample,
      answer: orderAnswer,
      success: { 201: 'The event was recorded.', 200: 'This source told this event before.' },
      refusals: ['not_found'],
      kept: keptOrder,
      run: async (ctx, { params, body, options }) => {
        const { outcome, order } = await recordEvent(ctx, { ...params, event: body }, options);
        return { status: statusOf(outcome), answer: order };
      },
    }),
  )
  .post(
    '/orders/:source/:number/refunds',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Record money given back on an order',
      params: orderKey,
      body: refundInput,
      example: refundExample,
      answer: orderAnswer,
      success: { 201: 'The refund was recorded.', 200: 'This refund was recorded before.' },
      refusals: ['not_found', 'refund_exceeds_line'],
      kept: keptOrder,
      run: async (ctx, { params, body, options }) => {
        const { outcome, order } = await recordRefund(ctx, { ...params, refund: body }, options);
        return { status: statusOf(outcome), answer: order };
      },
    }),
  )
  .post(
    '/orders/:source/:number/customer',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Say whose an order is that came without a customer',
      params: orderKey,
      body: giveOrderInput,
      example: giveOrderExample,
      answer: orderAnswer,
      success: { 200: "The order is that customer's, now or before, and earns like any other." },
      refusals: ['not_found', 'order_contradicts', 'order_of_another_account'],
      kept: keptOrder,
      run: async (ctx, { params, body, options }) => {
        const buyer = buyerOf(body.customer);
        const customerName = body.customer.name;
        const { order } = await giveOrder(ctx, { ...params, buyer, customerName }, options);
        return { status: 200, answer: order };
      },
    }),
  );

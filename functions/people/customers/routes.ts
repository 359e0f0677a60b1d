import { Hono } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '../../ground/http/api.ts';
import { nothing, reading, writing } from '../../ground/http/endpoint.ts';
import { listAnswer } from '../../ground/platform/answer.ts';
import { idOf } from '../../ground/platform/input.ts';
import { balanceAnswer } from '../../money/accounts/balance-answer.ts';
import { orderAnswer } from '../../money/orders/answer.ts';
import { addCustomer } from './add-customer.ts';
import { customerAnswer, customersAnswer, entriesAnswer } from './answer.ts';
import { correctCustomer } from './correct-customer.ts';
import { findCustomers } from './find-customers.ts';
import { getBalance } from './get-balance.ts';
import { getCustomer } from './get-customer.ts';
import { listCustomerOrders } from './list-customer-orders.ts';
import { listLedger } from './list-ledger.ts';
import {
  accountPageQuery,
  accountQuery,
  addCustomerExample,
  addCustomerInput,
  addedCustomerAnswer,
  correctCustomerExample,
  correctCustomerInput,
  correctedCustomerAnswer,
  findCustomersInput,
} from './schema.ts';

const customer = z.object({ id: idOf('customer') });
const described = { tag: 'Customers', scope: 'customers:read' } as const;

/** `/customers` of the API. */
export const customerRoutes = new Hono<ApiEnv>()
  .get(
    '/customers',
    reading({
      ...described,
      summary: 'Customers by email',
      params: nothing,
      query: findCustomersInput,
      answer: customersAnswer,
      success: { 200: 'The customer with this email, or none.' },
      refusals: ['validation_failed'],
      run: (ctx, { query }) => findCustomers(ctx, query),
    }),
  )
  .post(
    '/customers',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Add a customer whom no order has told of',
      params: nothing,
      body: addCustomerInput,
      example: addCustomerExample,
      answer: addedCustomerAnswer,
      success: { 201: 'They are a customer, not signed up yet. `key` is told where there is no email.' },
      refusals: [],
      run: async (ctx, { body, options }) => ({ status: 201, answer: await addCustomer(ctx, body, options) }),
    }),
  )
  .patch(
    '/customers/:id',
    writing({
      tag: 'Customers',
      scope: 'customers:write',
      summary: 'Correct what is kept of a customer',
      params: customer,
      body: correctCustomerInput,
      example: correctCustomerExample,
      answer: correctedCustomerAnswer,
      success: { 200: '`fields` are those that changed. The email of who has joined is theirs to change.' },
      refusals: ['not_found'],
      run: async (ctx, { params, body, options }) => ({
        status: 200,
        answer: await correctCustomer(ctx, { ...body, customerId: params.id }, options),
      }),
    }),
  )
  .get(
    '/customers/:id',
    reading({
      ...described,
      summary: 'One customer with their accounts',
      params: customer,
      query: nothing,
      answer: customerAnswer,
      success: { 200: 'The customer.' },
      refusals: ['not_found'],
      run: (ctx, { params }) => getCustomer(ctx, params),
    }),
  )
  .get(
    '/customers/:id/orders',
    reading({
      ...described,
      summary: "A customer's orders, newest first",
      alsoNeeds: 'orders:read',
      params: customer,
      query: accountPageQuery,
      answer: listAnswer(orderAnswer),
      success: { 200: 'A page of orders.' },
      refusals: ['not_found', 'account_required', 'validation_failed'],
      run: (ctx, { params, query }) =>
        listCustomerOrders(ctx, { customerId: params.id, accountId: query.account, cursor: query.cursor }),
    }),
  )
  .get(
    '/customers/:id/balance',
    reading({
      ...described,
      summary: 'What a customer has to spend, and how far the next target is',
      params: customer,
      query: accountQuery,
      answer: balanceAnswer,
      success: { 200: 'The balance.' },
      refusals: ['not_found', 'account_required', 'validation_failed'],
      run: (ctx, { params, query }) => getBalance(ctx, { customerId: params.id, accountId: query.account }),
    }),
  )
  .get(
    '/customers/:id/ledger',
    reading({
      ...described,
      summary: 'Every entry of the ledger with its explanation, newest first',
      params: customer,
      query: accountPageQuery,
      answer: entriesAnswer,
      success: { 200: 'A page of entries.' },
      refusals: ['not_found', 'account_required', 'validation_failed'],
      run: (ctx, { params, query }) =>
        listLedger(ctx, { customerId: params.id, accountId: query.account, cursor: query.cursor }),
    }),
  );

import { expect, test } from 'vitest';
import type { z } from 'zod';
import { createApp } from '../../../functions/app.ts';
import { listAnswer } from '../../../functions/ground/platform/answer.ts';
import { balanceAnswer } from '../../../functions/money/accounts/balance-answer.ts';
import { orderAnswer } from '../../../functions/money/orders/answer.ts';
import { orderExample, refundExample } from '../../../functions/money/orders/examples.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import {
  customerAnswer,
  customersAnswer,
  entriesAnswer,
} from '../../../functions/people/customers/answer.ts';
import { halfBack } from '../../support/programmes.ts';
import { createTestApi, post } from '../../support/test-api.ts';

const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** Ann with an order of her own and one of ACME's; Bea with one of her own. */
async function createCustomers() {
  const { ctx, app, bearer } = await createTestApi({ build: createApp });
  await setProgramme(ctx, halfBack);
  const headers = { Authorization: await bearer('orders:read', 'orders:write', 'customers:read') };
  const order = async (change: object) => {
    const body = { ...orderExample, account: null, department: null, status: 'delivered', ...change };
    return (await app.request('/api/v1/orders', post(body, headers))).json();
  };
  const ann = await order({ number: '1' });
  const acme = await order({ number: '2', account: 'ACME' });
  const bea = await order({ number: '3', customer: { email: 'bea@example.com', name: 'Bea' } });
  const get = async (path: string) => {
    const response = await app.request(`/api/v1/customers${path}`, { headers });
    return { status: response.status, json: await response.json() };
  };
  return { app, headers, ann, acme, bea, get };
}

function expectShape(schema: z.ZodType, json: unknown): void {
  expect(schema.parse(json)).toEqual(json);
}

test('finds a customer by email, however it is written', async () => {
  const { get, ann } = await createCustomers();
  const { status, json } = await get('?email=%20ANN@example.com');
  expect(status).toBe(200);
  expectShape(customersAnswer, json);
  expect(json.items).toMatchObject([{ id: ann.customerId, email: 'ann@example.com', claimed: false }]);
  expect((await get('?email=nobody@example.com')).json).toEqual({ items: [], nextCursor: null });
});

test.each(['', '?email=ann', '?email=ann@example.com&name=Ann'])(
  'refuses to search by "%s"',
  async (query) => {
    const { get } = await createCustomers();
    const { status, json } = await get(query);
    expect([status, json.code]).toEqual([422, 'validation_failed']);
  },
);

test('shows a customer with their accounts', async () => {
  const { get, ann, acme } = await createCustomers();
  const { json } = await get(`/${ann.customerId}`);
  expectShape(customerAnswer, json);
  expect(json.accounts).toEqual(
    expect.arrayContaining([
      { id: ann.accountId, name: null, currency: 'EUR', minimumWaived: null },
      { id: acme.accountId, name: 'ACME', currency: 'EUR', minimumWaived: null },
    ]),
  );
});

const lists = ['balance', 'ledger', 'orders'];

test.each(lists)('asks which account is meant for the %s of a customer with two', async (list) => {
  const { get, ann } = await createCustomers();
  const { status, json } = await get(`/${ann.customerId}/${list}`);
  expect([status, json.code]).toEqual([409, 'account_required']);
});

test.each(lists)("answers 404 for the %s of somebody else's account", async (list) => {
  const { get, ann, bea } = await createCustomers();
  const { status, json } = await get(`/${ann.customerId}/${list}?account=${bea.accountId}`);
  expect([status, json.code]).toEqual([404, 'not_found']);
});

test('shows the balance of an account', async () => {
  const { get, ann, bea } = await createCustomers();
  const { json } = await get(`/${ann.customerId}/balance?account=${ann.accountId}`);
  expectShape(balanceAnswer, json);
  expect(json).toMatchObject({ accountId: ann.accountId, spend: euros(1177), available: euros(500) });
  expect(json.progress).toMatchObject([{ rule: 'half', spend: euros(1177), missing: euros(823) }]);
  expect((await get(`/${bea.customerId}/balance`)).json.available).toEqual(euros(500));
});

test('explains every entry of the ledger to the cent', async () => {
  const { get, app, headers, bea } = await createCustomers();
  await app.request('/api/v1/orders/till/3/refunds', post(refundExample, headers));
  const { json } = await get(`/${bea.customerId}/ledger`);
  expectShape(entriesAnswer, json);
  expect(json.items.map((entry: { kind: string }) => entry.kind).sort()).toEqual(['clawback', 'earn']);
  for (const { amount, explanation } of json.items) {
    const sum = explanation.reduce(
      (total: number, part: { amount: { amount: number } }) => total + part.amount.amount,
      0,
    );
    expect(sum).toBe(amount.amount);
  }
});

test("lists an account's orders", async () => {
  const { get, ann } = await createCustomers();
  const { json } = await get(`/${ann.customerId}/orders?account=${ann.accountId}`);
  expectShape(listAnswer(orderAnswer), json);
  expect(json.items.map((order: { number: string }) => order.number)).toEqual(['1']);
  expect(json.nextCursor).toBeNull();
});

test.each(['ledger', 'orders'])('refuses a cursor of its own making for the %s', async (list) => {
  const { get, bea } = await createCustomers();
  const { status } = await get(`/${bea.customerId}/${list}?cursor=abc`);
  expect(status).toBe(422);
});

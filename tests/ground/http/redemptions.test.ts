import { expect, test } from 'vitest';
import type { AppDeps } from '../../../functions/ground/http/api.ts';
import { createBaseApp } from '../../../functions/ground/http/base-app.ts';
import { orderExample } from '../../../functions/money/orders/examples.ts';
import { orderRoutes } from '../../../functions/money/orders/routes.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { redemptionRoutes } from '../../../functions/money/redemptions/routes.ts';
import { halfBack } from '../../support/programmes.ts';
import { createTestApi, post } from '../../support/test-api.ts';

const build = (deps: AppDeps) =>
  createBaseApp(deps).route('/api/v1', orderRoutes).route('/api/v1', redemptionRoutes);

const euros = (amount: number) => ({ amount, currency: 'EUR' });

/** A customer with 20.00 to spend. */
async function createSpender() {
  const { ctx, app, bearer } = await createTestApi({ build });
  await setProgramme(ctx, halfBack);
  const authorization = await bearer('orders:write', 'redemptions:write', 'redemptions:read');
  const send = async (path: string, body: object, key: string) => {
    const headers = { Authorization: authorization, 'Idempotency-Key': key };
    const response = await app.request(`/api/v1${path}`, post(body, headers));
    const text = await response.text();
    return { status: response.status, text, json: JSON.parse(text) };
  };
  const lines = [{ id: '1', total: euros(4000) }];
  const bought = { ...orderExample, account: null, department: null, status: 'delivered', lines };
  const { json: order } = await send('/orders', bought, 'order');
  const redeem = (change: object, key: string) =>
    send('/redemptions', { customerId: order.customerId, kind: 'till', amount: euros(500), ...change }, key);
  return { ctx, app, authorization, send, redeem, order };
}

test('spends balance at the till and says what is left', async () => {
  const { redeem } = await createSpender();
  const { status, json } = await redeem({ reference: 'receipt 5' }, 'k');
  expect(status).toBe(201);
  expect(json).toMatchObject({ kind: 'till', amount: euros(500), voucher: null });
  expect(json.balance).toMatchObject({ available: euros(1500), debt: euros(0), spend: euros(4000) });
});

test('refuses more than there is, again and again', async () => {
  const { redeem, ctx } = await createSpender();
  const refused = await redeem({ amount: euros(2001) }, 'k');
  expect([refused.status, refused.json.code]).toEqual([409, 'insufficient_balance']);
  expect(await redeem({ amount: euros(2001) }, 'k')).toEqual(refused);
  expect(await ctx.db.read({ sql: 'SELECT 1 FROM redemptions', args: [] })).toEqual([]);
});

test('of fifty tills at once only as many are paid as the balance allows', async () => {
  const { redeem, ctx } = await createSpender();
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => redeem({ amount: euros(300) }, `k${index}`)),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(6);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(44);
  const [row] = await ctx.db.read({ sql: 'SELECT sum(amount_minor) FROM redemptions', args: [] });
  expect(row).toEqual([1800n]);
});

test('twenty times the same redemption at once spends once', async () => {
  const { redeem } = await createSpender();
  const answers = await Promise.all(Array.from({ length: 20 }, () => redeem({ amount: euros(1500) }, 'k')));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]?.json.balance.available).toEqual(euros(500));
});

test('a redemption is taken back once, and its answer repeated', async () => {
  const { redeem, send } = await createSpender();
  const { json } = await redeem({}, 'k');
  const reversed = await send(`/redemptions/${json.id}/reversal`, { reason: 'wrong person' }, 'r');
  expect(reversed.status).toBe(201);
  expect(reversed.json).toMatchObject({ id: json.id, amount: euros(500) });
  expect(reversed.json.balance.available).toEqual(euros(2000));
  expect(await send(`/redemptions/${json.id}/reversal`, { reason: 'wrong person' }, 'r')).toEqual(reversed);
  const again = await send(`/redemptions/${json.id}/reversal`, {}, 'r2');
  expect([again.status, again.json.code]).toEqual([409, 'already_reversed']);
});

test('a voucher is bought, looked up and used once', async () => {
  const { redeem, send, app, authorization } = await createSpender();
  const { code } = (await redeem({ kind: 'voucher' }, 'k')).json.voucher;
  const look = async () => {
    const response = await app.request(`/api/v1/vouchers/${code}`, {
      headers: { Authorization: authorization },
    });
    return response.json();
  };
  expect(await look()).toMatchObject({ code, amount: euros(500), state: 'open', use: null });
  const use = { order: { source: 'till', number: 'A-18' }, amount: euros(500) };
  const used = await send(`/vouchers/${code}/use`, use, 'u');
  expect(used.status).toBe(201);
  expect(await send(`/vouchers/${code}/use`, use, 'u')).toEqual(used);
  expect(await look()).toMatchObject({ state: 'used', use: { order: use.order, amount: euros(500) } });
  const again = await send(`/vouchers/${code}/use`, use, 'u2');
  expect([again.status, again.json.code]).toEqual([409, 'voucher_used']);
});

test('ten tills at once use a voucher once', async () => {
  const { redeem, send } = await createSpender();
  const { code } = (await redeem({ kind: 'voucher' }, 'k')).json.voucher;
  const use = { order: { source: 'till', number: 'A-18' }, amount: euros(500) };
  const answers = await Promise.all(
    Array.from({ length: 10 }, (_, index) => send(`/vouchers/${code}/use`, use, `u${index}`)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
});

test('a redemption whose voucher was used stays', async () => {
  const { redeem, send } = await createSpender();
  const { json } = await redeem({ kind: 'voucher' }, 'k');
  const use = { order: { source: 'till', number: 'A-18' }, amount: euros(500) };
  await send(`/vouchers/${json.voucher.code}/use`, use, 'u');
  const refused = await send(`/redemptions/${json.id}/reversal`, {}, 'r');
  expect([refused.status, refused.json.code]).toEqual([409, 'voucher_used']);
});

test('refuses another currency and another account', async () => {
  const { redeem } = await createSpender();
  const dollars = await redeem({ amount: { amount: 1, currency: 'USD' } }, 'k1');
  expect([dollars.status, dollars.json.code]).toEqual([422, 'validation_failed']);
  const other = await redeem({ accountId: '0198f3c2a4b87c1e9d5f6a7b8c9d0e1f' }, 'k2');
  expect([other.status, other.json.code]).toEqual([404, 'not_found']);
});

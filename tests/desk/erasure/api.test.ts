import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { keepLooks } from '../../../functions/people/looks/keep-looks.ts';
import { moneyBack, openShopOn } from '../../support/shop.ts';
import { createTestApi, post } from '../../support/test-api.ts';

async function open() {
  const { ctx, app, bearer } = await createTestApi({ build: createApp });
  const { order } = await openShopOn({ store: ctx.db }, moneyBack);
  const { customerId } = await order({ email: 'ann@example.com', totals: [20_000] });
  const [key, reader] = [await bearer('privacy:write'), await bearer('privacy:read')];
  const erase = (body: object, headers: Record<string, string>) =>
    app.request('/api/v1/erasures', post(body, headers));
  const read = async (path: string) =>
    (await app.request(`/api/v1${path}`, { headers: { Authorization: reader } })).json();
  return { ctx, app, bearer, customerId, key, erase, read };
}

test('a program erases a customer once, is told the same again, and reads who was', async () => {
  const { bearer, customerId, key, erase, read } = await open();
  const wrong = await erase({ customerId }, { Authorization: await bearer('customers:write') });
  expect(wrong.status).toBe(403);
  const headers = { Authorization: key, 'Idempotency-Key': 'once' };
  const first = await erase({ customerId }, headers);
  expect(first.status).toBe(201);
  const told: unknown = await first.json();
  expect(told).toMatchObject({ customerId, words: 'gone' });
  const again = await erase({ customerId }, headers);
  expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  expect(await again.json()).toEqual(told);
  expect((await erase({ customerId }, { Authorization: key })).status).toBe(404);
  expect(await read('/erasures')).toMatchObject({
    items: [{ customerId, words: 'gone', askedBy: 'staff' }],
    nextCursor: null,
  });
});

test('a program reads who looked at whose data', async () => {
  const { ctx, customerId, read } = await open();
  await keepLooks(ctx.db, [{ at: ctx.now(), actor: 'staff:maria', customerId, what: 'page' }]);
  expect(await read(`/looks?customer=${customerId}`)).toEqual({
    items: [{ at: expect.any(String), actor: { kind: 'staff', name: 'maria' }, customerId, what: 'page' }],
    nextCursor: null,
  });
  expect(await read('/looks?customer=nobody')).toEqual({ items: [], nextCursor: null });
  expect(await read('/looks?day=yesterday')).toMatchObject({ code: 'validation_failed' });
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import type { AppDeps } from '../../../functions/ground/http/api.ts';
import { createBaseApp } from '../../../functions/ground/http/base-app.ts';
import { nothing, writing } from '../../../functions/ground/http/endpoint.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { createTestApi, post, type TestApi } from '../../support/test-api.ts';

const thing = z.object({ id: z.string(), name: z.string() });

/** One route whose effect can be counted: a row of `settings` per thing made. */
function things(deps: AppDeps) {
  return createBaseApp(deps).post(
    '/things',
    writing({
      tag: 'Orders',
      scope: 'orders:write',
      summary: 'Make a thing',
      params: nothing,
      body: z.strictObject({ name: z.string() }),
      answer: thing,
      success: { 201: 'Made.' },
      refusals: [],
      kept: {
        keep: ({ id }) => ({ id, name: null }),
        restore: async (_, text) => text.replace('null', '"from its row"'),
      },
      run: async (ctx, { body, options }) => {
        if (body.name === 'refused') throw new AppError('insufficient_balance', 'There is too little.');
        if (body.name === 'unknown') throw new AppError('not_found', 'There is no such thing.');
        if (body.name === 'dark') throw new StoreUnavailable('TIMEOUT');
        const answer = { id: newId(), name: body.name };
        const effect = statement('INSERT INTO settings VALUES (?, ?, 0, ?)', answer.id, body.name, 'test');
        await ctx.db.write([effect, ...options.alongside(answer, 201)]);
        return { status: 201, answer };
      },
    }),
  );
}

async function createThings(): Promise<TestApi & { send: Send; effects: () => Promise<number> }> {
  const api = await createTestApi({ build: things });
  const authorization = await api.bearer('orders:write');
  return {
    ...api,
    send: async (name, key, headers = {}) =>
      api.app.request(
        '/things',
        post({ name }, { Authorization: authorization, 'Idempotency-Key': key, ...headers }),
      ),
    effects: async () => (await api.ctx.db.read({ sql: 'SELECT 1 FROM settings', args: [] })).length,
  };
}
type Send = (name: string, key: string, headers?: Record<string, string>) => Promise<Response>;

test('answers a request that comes again as the first time, and works once', async () => {
  const { send, effects } = await createThings();
  const first = await send('a', 'k1');
  const again = await send('a', 'k1');
  expect([first.status, again.status]).toEqual([201, 201]);
  const { id } = await first.json();
  expect(await again.json()).toEqual({ id, name: 'from its row' });
  expect(again.headers.get('Idempotency-Replayed')).toBe('true');
  expect(await effects()).toBe(1);
});

test('keeps no personal data beside the key', async () => {
  const { send, ctx } = await createThings();
  await send('ann@example.com', 'k1');
  const [row] = await ctx.db.read({ sql: 'SELECT body, status FROM idempotency_keys', args: [] });
  expect(String(row?.[0])).not.toContain('ann');
  expect(row?.[1]).toBe(201n);
});

test('twenty requests at once under one key have one effect and one answer', async () => {
  const { send, effects } = await createThings();
  const answers = await Promise.all(Array.from({ length: 20 }, () => send('a', 'k1')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  const ids = await Promise.all(answers.map(async (answer) => (await answer.json()).id));
  expect(new Set(ids).size).toBe(1);
  expect(await effects()).toBe(1);
});

test('refuses a key that came with another body, and changes nothing', async () => {
  const { send, effects } = await createThings();
  await send('a', 'k1');
  const other = await send('b', 'k1');
  expect(other.status).toBe(422);
  expect((await other.json()).code).toBe('idempotency_key_reused');
  expect(await effects()).toBe(1);
});

test('does not mind white space between the same words', async () => {
  const { app, bearer, effects } = await createThings();
  const headers = { Authorization: await bearer('orders:write'), 'Idempotency-Key': 'k1' };
  const statuses = await Promise.all(
    ['{"name":"a"}', '{ "name" : "a" }'].map(
      async (body) => (await app.request('/things', post(body, headers))).status,
    ),
  );
  expect(statuses).toEqual([201, 201]);
  expect(await effects()).toBe(1);
});

test('keys of different API keys do not meet', async () => {
  const { send, bearer, effects } = await createThings();
  await send('a', 'k1');
  const other = await send('b', 'k1', { Authorization: await bearer('orders:write') });
  expect(other.status).toBe(201);
  expect(await effects()).toBe(2);
});

test('repeats a refusal of state', async () => {
  const { send, ctx } = await createThings();
  const first = await send('refused', 'k1');
  const again = await send('refused', 'k1');
  const [one, two] = [await first.json(), await again.json()];
  expect(one).toMatchObject({ status: 409, code: 'insufficient_balance', detail: 'There is too little.' });
  expect(two).toEqual(one);
  const other = await send('a', 'k1');
  expect((await other.json()).code).toBe('idempotency_key_reused');
  expect(await ctx.db.read({ sql: 'SELECT status FROM idempotency_keys', args: [] })).toEqual([[409n]]);
});

test.each([
  ['nothing of an unknown object', 'unknown', 404],
  ['nothing while the database is away', 'dark', 503],
])('keeps %s', async (_, name, status) => {
  const { send, ctx } = await createThings();
  const refused = await send(name, 'k1');
  expect(refused.status).toBe(status);
  expect(await ctx.db.read({ sql: 'SELECT 1 FROM idempotency_keys', args: [] })).toEqual([]);
  expect((await send('a', 'k1')).status).toBe(201);
});

test.each([
  ['none', '', 'idempotency_key_missing'],
  ['256 characters', 'x'.repeat(256), 'idempotency_key_invalid'],
  ['a letter beyond ASCII', 'caf\u00e9', 'idempotency_key_invalid'],
])('refuses a POST with a key of %s', async (_, key, code) => {
  const { send } = await createThings();
  const refused = await send('a', key);
  expect(refused.status).toBe(400);
  expect((await refused.json()).code).toBe(code);
});

test('takes a key of 255 characters', async () => {
  const { send } = await createThings();
  expect((await send('a', 'x'.repeat(255))).status).toBe(201);
});

test('a key that is revoked while its request is under way changes nothing', async () => {
  const { send, effects, ctx } = await createThings();
  const write = ctx.db.write.bind(ctx.db);
  ctx.db.write = async (statements) => {
    await write([statement('UPDATE api_keys SET revoked_at = 1')]);
    return write(statements);
  };
  const answer = await send('a', 'one');
  expect(answer.status).toBe(401);
  expect(await effects()).toBe(0);
});

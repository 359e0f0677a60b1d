import { expect, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import { type Store, StoreUnavailable } from '../../../db/store.ts';
import type { AppDeps } from '../../../functions/ground/http/api.ts';
import { createBaseApp } from '../../../functions/ground/http/base-app.ts';
import { orderEventExample, orderExample, refundExample } from '../../../functions/money/orders/examples.ts';
import { orderRoutes } from '../../../functions/money/orders/routes.ts';
import { setProgramme } from '../../../functions/money/programme/set-programme.ts';
import { halfBack } from '../../support/programmes.ts';
import { createTestApi, post, type TestApi } from '../../support/test-api.ts';
import { createTestFile } from '../../support/test-store.ts';

const build = (deps: AppDeps) => createBaseApp(deps).route('/api/v1', orderRoutes);

async function create(store?: Store) {
  const api = await createTestApi({ build, ...(store === undefined ? {} : { store }) });
  const authorization = await api.bearer('orders:write', 'orders:read');
  return { ...api, authorization, send: sender(api, authorization) };
}

function sender({ app }: Pick<TestApi, 'app'>, authorization: string) {
  return async (path: string, body: object, key: string) => {
    const headers = { Authorization: authorization, 'Idempotency-Key': key };
    const response = await app.request(`/api/v1${path}`, post(body, headers));
    return { status: response.status, text: await response.text() };
  };
}

async function countOf(store: Store, table: string): Promise<number> {
  const [row] = await store.read({ sql: `SELECT count(*) FROM ${table}`, args: [] });
  return Number(row?.[0]);
}

/** Each way of writing an order, in the order in which they make sense. */
const writes: [string, string, object, string][] = [
  ['an order', '/orders', orderExample, 'orders'],
  ['an event', '/orders/till/A-17/events', orderEventExample, 'order_events'],
  ['a refund', '/orders/till/A-17/refunds', refundExample, 'refunds'],
];

test('answers 201 for what is new and 200 for what was known', async () => {
  const { send } = await create();
  for (const [name, path, body] of writes) {
    expect((await send(path, body, `${name} 1`)).status).toBe(201);
    expect((await send(path, body, `${name} 2`)).status).toBe(200);
  }
});

test('an order says back what it was told', async () => {
  const { send, app, authorization } = await create();
  const { text } = await send('/orders', orderExample, 'k');
  expect(JSON.parse(text)).toMatchObject(orderExample);
  const read = await app.request('/api/v1/orders/till/A-17', { headers: { Authorization: authorization } });
  expect(await read.text()).toBe(text);
});

test('repeats every answer to the byte, also after the order moved on', async () => {
  const { send } = await create();
  const first = [];
  for (const [name, path, body] of writes) first.push(await send(path, body, name));
  const again = [];
  for (const [name, path, body] of writes) again.push(await send(path, body, name));
  expect(again).toEqual(first);
});

test.each(writes)('twenty times %s at once under one key work once', async (name, path, body, table) => {
  const { send, ctx } = await create();
  for (const [before, beforePath, beforeBody] of writes) {
    if (before === name) break;
    await send(beforePath, beforeBody, before);
  }
  const rowsBefore = await countOf(ctx.db, table);
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(path, body, 'k')));
  expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
  expect(answers[0]?.status).toBe(201);
  expect((await countOf(ctx.db, table)) - rowsBefore).toBe(1);
});

test('twenty orders at once of one customer, each under its key, are all there', async () => {
  const { send, ctx } = await create();
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      send('/orders', { ...orderExample, number: `N-${index}` }, `k${index}`),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  expect(await countOf(ctx.db, 'orders')).toBe(20);
  expect(await countOf(ctx.db, 'customers')).toBe(1);
});

test('a key outlives a restart', async () => {
  const { store, path } = await createTestFile();
  const { ctx, send, authorization } = await create(store);
  const first = await send('/orders', orderExample, 'k');
  const reopened = openEmbedded(path);
  const app = build({ runtime: ctx, openStore: () => reopened });
  expect(await sender({ app }, authorization)('/orders', orderExample, 'k')).toEqual(first);
  reopened.close();
});

test.each(writes)(
  '%s whose answer was lost is told again and works once',
  async (name, path, body, table) => {
    const { send, ctx, app, authorization } = await create();
    for (const [before, beforePath, beforeBody] of writes) {
      if (before === name) break;
      await send(beforePath, beforeBody, before);
    }
    const deaf = build({ runtime: ctx, openStore: () => losingAnswers(ctx.db) });
    const rowsBefore = await countOf(ctx.db, table);
    expect((await sender({ app: deaf }, authorization)(path, body, 'k')).status).toBe(503);
    expect((await sender({ app }, authorization)(path, body, 'k')).status).toBe(201);
    expect((await countOf(ctx.db, table)) - rowsBefore).toBe(1);
  },
);

test('keeps neither the customer nor what people wrote beside the key', async () => {
  const { send, ctx } = await create();
  for (const [name, path, body] of writes) await send(path, body, name);
  const rows = await ctx.db.read({ sql: 'SELECT body FROM idempotency_keys', args: [] });
  const kept = rows.flat().join('\n');
  expect(rows).toHaveLength(3);
  for (const told of ['ann', 'Ann', 'ACME', 'Paris', 'neighbour', 'Scratched', '00340434161094042557']) {
    expect(kept).not.toContain(told);
  }
});

test('a refusal names what contradicts and is repeated', async () => {
  const { send } = await create();
  await send('/orders', orderExample, 'a');
  const other = { ...orderExample, shipping: { amount: 1, currency: 'EUR' } };
  const refused = await send('/orders', other, 'b');
  expect(JSON.parse(refused.text)).toMatchObject({ status: 409, code: 'order_contradicts' });
  expect(await send('/orders', other, 'b')).toEqual(refused);
});

test('a business key may hold what an address needs escaped', async () => {
  const { send, app, authorization } = await create();
  const number = 'R/2026 #1?é';
  await send('/orders', { ...orderExample, number }, 'k');
  const path = `/api/v1/orders/till/${encodeURIComponent(number)}`;
  const read = await app.request(path, { headers: { Authorization: authorization } });
  expect((await read.json()).number).toBe(number);
});

/** A database that writes, and whose word of it never arrives. */
function losingAnswers(store: Store): Store {
  const lost = async (work: Promise<unknown>): Promise<never> => {
    await work;
    throw new StoreUnavailable('TIMEOUT');
  };
  return {
    engine: store.engine,
    read: (statement) => store.read(statement),
    write: (statements) => lost(store.write(statements)),
    writeMany: (units) => lost(store.writeMany(units)),
    get fresh() {
      return store.fresh;
    },
    writeSchema: (statements) => store.writeSchema(statements),
    snapshot: () => store.snapshot(),
    script: (sql) => store.script(sql),
    close: () => store.close(),
  };
}

test('lists all orders page by page, the last recorded first, and those of a time', async () => {
  const { send, app, authorization } = await create();
  for (let number = 1; number <= 51; number += 1)
    await send('/orders', { ...orderExample, number: `L-${number}` }, `list ${number}`);
  const list = async (query: string) => {
    const response = await app.request(`/api/v1/orders${query}`, {
      headers: { Authorization: authorization },
    });
    const { items, nextCursor } = await response.json();
    return {
      status: response.status,
      numbers: items?.map((item: { number: string }) => item.number),
      nextCursor,
    };
  };
  const first = await list('');
  expect(first.numbers).toEqual(Array.from({ length: 50 }, (_, index) => `L-${51 - index}`));
  const second = await list(`?cursor=${first.nextCursor}`);
  expect([second.numbers, second.nextCursor]).toEqual([['L-1'], null]);
  expect((await list('?recordedUntil=2020-01-01T00:00:00Z')).numbers).toEqual([]);
  expect((await list('?recordedSince=2020-01-01T00:00:00Z')).numbers).toEqual(first.numbers);
  expect((await list('?recordedSince=2100-01-01T00:00:00Z')).numbers).toEqual([]);
  expect((await list('?cursor=nonsense')).status).toBe(422);
  expect((await list('?since=2020-01-01T00:00:00Z')).status).toBe(422);
  const placed = await list('?currency=EUR&amountFrom=1&placedSince=2020-01-01T00:00:00Z');
  expect([placed.numbers?.length, placed.numbers?.includes('L-1')]).toEqual([50, false]);
  expect(await list(`?currency=EUR&amountFrom=1&cursor=${placed.nextCursor}`)).toMatchObject({
    numbers: ['L-1'],
  });
  for (const none of ['status=cancelled', 'source=elsewhere', 'late=true', 'currency=USD'])
    expect((await list(`?${none}`)).numbers, none).toEqual([]);
  for (const refused of [
    'amountFrom=1',
    'late=yes',
    'status=lost',
    'currency=EUR&recordedSince=2020-01-01T00:00:00Z',
  ])
    expect((await list(`?${refused}`)).status, refused).toBe(422);
});

test('what makes a sum that no JSON number holds is refused, and what was there is told as before', async () => {
  const { send, ctx } = await create();
  const order = (number: number, amount: number) => ({
    ...{ source: 'till', number: `R-${number}`, placedAt: orderExample.placedAt, currency: 'EUR' },
    customer: { email: 'rich@example.com' },
    lines: [{ id: '1', total: { amount, currency: 'EUR' } }],
  });
  await setProgramme(ctx, halfBack);
  const of = 10 ** 13;
  for (let number = 0; number < 900; number += 1)
    expect((await send('/orders', order(number, of), `k${number}`)).status).toBe(201);
  const refused = await send('/orders', order(900, of), 'k900');
  expect([refused.status, JSON.parse(refused.text).code]).toEqual([409, 'sum_too_large']);
  expect(await countOf(ctx.db, 'orders')).toBe(900);
  expect((await send('/orders', order(901, 100), 'k901')).status).toBe(201);
}, 60_000);

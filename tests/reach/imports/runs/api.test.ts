import { expect, test } from 'vitest';
import { createApp } from '../../../../functions/app.ts';
import { addKey } from '../../../../functions/ground/keys/add-key.ts';
import type { Context } from '../../../../functions/ground/platform/context.ts';
import { openShopWithFiles } from './shop-with-files.ts';

const header = 'order_number,placed_at,customer_email,currency,line_total';
const own = `${header}\nA-1,2026-01-05,ann@example.com,EUR,25.00\nA-2,yesterday,bob@example.com,EUR,10.00\n`;
const till = 'Bill;Day;Mail;Sum;Coin\n7;31.01.2026;ann@example.com;1.234,50;EUR\n';

interface Asked {
  key?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

async function openApi() {
  const shop = await openShopWithFiles();
  const ctx: Context = { ...shop.ctx, actor: { kind: 'system', name: 'test' } };
  const app = createApp({ runtime: ctx, openStore: () => ctx.db });
  const { key, id } = await addKey(ctx, { name: 'till', scopes: ['imports:read', 'imports:write'] });
  const headers = { Authorization: `Bearer ${key}` };
  let keys = 0;
  const nextKey = () => {
    keys += 1;
    return `k${keys}`;
  };
  const told = async (response: Response | Promise<Response>) => {
    const { status, headers } = await response;
    const body: unknown = await (await response).json();
    return { status, isReplay: headers.has('Idempotency-Replayed'), body };
  };
  return {
    ...{ ctx, keyId: id, work: shop.work },
    text: async (path: string) => (await app.request(`/api/v1/imports${path}`, { headers })).text(),
    get: (path: string) => told(app.request(`/api/v1/imports${path}`, { headers })),
    ask: (path: string, { key: own = nextKey(), body = {} }: Asked = {}) =>
      told(
        app.request(`/api/v1/imports${path}`, {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': own },
          body: JSON.stringify(body),
        }),
      ),
    send: (text: string, { key: own = nextKey(), headers: other = {} }: Asked = {}, query = '') =>
      told(
        app.request(`/api/v1/imports?fileName=till.csv${query}`, {
          method: 'POST',
          headers: { ...headers, 'Content-Type': 'text/csv', 'Idempotency-Key': own, ...other },
          body: text,
        }),
      ),
  };
}

const idOf = ({ body }: { body: unknown }): string =>
  body !== null && typeof body === 'object' && 'id' in body ? String(body.id) : '';

test('a file is sent, tried, brought in, told and undone by a program, in its own name', async () => {
  const { ctx, keyId, ask, get, send, text, work } = await openApi();
  const sent = await send(own);
  const id = idOf(sent);
  expect(sent).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^[0-9a-f]{32}$/) } });
  expect(await ask(`/${id}/start`)).toMatchObject({ status: 409, body: { code: 'import_run_moved' } });
  await work();
  expect(await get(`/${id}`)).toMatchObject({
    status: 200,
    body: {
      ...{ state: 'checked', kind: 'orders', fileName: 'till.csv', map: null },
      preview: { created: 1, rejected: 1, errors: [{ line: 3, subject: 'A-2' }] },
    },
  });
  expect(await ask(`/${id}/start`)).toMatchObject({ status: 200, body: { id, state: 'waiting' } });
  expect(await ask(`/${id}/start`)).toMatchObject({ status: 200, body: { id, state: 'waiting' } });
  await work();
  expect(await get(`/${id}`)).toMatchObject({
    body: { state: 'done', report: { created: 1 }, rejectedRows: 1 },
  });
  expect(await text(`/${id}/rejected`)).toContain('A-2,yesterday');
  expect(await ask(`/${id}/undo`)).toMatchObject({ status: 200, body: { id, state: 'undoing' } });
  await work();
  expect(await get('')).toMatchObject({
    body: { items: [{ id, state: 'undone', isByCommand: false }], nextCursor: null },
  });
  const [row] = await ctx.db.read({ sql: 'SELECT group_concat(DISTINCT actor) FROM history', args: [] });
  expect(row?.[0]).toBe(`key:${keyId}`);
});

test('a file that is sent again under its key is kept once, and another under the same key refused', async () => {
  const { get, send } = await openApi();
  const first = await send(own, { key: 'monday' });
  expect(await send(own, { key: 'monday' })).toEqual({ ...first, isReplay: true });
  expect(await send(`${own}A-9,2026-01-05,ann@example.com,EUR,1.00\n`, { key: 'monday' })).toMatchObject({
    status: 422,
    body: { code: 'idempotency_key_reused' },
  });
  const both = await Promise.all([send(own, { key: 'tuesday' }), send(own, { key: 'tuesday' })]);
  expect(new Set(both.map(idOf)).size).toBe(1);
  const { body } = await get('');
  expect(body).toMatchObject({ items: expect.any(Array) });
  const states = JSON.stringify(body).match(/"state":"\w+"/g);
  expect(states?.filter((state) => state.includes('checking'))).toHaveLength(2);
});

test('an unknown file is read as a program says', async () => {
  const { ask, get, send, work } = await openApi();
  const id = idOf(await send(till));
  await work();
  expect(await get(`/${id}`)).toMatchObject({
    body: { look: { title: null, headers: ['Bill', 'Day', 'Mail', 'Sum', 'Coin'] } },
  });
  const wrong = await ask(`/${id}/dry-run`, { body: { map: { columns: { placed_at: 'Day' } } } });
  expect(wrong).toMatchObject({ status: 422, body: { code: 'validation_failed' } });
  const columns = {
    ...{
      order_number: 'Bill',
      placed_at: 'Day',
      customer_email: 'Mail',
      line_total: 'Sum',
      currency: 'Coin',
    },
  };
  const map = { decimalComma: true, dateFormat: 'DD.MM.YYYY', columns };
  expect(await ask(`/${id}/dry-run`, { body: { map } })).toMatchObject({ body: { state: 'checking' } });
  await work();
  expect(await get(`/${id}`)).toMatchObject({
    body: { state: 'checked', preview: { created: 1, rejected: 0 } },
  });
  expect(await ask(`/${id}/cancel`)).toMatchObject({ body: { state: 'cancelled' } });
});

test('what is no file is refused, and nothing of it kept', async () => {
  const { ctx, get, send } = await openApi();
  const refused = [
    await send('{}', { headers: { 'Content-Type': 'application/json' } }),
    await send(own, { headers: { 'Content-Encoding': 'gzip' } }),
    await send(own, { headers: { 'Content-Length': String(3 * 1024 ** 3) } }),
    await send(own, { headers: { 'Idempotency-Key': '' } }),
    await send(own, {}, '&kind=invoices'),
  ];
  expect(refused.map(({ status }) => status)).toEqual([415, 415, 413, 400, 422]);
  expect(await get('')).toMatchObject({ body: { items: [] } });
  expect(await send('')).toMatchObject({ status: 422, body: { errors: [{ path: 'file' }] } });
  expect(await ctx.db.read({ sql: 'SELECT 1 FROM idempotency_keys', args: [] })).toEqual([]);
});

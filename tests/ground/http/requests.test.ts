import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { StoreUnavailable } from '../../../db/store.ts';
import { explainFailure } from '../../../functions/desk/cli/explain-failure.ts';
import type { AppDeps } from '../../../functions/ground/http/api.ts';
import { createBaseApp } from '../../../functions/ground/http/base-app.ts';
import { nothing, reading, writing } from '../../../functions/ground/http/endpoint.ts';
import { BODY_BYTES_MAX } from '../../../functions/ground/http/request-body.ts';
import { revokeKey } from '../../../functions/ground/keys/revoke-key.ts';
import { createTestApi, post } from '../../support/test-api.ts';

const described = { tag: 'Orders', summary: '', refusals: [], success: {}, params: nothing } as const;
const secret = 'canary@example.com';

/** Routes that say back what they were told, and that fail in every way. */
function echoes(deps: AppDeps) {
  return createBaseApp(deps)
    .post(
      '/echo',
      writing({
        ...described,
        scope: 'orders:write',
        body: z.strictObject({ text: z.string(), count: z.int().min(1).optional() }),
        answer: z.object({ text: z.string() }),
        run: async (ctx, { body, options }) => {
          await ctx.db.write(options.alongside(body, 200));
          return { status: 200, answer: { text: body.text } };
        },
      }),
    )
    .get(
      '/fail/:how',
      reading({
        ...described,
        scope: 'orders:read',
        params: z.object({ how: z.enum(['away', 'held', 'broken']) }),
        query: z.object({ email: z.string().optional() }),
        answer: nothing,
        run: async (_, { params }) => {
          if (params.how === 'away') throw new StoreUnavailable('TIMEOUT');
          if (params.how === 'held') throw new StoreUnavailable('HELD_BACK');
          throw new TypeError('something is not a function');
        },
      }),
    );
}

async function createEcho() {
  const api = await createTestApi({ build: echoes });
  const authorization = await api.bearer('orders:write');
  const send = async (body: unknown, headers: Record<string, string> = {}) =>
    api.app.request('/echo', post(body, { Authorization: authorization, ...headers }));
  const codeOf = async (...sent: Parameters<typeof send>) => {
    const response = await send(...sent);
    return `${response.status} ${(await response.json()).code}`;
  };
  return { ...api, send, codeOf, authorization };
}

test.each([
  ['no key', ''],
  ['a word', 'Bearer'],
  ['another scheme', 'Basic YTpi'],
  ['a malformed key', 'Bearer reg_short'],
  ['an unknown key', `Bearer reg_${'A'.repeat(43)}`],
])('refuses %s', async (_, authorization) => {
  const { send } = await createEcho();
  const refused = await send({ text: 'a' }, { Authorization: authorization });
  expect(refused.status).toBe(401);
  expect(refused.headers.get('WWW-Authenticate')).toBe('Bearer');
  expect((await refused.json()).code).toBe('unauthenticated');
});

test('a cookie opens nothing', async () => {
  const { codeOf, authorization } = await createEcho();
  const cookie = `regulars_session=${authorization.slice(7)}`;
  expect(await codeOf({ text: 'a' }, { Authorization: '', Cookie: cookie })).toBe('401 unauthenticated');
});

test('a revoked key is refused from the very next request on', async () => {
  const { ctx, send, codeOf, authorization } = await createEcho();
  expect((await send({ text: 'a' })).status).toBe(200);
  await revokeKey(ctx, { id: authorization.slice('Bearer '.length, 'Bearer '.length + 10) });
  expect(await codeOf({ text: 'b' })).toBe('401 unauthenticated');
});

test('a key without the scope is refused', async () => {
  const { codeOf, bearer } = await createEcho();
  const other = await bearer('orders:read', 'customers:write');
  expect(await codeOf({ text: 'a' }, { Authorization: other })).toBe('403 scope_missing');
});

test.each([
  ['no type', '', 415],
  ['text', 'text/plain', 415],
  ['a form', 'application/x-www-form-urlencoded', 415],
  ['a type that only begins alike', 'application/json-patch+json', 415],
  ['another character set', 'application/json; charset=latin1', 415],
  ['JSON', 'application/json', 200],
  ['JSON in UTF-8', 'Application/JSON; charset=UTF-8', 200],
])('a body of %s', async (_, type, status) => {
  const { send } = await createEcho();
  expect((await send({ text: 'a' }, { 'Content-Type': type })).status).toBe(status);
});

test('refuses a compressed body', async () => {
  const { codeOf } = await createEcho();
  expect(await codeOf({ text: 'a' }, { 'Content-Encoding': 'gzip' })).toBe('415 unsupported_media_type');
});

test.each([
  ['nothing', ''],
  ['half an object', '{"text":"a"'],
  ['two objects', '{} {}'],
  ['a bare word', 'text'],
])('refuses %s as malformed', async (_, body) => {
  const { codeOf } = await createEcho();
  expect(await codeOf(body)).toBe('400 malformed_json');
});

test('refuses bytes that are no UTF-8', async () => {
  const { app, authorization } = await createEcho();
  const body = new Uint8Array([...new TextEncoder().encode('{"text":"'), 0xff, 0xfe, 0x22, 0x7d]);
  const refused = await app.request('/echo', { ...post('', { Authorization: authorization }), body });
  expect(refused.status).toBe(400);
});

test('takes a body of exactly 1 MiB and refuses one byte more', async () => {
  const { send, codeOf } = await createEcho();
  const frame = JSON.stringify({ text: '' }).length;
  expect((await send({ text: 'x'.repeat(BODY_BYTES_MAX - frame) })).status).toBe(200);
  expect(await codeOf({ text: 'x'.repeat(BODY_BYTES_MAX - frame + 1) })).toBe('413 body_too_large');
});

test('refuses a body that says it is too large without reading it', async () => {
  const { codeOf } = await createEcho();
  expect(await codeOf({ text: 'a' }, { 'Content-Length': '1048577' })).toBe('413 body_too_large');
});

test('refuses a body in chunks beyond 1 MiB, and does not read it for ever', async () => {
  const { app, authorization } = await createEcho();
  let sent = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      sent += 1;
      controller.enqueue(new Uint8Array(65_536).fill(32));
    },
  });
  const init = { ...post('', { Authorization: authorization }), body, duplex: 'half' };
  const refused = await app.request(new Request('http://localhost/echo', init));
  expect(refused.status).toBe(413);
  expect(sent).toBeLessThan(2200);
});

test('names every field that is wrong', async () => {
  const { send } = await createEcho();
  const refused = await send('{"count":0,"extra":1,"__proto__":{"text":"a"}}');
  expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
  expect(await refused.json()).toEqual({
    type: 'about:blank',
    title: 'Unprocessable Content',
    status: 422,
    code: 'validation_failed',
    detail: 'text is required. There are 3 more errors.',
    errors: [
      { path: 'text', code: 'required', message: 'is required' },
      { path: 'count', code: 'too_small', message: 'has to be at least 1' },
      { path: 'extra', code: 'unknown_key', message: 'is not known here' },
      { path: '__proto__', code: 'unknown_key', message: 'is not known here' },
    ],
  });
});

test('refuses a deeply nested body as any other wrong one', async () => {
  const { codeOf } = await createEcho();
  expect(await codeOf('['.repeat(100_000) + ']'.repeat(100_000))).toBe('422 validation_failed');
  const nested = `${'{"text":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
  expect(await codeOf(nested)).toBe('422 validation_failed');
});

test('says when to come back while the database is away', async () => {
  const { app, bearer } = await createEcho();
  const headers = { Authorization: await bearer('orders:read') };
  const away = await app.request('/fail/away', { headers });
  expect(away.status).toBe(503);
  expect(Number(away.headers.get('Retry-After'))).toBeGreaterThan(0);
  expect((await away.json()).code).toBe('unavailable');
});

test('says that an archive is being brought in, to come back later, and nothing to the log', async () => {
  const { ctx, app, bearer } = await createEcho();
  const logged = vi.spyOn(ctx.log, 'warn').mockReturnValue();
  const headers = { Authorization: await bearer('orders:read') };
  const held = await app.request('/fail/held', { headers });
  expect([held.status, Number(held.headers.get('Retry-After'))]).toEqual([503, 30]);
  expect((await held.json()).detail).toContain('archive is being brought in');
  expect(logged).not.toHaveBeenCalled();
  expect(explainFailure(new StoreUnavailable('HELD_BACK'))).toEqual([
    expect.stringContaining('archive is being brought in'),
  ]);
});

test('answers an error of ours with an id that the log knows, and with nothing else', async () => {
  const { ctx, app, bearer } = await createEcho();
  const logged = vi.spyOn(ctx.log, 'error').mockReturnValue();
  const headers = { Authorization: await bearer('orders:read') };
  const broken = await app.request(`/fail/broken?email=${secret}`, { headers });
  const body = await broken.json();
  expect(broken.status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('not a function');
  const properties = Object(logged.mock.calls[0]?.at(1));
  expect(properties).toMatchObject({ route: '/fail/:how', message: 'something is not a function' });
  expect(body.instance).toBe(`urn:regulars:error:${properties.id}`);
  expect(JSON.stringify(logged.mock.calls)).not.toContain(secret);
});

test('a failing query leaves no bound value in the log', async () => {
  const { ctx, app, authorization } = await createEcho();
  await ctx.db.script('DROP TABLE api_keys');
  const logged = vi.spyOn(ctx.log, 'error').mockReturnValue();
  const failed = await app.request('/echo', post({ text: 'a' }, { Authorization: authorization }));
  expect(failed.status).toBe(500);
  const text = JSON.stringify(logged.mock.calls);
  expect(text).toContain('no such table');
  expect(text).not.toContain('params');
});

test('knows the paths it has from those it has not', async () => {
  const { app } = await createEcho();
  const wrongMethod = await app.request('/echo', { method: 'DELETE' });
  expect(wrongMethod.status).toBe(405);
  expect(wrongMethod.headers.get('Allow')).toBe('POST');
  const unknown = await app.request('/nowhere');
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ code: 'not_found', status: 404 });
});

test('a path that can name nothing is not found', async () => {
  const { app, bearer } = await createEcho();
  const headers = { Authorization: await bearer('orders:read') };
  expect((await app.request('/fail/sideways', { headers })).status).toBe(404);
});

test('answers are never cached', async () => {
  const { send } = await createEcho();
  expect((await send({ text: 'a' })).headers.get('Cache-Control')).toBe('no-store');
  expect((await send({})).headers.get('Cache-Control')).toBe('no-store');
});

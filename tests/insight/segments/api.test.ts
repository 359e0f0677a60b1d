import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { signUp } from '../../../functions/desk/demo/sign-up.ts';
import { scopes } from '../../../functions/ground/platform/context.ts';
import { createTestApi, post } from '../../support/test-api.ts';

const fair = {
  combinator: 'and',
  not: false,
  rules: [{ field: 'customer.claimed', operator: '=', value: true }],
};

async function openApi() {
  const api = await createTestApi({ build: createApp });
  const headers = { Authorization: await api.bearer(...scopes) };
  await signUp(api.ctx, { email: 'ann@example.com', name: '=Ann, Lee', language: 'en' });
  const read = async (path: string) => {
    const answer = await api.app.request(`/api/v1${path}`, { headers });
    return { status: answer.status, json: await answer.json() };
  };
  const send = async (path: string, body: unknown) => {
    const answer = await api.app.request(`/api/v1${path}`, post(body, headers));
    return { status: answer.status, json: await answer.json() };
  };
  return { ...api, headers, read, send };
}

test('a segment is said, asked at once, listed, told and counted', async () => {
  const { ctx, read, send, app, headers } = await openApi();
  const said = await send('/segments', { id: 'joined', name: 'Joined', definition: fair });
  expect(said).toEqual({ status: 201, json: { id: 'joined', outcome: 'created', revision: 1 } });
  expect((await send('/segments', { id: 'joined', definition: fair })).json.outcome).toBe('unchanged');
  const { json: list } = await read('/segments');
  expect(list).toMatchObject({
    nextCursor: null,
    items: [{ id: 'joined', name: 'Joined', members: 1, definition: fair }],
  });
  expect((await read('/segments/joined')).json).toEqual(list.items[0]);
  const { json: members } = await read('/segments/joined/members');
  expect(members).toMatchObject({
    nextCursor: null,
    items: [{ account: '', people: [{ email: 'ann@example.com' }] }],
  });
  const csv = await app.request('/api/v1/segments/joined/members?format=csv', { headers });
  const [head, row] = (await csv.text()).split('\n');
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(head).toBe('account_id,account,email,name,entered_at');
  expect(row).toContain(`,,ann@example.com,"'=Ann, Lee",`);
  const taken = await ctx.db.read({
    sql: "SELECT subject_id FROM audit_log WHERE act = 'segment.exported'",
    args: [],
  });
  expect(taken).toEqual([['joined']]);
  expect((await send('/segments/counts', { definition: fair })).json).toEqual({ accounts: 1 });
  expect((await read('/segments/joined/why?email=ann@example.com')).json).toMatchObject({
    segment: 'joined',
    accounts: [
      { isIn: true, rules: { holds: true, rules: [{ ...fair.rules[0], holds: true, values: [true] }] } },
    ],
  });
});

test('what a segment may not ask is refused by its path', async () => {
  const { send, read } = await openApi();
  const rules = [{ field: 'orders.colour', operator: '=', value: 1 }];
  const wrong = { id: 'wrong', definition: { combinator: 'and', rules } };
  for (const [path, body] of [
    ['/segments', wrong],
    ['/segments/counts', { definition: wrong.definition }],
  ] as const)
    expect(await send(path, body)).toMatchObject({
      status: 422,
      json: { errors: [{ path: 'definition.rules.0.field', code: 'unknown_field' }] },
    });
  expect((await read('/segments/wrong')).status).toBe(404);
});

test('who is in it is told to who may read customers alone', async () => {
  const { app, bearer, send } = await openApi();
  await send('/segments', { id: 'joined', definition: fair });
  const { status } = await app.request('/api/v1/segments/joined/members?format=csv', {
    headers: { Authorization: await bearer('segments:read') },
  });
  expect(status).toBe(403);
});

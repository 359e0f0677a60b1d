import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import type { Scope } from '../../../functions/ground/platform/context.ts';
import { createTestApi, post } from '../../support/test-api.ts';

async function openExchange() {
  const api = await createTestApi({ build: createApp });
  const tell = async (authorization: string, told: object) => {
    const body = { channel: 'phone', direction: 'in', number: '+44 20 7946 0117', ...told };
    const response = await api.app.request('/api/v1/contacts', post(body, { Authorization: authorization }));
    return { status: response.status, answer: await response.json() };
  };
  const list = async (...scopes: Scope[]) => {
    const headers = { Authorization: await api.bearer(...scopes) };
    const response = await api.app.request('/api/v1/contacts', { headers });
    return ((await response.json()) as { items: unknown[] }).items;
  };
  return { ...api, tell, list };
}

test('two exchanges that both count from 1 are told apart, and each is heard once', async () => {
  const { bearer, tell, list } = await openExchange();
  const [one, other] = [await bearer('contacts:write'), await bearer('contacts:write')];
  const first = await tell(one, { reference: '1' });
  const second = await tell(other, { reference: '1', summary: 'Something else' });
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(await tell(one, { reference: '1' })).toEqual({
    status: 200,
    answer: { ...first.answer, taskId: null },
  });
  expect(await list('contacts:read')).toHaveLength(2);
});

test('words and moods are told to keys that may know people alone', async () => {
  const { bearer, tell, list } = await openExchange();
  await tell(await bearer('contacts:write'), { summary: 'Their father died', mood: 'bad' });
  expect(await list('contacts:read', 'customers:read')).toMatchObject([
    { summary: 'Their father died', mood: 'bad', number: '+442079460117' },
  ]);
  expect(await list('contacts:read')).toMatchObject([{ summary: null, mood: null, number: null }]);
});

test('what is wrong is told by the names of the body', async () => {
  const { bearer, tell } = await openExchange();
  const nextStep = { what: 'Call', on: '2020-01-01' };
  expect(await tell(await bearer('contacts:write'), { nextStep })).toMatchObject({
    status: 422,
    answer: { errors: [{ path: 'nextStep.on', code: 'invalid_date' }] },
  });
});

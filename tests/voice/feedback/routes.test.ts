import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { orderExample } from '../../../functions/money/orders/examples.ts';
import { feedbackExample } from '../../../functions/voice/feedback/examples.ts';
import { createTestApi, post } from '../../support/test-api.ts';

async function open() {
  const { app, ctx, bearer } = await createTestApi({ build: createApp });
  const Authorization = await bearer('feedback:write', 'feedback:read', 'orders:write');
  const send = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const response = await app.request(`/api/v1${path}`, post(body, { Authorization, ...headers }));
    return { status: response.status, ...(await response.json()) };
  };
  const get = async (path: string) =>
    (await app.request(`/api/v1${path}`, { headers: { Authorization } })).json();
  return { ctx, send, get };
}

const told = { kind: 'idea', text: 'Open on Sundays.', wantsReply: false };

test('feedback of a customer about their order is recorded once, answered, and read back', async () => {
  const { send, get, ctx } = await open();
  const { email } = orderExample.customer;
  await send('/orders', orderExample);
  const order = { source: orderExample.source, number: orderExample.number };
  const body = { ...feedbackExample, customer: { email }, order };
  const made = await send('/feedback', body, { 'Idempotency-Key': 'one' });
  expect(made).toMatchObject({ status: 201, kind: 'problem', replyDueAt: expect.any(String) });
  expect(await send('/feedback', body, { 'Idempotency-Key': 'one' })).toMatchObject({ id: made.id });
  const answered = await send(`/feedback/${made.id}/messages`, { text: 'We are sorry.', state: 'resolved' });
  expect(answered).toMatchObject({ status: 201, feedbackId: made.id, state: 'resolved' });
  expect(await get(`/feedback/${made.id}`)).toMatchObject({
    order,
    servedBy: 'Maria',
    case: { state: 'resolved', replyDueAt: null },
    messages: [{ from: 'staff', text: 'We are sorry.', isInternal: false }],
  });
  const [mail] = await ctx.db.read({
    sql: "SELECT count(*) FROM outbox WHERE template = 'feedback_answered'",
    args: [],
  });
  expect(mail?.[0]).toBe(1n);
  const [acts] = await ctx.db.read({
    sql: "SELECT group_concat(act) FROM audit_log WHERE subject_kind = 'feedback'",
    args: [],
  });
  expect(acts?.[0]).toBe('feedback.recorded,feedback.answered');
});

test('it is refused for a stranger, for an order of somebody else, and for an item without an order', async () => {
  const { send } = await open();
  await send('/orders', orderExample);
  expect(await send('/feedback', { ...told, customer: { email: 'none@example.com' } })).toMatchObject({
    status: 404,
  });
  const other = { source: 'till', number: 'none' };
  const customer = { email: orderExample.customer.email };
  expect(await send('/feedback', { ...told, customer, order: other })).toMatchObject({ status: 404 });
  expect(await send('/feedback', { ...told, line: '1' })).toMatchObject({ status: 422 });
  expect(await send('/feedback', { ...told, text: ' ' })).toMatchObject({ status: 422 });
  expect(await send('/feedback', { ...told, page: '//evil.example' })).toMatchObject({ status: 422 });
});

test('lists go page by page, by kind, state and period', async () => {
  const { send, get } = await open();
  for (let count = 0; count < 53; count += 1) await send('/feedback', told);
  await send('/feedback', feedbackExampleOfNobody);
  const first = await get('/feedback?kind=idea');
  expect(first.items).toHaveLength(50);
  const second = await get(`/feedback?kind=idea&cursor=${first.nextCursor}`);
  expect(second).toMatchObject({ nextCursor: null });
  const ids = [...first.items, ...second.items].map(({ id }: { id: string }) => id);
  expect(new Set(ids).size).toBe(53);
  expect((await get('/feedback?state=open')).items).toHaveLength(1);
  expect((await get('/feedback?state=none&kind=problem')).items).toEqual([]);
  expect((await get('/feedback?since=2100-01-01T00:00:00Z')).items).toEqual([]);
  expect(await get('/feedback?cursor=x')).toMatchObject({ code: 'validation_failed' });
});

const { customer: _nobody, ...feedbackExampleOfNobody } = feedbackExample;

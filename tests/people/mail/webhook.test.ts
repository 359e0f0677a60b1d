import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { createTestApi } from '../../support/test-api.ts';

const secret = `whsec_${Buffer.from('a-signing-secret-of-the-tests').toString('base64')}`;
const body = JSON.stringify({
  type: 'email.bounced',
  created_at: '2026-03-01T10:00:00Z',
  data: { to: ['ann@x.example'], tags: { mail: 'm1' }, bounce: { type: 'Permanent' } },
});

test('takes what is signed, as it came, and once', async () => {
  const { call, count } = await setUp();
  expect(await call({})).toBe(204);
  expect(await call({})).toBe(204);
  expect(await count('mail_events')).toBe(1);
  expect(await count('suppressions')).toBe(1);
});

test.each([
  ['another secret', { secret: `whsec_${Buffer.from('another-signing-secret').toString('base64')}` }],
  ['another body', { sent: body.replace('ann@', 'bob@') }],
  ['another delivery', { id: 'd2' }],
  ['no signature', { signature: '' }],
  ['a signature of another kind', { signature: 'v1a,abc' }],
  ['an old time', { at: Date.now() - 10 * 60_000 }],
  ['a time to come', { at: Date.now() + 10 * 60_000 }],
])('refuses %s', async (_name, change) => {
  const { call, count } = await setUp();
  expect(await call(change)).toBe(401);
  expect(await count('mail_events')).toBe(0);
  expect(await count('suppressions')).toBe(0);
});

test.each([
  '{"type":"__proto__","data":{}}',
  '{"type":"constructor","data":{}}',
  '{"type":"toString"}',
  '{"__proto__":{"type":"email.bounced"},"constructor":{"prototype":{"type":"email.bounced"}}}',
  '{"type":"email.bounced","created_at":"2026-03-01T10:00:00Z","data":{"__proto__":{"to":["ann@x.example"]},"constructor":1}}',
])('takes %s, and does nothing about it', async (signed) => {
  const { call, count } = await setUp();
  expect(await call({ signed, sent: signed })).toBe(204);
  expect(await count('suppressions')).toBe(0);
  expect(Object.hasOwn(Object.prototype, 'type')).toBe(false);
});

test('refuses what is signed and no JSON, and what is too large', async () => {
  const { call } = await setUp();
  expect(await call({ signed: 'not json', sent: 'not json' })).toBe(401);
  const large = JSON.stringify({ type: 'x'.repeat(300_000) });
  expect(await call({ signed: large, sent: large })).toBe(413);
});

test('is not there without a secret', async () => {
  const { app } = await createTestApi({ build: createApp });
  expect((await app.request('/webhooks/resend', { method: 'POST', body })).status).toBe(404);
});

async function setUp() {
  const mail = {
    kind: 'resend',
    from: 'Shop <shop@x.example>',
    apiKey: 're_test',
    baseUrl: undefined,
    webhookSecret: secret,
  } as const;
  const { app, ctx } = await createTestApi({ build: createApp, config: { mail } });
  const call = async (change: {
    secret?: string;
    signed?: string;
    sent?: string;
    id?: string;
    signature?: string;
    at?: number;
  }) => {
    const at = new Date(change.at ?? Date.now());
    const signature = new Webhook(change.secret ?? secret).sign('d1', at, change.signed ?? body);
    const response = await app.request('/webhooks/resend', {
      method: 'POST',
      body: change.sent ?? body,
      headers: {
        'svix-id': change.id ?? 'd1',
        'svix-timestamp': String(Math.floor(at.getTime() / 1000)),
        'svix-signature': change.signature ?? signature,
      },
    });
    return response.status;
  };
  const count = async (table: string) => {
    const [row] = await ctx.db.read({ sql: `SELECT count(*) FROM ${table}`, args: [] });
    return Number(row?.[0]);
  };
  return { app, call, count };
}

import { expect, test, vi } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { createProxyWatch } from '../../../functions/ground/http/proxy-watch.ts';
import { createTestApi, post } from '../../support/test-api.ts';

test('who is not let in is in the log by route and reason, without a trace of who it was', async () => {
  const { app, ctx, bearer } = await createTestApi({ build: createApp });
  const warn = vi.spyOn(ctx.log, 'warn').mockImplementation(() => undefined);
  await app.request('/api/v1/customers?email=ann@example.com');
  await app.request('/api/v1/orders', post({}, { Authorization: 'Bearer wrong-key' }));
  const reader = await bearer('orders:read');
  await app.request('/api/v1/customers?email=ann@example.com', { headers: { Authorization: reader } });
  const told = warn.mock.calls.map((call: unknown[]) => call[1]);
  expect(told).toMatchObject([
    { method: 'GET', status: 401, code: 'unauthenticated' },
    { method: 'POST', route: '/api/v1/orders', status: 401 },
    { method: 'GET', status: 403, code: 'scope_missing' },
  ]);
  expect(JSON.stringify(told)).not.toMatch(/example\.com|wrong-key/);
  warn.mockRestore();
});

test('a proxy that is not trusted is told once, without an address', async () => {
  const { ctx } = await createTestApi({ build: createApp });
  const warn = vi.spyOn(ctx.log, 'warn').mockImplementation(() => undefined);
  const watch = createProxyWatch(ctx.log);
  const node = { platform: 'node', socketAddress: '10.0.0.2', trustedProxies: [] } as const;
  const forwarded = new Request('http://x/', { headers: { 'X-Forwarded-For': '198.51.100.7' } });
  watch(new Request('http://x/'), node);
  watch(forwarded, { ...node, trustedProxies: ['10.0.0.0/8'] });
  watch(forwarded, { platform: 'workers' });
  expect(warn).not.toHaveBeenCalled();
  watch(forwarded, node);
  watch(forwarded, node);
  expect(warn).toHaveBeenCalledTimes(1);
  const [said] = warn.mock.calls[0] ?? [];
  expect(String(said)).toContain('TRUSTED_PROXIES');
  expect(String(said)).not.toMatch(/198\.51|10\.0/);
  warn.mockRestore();
});

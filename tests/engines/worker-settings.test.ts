import { expect, test } from 'vitest';
import { startWorker } from '../support/workerd.ts';

test('a Worker that lacks a setting answers 503, and only its log says which', async () => {
  const portal = await startWorker({ DATABASE_URL: 'http://127.0.0.1:1' }, 503);
  try {
    for (const path of ['/sign-in', '/api/v1/orders', '/readyz']) {
      const answer = await fetch(portal.origin + path);
      expect(answer.status, path).toBe(503);
      expect(answer.headers.get('Retry-After')).toBe('60');
      expect(await answer.text()).toBe('This portal is not set up yet. Its log says what is missing.');
    }
    await expect.poll(() => portal.running.output()).toContain('SECRET: is not set');
  } finally {
    await portal.running.end('SIGTERM');
  }
});

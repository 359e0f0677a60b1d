import { request } from 'node:http';
import { serve } from '@hono/node-server';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../../functions/app.ts';
import { createTestApi } from '../../support/test-api.ts';

test('TRACE gives nothing of its request back', async () => {
  const { app } = await createTestApi({ build: createApp });
  const port = await new Promise<number>((resolve) => {
    const server = serve({ fetch: (asked) => app.request(asked), hostname: '127.0.0.1', port: 0 }, (at) =>
      resolve(at.port),
    );
    onTestFinished(() => {
      server.close();
    });
  });
  for (const path of ['/healthz', '/api/v1/orders', '/api/v1/customers?email=a@b.c']) {
    const { status, text } = await trace(port, path);
    expect([path, status >= 400 && status !== 500]).toEqual([path, true]);
    expect(text).not.toContain('a-secret-of-the-browser');
  }
});

function trace(port: number, path: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = { Cookie: 'session=a-secret-of-the-browser' };
    const asked = request({ host: '127.0.0.1', port, path, method: 'TRACE', headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asked.on('error', reject).end();
  });
}

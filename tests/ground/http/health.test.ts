import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../../db/store.ts';
import { createBaseApp } from '../../../functions/ground/http/base-app.ts';
import { createTestApi } from '../../support/test-api.ts';

const create = () => createTestApi({ build: createBaseApp });

test('is healthy and ready on a migrated database, for anybody', async () => {
  const { app } = await create();
  expect((await app.request('/healthz')).status).toBe(200);
  expect((await app.request('/readyz')).status).toBe(200);
});

test('is not ready when a trigger is missing', async () => {
  const { app, ctx } = await create();
  await ctx.db.script('DROP TRIGGER ledger_no_update');
  const answer = await app.request('/readyz');
  expect(answer.status).toBe(503);
  expect(answer.headers.get('Retry-After')).not.toBeNull();
  expect(await answer.text()).not.toContain('trigger');
});

test('is healthy but not ready while the database does not answer', async () => {
  const { ctx } = await create();
  const away = { ...ctx.db, read: () => Promise.reject(new StoreUnavailable('TIMEOUT')) };
  const app = createBaseApp({ runtime: ctx, openStore: () => away });
  expect((await app.request('/healthz')).status).toBe(200);
  expect((await app.request('/readyz')).status).toBe(503);
});

import { expect, test, vi } from 'vitest';
import { statement } from '../../../db/query.ts';
import { createApp } from '../../../functions/app.ts';
import { exportEverything } from '../../../functions/desk/archive/export-everything.ts';
import type { Context, Scope } from '../../../functions/ground/platform/context.ts';
import { answerArchive } from '../../../src/archive-answer.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestApi } from '../../support/test-api.ts';

/** How many moments of the database are open. */
function counting(ctx: Context) {
  const open = { count: 0, ever: 0 };
  const snapshot = async () => {
    const taken = await ctx.db.snapshot();
    open.count += 1;
    open.ever += 1;
    const close = () => {
      open.count -= 1;
      taken.close();
    };
    return { ...taken, close };
  };
  return { ctx: { ...ctx, db: { ...ctx.db, snapshot } }, open };
}

test('who asks only for the head of an archive makes none', async () => {
  const { ctx, app, bearer } = await createTestApi({ build: createApp });
  const ask = async (path: string, scope: Scope = 'archive:read') => {
    const headers = { Authorization: await bearer(scope) };
    return app.request(`/api/v1/archive${path}`, { method: 'HEAD', headers });
  };
  const answer = await ask('');
  expect([answer.status, await answer.text()]).toEqual([200, '']);
  expect(answer.headers.get('Content-Disposition')).toBe('attachment; filename="everything.tar.gz"');
  expect((await ask('?table=orders')).headers.get('Content-Type')).toMatch(/^application\/x-ndjson/);
  expect((await ask('?table=pies')).status).toBe(404);
  expect((await ask('', 'orders:read')).status).toBe(403);
  expect((await ask('?format=xml')).status).toBe(422);
  expect((await app.request('/api/v1/archive', { method: 'HEAD' })).status).toBe(401);
  const acts = await ctx.db.read({ sql: "SELECT 1 FROM audit_log WHERE act = 'archive.exported'", args: [] });
  expect(acts).toEqual([]);
});

test('a page that is asked only for its head makes no archive', async () => {
  const { ctx, open } = counting((await openShop(moneyBack)).ctx);
  const { status, body } = await answerArchive(ctx, {}, { method: 'HEAD' });
  expect([status, body, open.ever]).toEqual([200, null, 0]);
  const agent: Context = { ...ctx, actor: { kind: 'staff', id: 's', role: 'agent' } };
  expect((await answerArchive(agent, {}, { method: 'HEAD' })).status).toBe(404);
  expect((await answerArchive(ctx, { table: 'pies' }, { method: 'HEAD' })).status).toBe(404);
});

test('one archive is taken at a time, and one that nobody fetches holds the database for a minute', async () => {
  const { ctx, open } = counting((await openShop(moneyBack)).ctx);
  // More than waits in streams that nobody fetches.
  await ctx.db.write([
    statement(
      `WITH RECURSIVE lines (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM lines WHERE n < 20000)
       INSERT INTO audit_log (id, at, actor, act, subject_kind, subject_id, detail)
       SELECT printf('a%08d', n), n, 'x', 'setting.set', 'setting', hex(randomblob(200)), '{}' FROM lines`,
    ),
  ]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    await exportEverything(ctx, { format: 'csv' });
    await expect(exportEverything(ctx, { format: 'csv' })).rejects.toMatchObject({ code: 'unavailable' });
    expect(open.count).toBe(1);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(open.count).toBe(1);
    await vi.advanceTimersByTimeAsync(2000);
    await vi.waitUntil(() => open.count === 0);
  } finally {
    vi.useRealTimers();
  }
  await (await exportEverything(ctx, { format: 'csv' })).cancel();
});

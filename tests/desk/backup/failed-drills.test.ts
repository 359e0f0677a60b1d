import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import { statement } from '../../../db/query.ts';
import { beginDrill } from '../../../functions/desk/backup/begin-drill.ts';
import { makeBackup } from '../../../functions/desk/backup/make-backup.ts';
import { workOnBackups } from '../../../functions/desk/backup/work-on-backups.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newest, openShopWithBackups } from './house.ts';

async function openWithOwner() {
  const shop = await openShopWithBackups();
  await shop.ctx.db.write([
    statement(
      "INSERT INTO staff (id, email, role, created_at) VALUES ('o', 'owner@example.com', 'owner', 1)",
    ),
  ]);
  const { id } = await makeBackup(shop.ctx, { place: null });
  await workOnBackups(shop.ctx);
  return { ...shop, id };
}

async function lettersOf(ctx: Context): Promise<unknown[]> {
  const rows = await ctx.db.read(
    statement("SELECT address, params FROM outbox WHERE template = 'backup_drill_failed' ORDER BY id"),
  );
  return rows.map(([address, params]) => [address, JSON.parse(String(params))]);
}

test('owners hear why a backup could not be restored, and how long it took is kept', async () => {
  const { ctx, id, clock } = await openWithOwner();
  const { orders, entries, askedAt } = await newest(ctx);
  await beginDrill(ctx, { id });
  await ctx.backups?.places.folder?.delete(`${id}.db`);
  const begunAt = ctx.now();
  await workOnBackups({
    ...ctx,
    log: ctx.log,
    backups: ctx.backups && {
      ...ctx.backups,
      restore: async (...told) => {
        clock.advance(90_000);
        return (await ctx.backups?.restore?.(...told)) ?? Promise.reject(new Error('nothing'));
      },
    },
  });
  expect((await newest(ctx)).drill).toMatchObject({
    ...{ failure: 'gone', begunAt, finishedAt: begunAt + 90_000 },
  });
  const none = { differences: null, orders: null, entries: null, filesMissing: null };
  expect(await lettersOf(ctx)).toEqual([
    [
      'owner@example.com',
      { ...none, madeAt: askedAt, failure: 'gone', ordersMade: orders, entriesMade: entries },
    ],
  ]);
});

test('owners hear of a backup that lacks an order or does not add up, and of a good one not', async () => {
  const { ctx, id, folder } = await openWithOwner();
  await beginDrill(ctx, { id });
  await workOnBackups(ctx);
  expect((await newest(ctx)).drill).toMatchObject({ failure: null, differences: 0 });
  expect(await lettersOf(ctx)).toEqual([]);
  const copied = openEmbedded(join(folder, `${id}.db`));
  await copied.write([statement('UPDATE account_spend SET spend_minor = spend_minor + 1')]);
  await copied.script('PRAGMA wal_checkpoint(TRUNCATE)');
  copied.close();
  await beginDrill(ctx, { id });
  await workOnBackups(ctx);
  const { orders, drill } = await newest(ctx);
  expect(drill?.differences).toBeGreaterThan(0);
  expect(await lettersOf(ctx)).toMatchObject([
    ['owner@example.com', { failure: null, differences: drill?.differences, orders, ordersMade: orders }],
  ]);
  await ctx.db.write([statement('UPDATE backups SET orders = orders + 1 WHERE id = ?', id)]);
  await beginDrill(ctx, { id });
  await workOnBackups(ctx);
  expect(await lettersOf(ctx)).toMatchObject([
    expect.anything(),
    ['owner@example.com', { orders, ordersMade: (orders ?? 0) + 1 }],
  ]);
});

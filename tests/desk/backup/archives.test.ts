import { expect, test } from 'vitest';
import { beginDrill } from '../../../functions/desk/backup/begin-drill.ts';
import { makeBackup } from '../../../functions/desk/backup/make-backup.ts';
import { workOnBackups } from '../../../functions/desk/backup/work-on-backups.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { newest, openShopWithBackups } from './house.ts';

/** The shop as one on a server, where a backup is an archive, and something is sold after every look at its moment. */
async function openSellingServer() {
  const shop = await openShopWithBackups();
  const { db } = shop.ctx;
  let sold = 0;
  const snapshot = async () => {
    const taken = await db.snapshot();
    const read: typeof taken.read = async (statement) => {
      const rows = await taken.read(statement);
      sold += 1;
      await shop.order({ number: `M-${sold}`, totals: [20_000] });
      return rows;
    };
    return { ...taken, read };
  };
  const ctx: Context = { ...shop.ctx, db: { ...db, engine: 'remote', snapshot } };
  return { ...shop, ctx, sold: () => sold };
}

test('an archive of a shop that goes on selling is made, of one moment, and proves itself', async () => {
  const { ctx, sold } = await openSellingServer();
  const before = (await ctx.db.read({ sql: 'SELECT count(*) FROM orders', args: [] }))[0]?.[0];
  const { id } = await makeBackup(ctx, { place: null });
  await workOnBackups(ctx);
  expect(sold()).toBeGreaterThan(20);
  const made = await newest(ctx);
  expect(made).toMatchObject({ id, kind: 'archive', failure: null, begun: 1, orders: Number(before) });
  await beginDrill(ctx, { id });
  await workOnBackups(ctx);
  const { drill, orders, entries } = await newest(ctx);
  expect(drill).toMatchObject({ failure: null, differences: 0, orders, entries });
});

test('an archive waits for another that is being taken', async () => {
  const { ctx } = await openSellingServer();
  await ctx.db.write([
    {
      sql: "INSERT INTO archive_places (what, holder, until) VALUES ('out', 'archive process', ?)",
      args: [ctx.now() + 30_000],
    },
  ]);
  await makeBackup(ctx, { place: null });
  await workOnBackups(ctx);
  expect(await newest(ctx)).toMatchObject({ finishedAt: null, claimedBy: null, begun: 1 });
  await ctx.db.write([{ sql: 'DELETE FROM archive_places', args: [] }]);
  await workOnBackups(ctx);
  expect(await newest(ctx)).toMatchObject({ failure: null, begun: 2 });
});

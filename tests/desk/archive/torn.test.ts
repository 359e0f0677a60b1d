import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../../db/store.ts';
import { exportEverything } from '../../../functions/desk/archive/export-everything.ts';
import { importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { openStaging } from '../../../functions/desk/archive/staging.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { openHouse, pngBytes, tell } from '../../voice/feedback/house.ts';
import { archiveOf, packed, pieces, textsOf } from './archive-file.ts';

const stagingOf = (ctx: Context) =>
  ctx.db.read({ sql: "SELECT name FROM sqlite_schema WHERE name LIKE 'archive%'", args: [] });

test('an archive during which something is recorded breaks off, and the next is whole', async () => {
  const { ctx, order } = await openShop(moneyBack);
  await order({ totals: [20_000] });
  const { db } = ctx;
  let isRecorded = false;
  const read: typeof db.read = async (statement) => {
    const rows = await db.read(statement);
    if (statement.sql.includes('FROM "history"') && !isRecorded) {
      isRecorded = true;
      await order({ number: 'B-1', totals: [30_000] });
    }
    return rows;
  };
  const busy: Context = { ...ctx, db: { ...db, fresh: { ...db, read } } };
  await expect(archiveOf(busy)).rejects.toMatchObject({ code: 'unavailable' });
  expect(isRecorded).toBe(true);
  const copy = await createTestContext();
  await importEverything(copy, pieces(await archiveOf(ctx)));
});

async function aHouse() {
  const { ctx, ann } = await openHouse();
  const files = createTestFiles();
  await tell({ ...ann, files }, {}, [{ name: 'bag.png', bytes: pngBytes() }]);
  return { ctx: { ...ctx, files }, files };
}

test('files that customers sent come along, and what is gone from the store is told by number', async () => {
  const { ctx, files } = await aHouse();
  const archive = await archiveOf(ctx);
  const copy = await createTestContext();
  expect(await importEverything(copy, pieces(archive))).toMatchObject({ files: 1, filesMissing: 0 });
  for (const name of files.names()) await files.delete(name);
  const other = await createTestContext();
  const told = await importEverything(other, pieces(await archiveOf(ctx)));
  expect(told).toMatchObject({ files: 0, filesMissing: 1 });
});

test('without a place for files nothing that names some goes out or comes in', async () => {
  const { ctx, files } = await aHouse();
  await expect(exportEverything({ ...ctx, files: null }, { format: 'csv' })).rejects.toMatchObject({
    code: 'unavailable',
  });
  const archive = await archiveOf(ctx);
  for (const name of files.names()) await files.delete(name);
  for (const bytes of [archive, await archiveOf(ctx)]) {
    const copy = await createTestContext({ files: null });
    await expect(importEverything(copy, pieces(bytes))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await stagingOf(copy)).toEqual([]);
  }
  await exportEverything({ ...(await createTestContext()), files: null }, { format: 'csv' });
});

test('why an archive was refused is told and its rows are gone, also where its files cannot be taken away', async () => {
  const { ctx } = await aHouse();
  const texts = await textsOf(await archiveOf(ctx));
  const kept = createTestFiles();
  const files = { ...kept, delete: () => Promise.reject(new Error('no answer')) };
  const copy = await createTestContext({ files });
  const bytes = await packed(texts.set('shoes.ndjson', '{}\n'));
  await expect(importEverything(copy, pieces(bytes))).rejects.toMatchObject({ code: 'validation_failed' });
  expect(await stagingOf(copy)).toEqual([]);
});

test('an answer that was lost after all was written takes no files away', async () => {
  const { ctx } = await aHouse();
  const files = createTestFiles();
  const copy = await createTestContext({ files });
  const { db } = copy;
  const lossy: Context = {
    ...copy,
    db: {
      ...db,
      writeSchema: async (statements) => {
        await db.writeSchema(statements);
        throw new StoreUnavailable('TIMEOUT');
      },
    },
  };
  const told = await importEverything(lossy, pieces(await archiveOf(ctx)));
  expect(told).toMatchObject({ files: 1 });
  expect(files.names()).toHaveLength(1);
});

test('a second import waits until the first is over, or was left an hour ago', async () => {
  const { ctx, clock } = await openShop(moneyBack);
  const archive = await archiveOf(ctx);
  const copy = await createTestContext({ now: clock.now });
  await openStaging(copy);
  await expect(importEverything(copy, pieces(archive))).rejects.toMatchObject({ code: 'database_not_empty' });
  clock.advance(60 * 60_000);
  await importEverything(copy, pieces(archive));
  expect(await stagingOf(copy)).toEqual([]);
});

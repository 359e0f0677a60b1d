import { expect, test } from 'vitest';
import { StoreUnavailable } from '../../../db/store.ts';
import { exportEverything } from '../../../functions/desk/archive/export-everything.ts';
import { importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { openHouse, pngBytes, tell } from '../../voice/feedback/house.ts';
import { archiveOf, packed, pieces, textsOf } from './archive-file.ts';

const stagingOf = (ctx: Context) =>
  ctx.db.read({
    sql: "SELECT name FROM sqlite_schema WHERE name LIKE 'archive%' AND name <> 'archive_places'",
    args: [],
  });

/** Something is done after every look into the database, by whatever way an archive looks. */
function busy(ctx: Context, act: () => Promise<unknown>): Context {
  const { db } = ctx;
  const reading =
    (read: typeof db.read): typeof db.read =>
    async (statement) => {
      const rows = await read(statement);
      if (/ FROM "\w+"/.test(statement.sql)) await act();
      return rows;
    };
  const snapshot = async () => {
    const taken = await db.snapshot();
    return { ...taken, read: reading(taken.read) };
  };
  return { ...ctx, db: { ...db, fresh: { ...db, read: reading(db.read) }, snapshot } };
}

/** The files of an archive but for the log, which tells of archives before. */
async function tablesOf(archive: Buffer): Promise<Map<string, string>> {
  const texts = await textsOf(archive);
  texts.delete('audit_log.ndjson');
  return texts;
}

test('an archive is of the moment when it was asked for, whatever is recorded meanwhile', async () => {
  const { ctx, order } = await openShop(moneyBack);
  await order({ totals: [20_000] });
  const before = await archiveOf(ctx);
  let orders = 0;
  const archive = await archiveOf(
    busy(ctx, async () => {
      orders += 1;
      await order({ number: `B-${orders}`, totals: [30_000] });
    }),
  );
  expect(orders).toBeGreaterThan(20);
  expect(await tablesOf(archive)).toEqual(await tablesOf(before));
  const copy = await createTestContext();
  await importEverything(copy, pieces(archive));
  expect(await verify(copy)).toMatchObject({ differences: 0 });
});

test('what goes away while it is read leaves the database as free as it was', async () => {
  const { ctx, order } = await openShop(moneyBack);
  await order({ totals: [20_000] });
  let closed = 0;
  const snapshot = async () => {
    const taken = await ctx.db.snapshot();
    const close = () => {
      closed += 1;
      taken.close();
    };
    return { ...taken, close };
  };
  const stream = await exportEverything({ ...ctx, db: { ...ctx.db, snapshot } }, { format: 'csv' });
  await stream.cancel();
  await expect.poll(() => closed).toBe(1);
});

test('a file that is sent while an archive is taken is in none of it, and one from before is whole', async () => {
  const { ctx, ann } = await openHouse();
  const files = createTestFiles();
  const bytes = pngBytes();
  await tell({ ...ann, files }, {}, [{ name: 'before.png', bytes }]);
  const kept = files.names();
  const under: Promise<unknown>[] = [];
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  let isSent = false;
  const archive = await archiveOf(
    busy({ ...ctx, files }, async () => {
      if (isSent) return;
      isSent = true;
      // One is stored when the archive is over, and the row of the other is written when it is.
      const slow = {
        ...files,
        put: async (...put: Parameters<typeof files.put>) => {
          await held;
          await files.put(...put);
        },
      };
      under.push(tell({ ...ann, files: slow }, {}, [{ name: 'slow.png', bytes }]));
      await tell({ ...ann, files }, {}, [{ name: 'meanwhile.png', bytes }]);
    }),
  );
  release();
  await Promise.all(under);
  expect(files.names()).toHaveLength(3);
  const texts = await textsOf(archive);
  expect([...texts.keys()].filter((name) => name.startsWith('attachments/'))).toEqual(
    kept.map((name) => `attachments/${name}`),
  );
  const [copy, store] = [await createTestContext(), createTestFiles()];
  const told = await importEverything({ ...copy, files: store }, pieces(archive));
  expect(told).toMatchObject({ files: 1, filesMissing: 0 });
  expect(store.names()).toEqual(kept);
  expect(await store.get(kept[0] ?? '')).toEqual(bytes);
});

test('who took archives is told by the next one, and what came in goes out the same', async () => {
  const { ctx, order } = await openShop(moneyBack);
  await archiveOf(ctx);
  await order({ totals: [20_000] });
  const archive = await archiveOf(ctx);
  const log = async (bytes: Buffer) =>
    ((await textsOf(bytes)).get('audit_log.ndjson') ?? '').match(/archive\.\w+/g) ?? [];
  expect(await log(archive)).toEqual(['archive.exported']);
  const copy = await createTestContext();
  await importEverything(copy, pieces(archive));
  const again = await archiveOf(copy);
  expect(Buffer.compare(again, archive)).toBe(0);
  expect(await log(await archiveOf(copy))).toEqual([
    'archive.exported',
    'archive.imported',
    'archive.exported',
  ]);
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

test('a second import waits for the first, and not for one that is heard of no more', async () => {
  const { ctx, clock } = await openShop(moneyBack);
  const archive = await archiveOf(ctx);
  const copy = await createTestContext({ now: clock.now });
  const first = hanging(archive);
  const begun = importEverything(copy, first.pieces).catch((error) => error);
  await first.isRead;
  await expect(importEverything(copy, pieces(archive))).rejects.toMatchObject({ code: 'unavailable' });
  clock.advance(30_000);
  await importEverything(copy, pieces(archive));
  expect(await stagingOf(copy)).toEqual([]);
  first.end();
  expect(await begun).toBeInstanceOf(Error);
  expect(await stagingOf(copy)).toEqual([]);
  const again = await archiveOf(copy);
  expect(await tablesOf(again)).toEqual(await tablesOf(archive));
});

/** An archive that stops coming after its first half. */
function hanging(archive: Buffer) {
  const [isRead, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  async function* halves() {
    yield* pieces(archive.subarray(0, archive.length / 2));
    isRead.resolve();
    await end.promise;
  }
  return { pieces: halves(), isRead: isRead.promise, end: () => end.resolve() };
}

import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { StoreUnavailable } from '../../../db/store.ts';
import { importArchiveSlice, importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { tidyArchives } from '../../../functions/desk/archive/tidy-archives.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import type { FileStore } from '../../../functions/ground/platform/file-store.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { openHouse, pngBytes, tell } from '../../voice/feedback/house.ts';
import { archiveOf, pieces } from './archive-file.ts';

const stagingOf = ({ db }: Context) =>
  db.fresh.read({
    sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'archive_rows_%'",
    args: [],
  });

const placesOf = ({ db }: Context) => db.fresh.read({ sql: 'SELECT 1 FROM archive_places', args: [] });

async function aShop(): Promise<Buffer> {
  const { ctx, order } = await openShop(moneyBack);
  await order({ totals: [20_000] });
  return archiveOf(ctx);
}

/** A business whose customer sent files, and where they lie. */
async function withAttachments(count: number) {
  const { ctx, ann } = await openHouse();
  const files = createTestFiles();
  for (let at = 0; at < count; at += 1)
    await tell({ ...ann, files }, {}, [{ name: `${at}.png`, bytes: pngBytes() }]);
  return { archive: await archiveOf({ ...ctx, files }), names: files.names() };
}

/** The first steps of a run. */
async function someTurn(ctx: Context, archive: Buffer, steps = 3): Promise<void> {
  let done = 0;
  const isOver = () => {
    done += 1;
    return done >= steps;
  };
  expect(await importArchiveSlice(ctx, { chunks: pieces(archive), run: 'r1', isOver })).toBeNull();
}

const goOn = (ctx: Context, archive: Buffer) =>
  importArchiveSlice(ctx, { chunks: pieces(archive), run: 'r1', isOver: () => false });

test('a file that is short, and one that is there, are the files of the archive in the end', async () => {
  const { archive, names } = await withAttachments(2);
  const files = createTestFiles();
  const [short = '', whole = ''] = names;
  await files.put(short, pngBytes().slice(0, 5));
  await files.put(whole, pngBytes());
  const copy = await createTestContext({ files });
  expect(await importEverything(copy, pieces(archive))).toMatchObject({ files: 2, filesMissing: 0 });
  for (const name of names) expect(await files.get(name)).toEqual(pngBytes());
});

test('a refused archive takes away what it put, and no file that was there', async () => {
  const { archive, names } = await withAttachments(2);
  const files = createTestFiles();
  const [there = ''] = names;
  await files.put(there, pngBytes());
  const copy = await createTestContext({ files });
  const torn = await packedWithFiles(archive);
  await expect(importEverything(copy, pieces(torn))).rejects.toMatchObject({ code: 'bad_request' });
  expect(files.names()).toEqual([there]);
  expect(await stagingOf(copy)).toEqual([]);
});

/** The archive without its end. */
async function packedWithFiles(archive: Buffer): Promise<Buffer> {
  const { gunzipSync, gzipSync } = await import('node:zlib');
  const tar = gunzipSync(archive);
  return gzipSync(tar.subarray(0, tar.length - 1024));
}

test('a store of files is asked once for each file, however many turns it takes', async () => {
  const { archive, names } = await withAttachments(4);
  const kept = createTestFiles();
  let [gets, reads] = [0, 0];
  const files: FileStore = {
    ...kept,
    get: (name) => {
      // The list of who was erased is looked for there, too.
      if (names.includes(name)) gets += 1;
      return kept.get(name);
    },
  };
  const copy = await createTestContext({ files });
  const { fresh } = copy.db;
  const counted = {
    ...fresh,
    read: (asked: Parameters<typeof fresh.read>[0]) => {
      reads += 1;
      return fresh.read(asked);
    },
  };
  const ctx = { ...copy, db: { ...copy.db, fresh: counted } };
  const perTurn: number[] = [];
  for (let told = null; told === null; ) {
    reads = 0;
    told = await importArchiveSlice(ctx, { chunks: pieces(archive), run: 'r1', isOver: () => true });
    if (told === null) perTurn.push(reads);
    else expect(told).toMatchObject({ files: 4, filesMissing: 0 });
  }
  expect(gets).toBe(names.length);
  // Later turns pass over more files and ask no more for it.
  expect(Math.max(...perTurn.slice(-3))).toBeLessThanOrEqual((perTurn[0] ?? 0) + 4);
});

test('a run that is refused later on leaves nothing, nor does one that was killed and is over', async () => {
  const archive = await aShop();
  const copy = await createTestContext();
  await someTurn(copy, archive);
  expect(await stagingOf(copy)).toHaveLength(1);
  await copy.db.write([
    statement("INSERT INTO customers (id, email, created_at) VALUES ('x', 'x@example.com', 1)"),
  ]);
  await expect(goOn(copy, archive)).rejects.toMatchObject({ code: 'database_not_empty' });
  expect(await stagingOf(copy)).toEqual([]);
  expect(await placesOf(copy)).toEqual([]);
  await copy.db.script('CREATE TABLE archive_rows_r2 (file TEXT, part TEXT, line INTEGER)');
  await tidyArchives(copy);
  expect(await stagingOf(copy)).toEqual([]);
});

test('what is left is taken away only once nothing is heard of who reads', async () => {
  const archive = await aShop();
  let late = 0;
  const made = await createTestContext();
  const copy = { ...made, now: () => made.now() + late };
  await someTurn(copy, archive);
  await tidyArchives(copy);
  expect(await stagingOf(copy)).toHaveLength(1);
  late = 6 * 60_000;
  await tidyArchives(copy);
  expect(await stagingOf(copy)).toEqual([]);
});

test.each([
  ['the database', new StoreUnavailable('TIMEOUT')],
  ['the end of the process', new AppError('unavailable', 'later')],
])('what came so far stays when %s interrupts a run', async (_, error) => {
  const archive = await aShop();
  const copy = await createTestContext();
  await someTurn(copy, archive);
  const ends = importArchiveSlice(copy, {
    ...{ chunks: pieces(archive), run: 'r1', isOver: () => false },
    onProgress: () => {
      throw error;
    },
  });
  await expect(ends).rejects.toBe(error);
  expect(await stagingOf(copy)).toEqual([['archive_rows_r1']]);
  expect(await goOn(copy, archive)).toMatchObject({ filesMissing: 0 });
  expect(await stagingOf(copy)).toEqual([]);
});

test('of two processes at one run, the second waits until the first is gone', async () => {
  const archive = await aShop();
  const copy = await createTestContext();
  await someTurn(copy, archive);
  await copy.db.write([statement("UPDATE archive_places SET holder = 'r1 one'")]);
  const asTwo = (gone: string[]) => {
    const by = { me: 'two', isGone: (name: string) => gone.includes(name) };
    return importArchiveSlice(copy, { chunks: pieces(archive), run: 'r1', by, isOver: () => false });
  };
  await expect(asTwo([])).rejects.toMatchObject({ code: 'unavailable' });
  expect(await stagingOf(copy)).toHaveLength(1);
  expect(await asTwo(['one'])).toMatchObject({ filesMissing: 0 });
});

test('a place that was left an hour ago is taken away, so that nobody looks out for it any more', async () => {
  const { ctx, clock } = await openShop();
  const place = 'INSERT INTO archive_places (what, holder, until) VALUES (?, ?, ?)';
  await ctx.db.write([
    statement(place, 'in', 'killed one', ctx.now()),
    statement(place, 'out', 'killed other', ctx.now() + 30 * 60_000),
  ]);
  clock.advance(59 * 60_000);
  await tidyArchives(ctx);
  expect(await placesOf(ctx)).toHaveLength(2);
  clock.advance(60_000);
  await tidyArchives(ctx);
  expect(await placesOf(ctx)).toHaveLength(1);
});

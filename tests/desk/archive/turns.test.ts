import { expect, test } from 'vitest';
import { importArchiveSlice, importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { lookAtArchive } from '../../../functions/desk/archive/look-at-archive.ts';
import type { ArchivedFile } from '../../../functions/desk/archive/tar.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { openHouse, pngBytes, tell } from '../../voice/feedback/house.ts';
import { archiveOf, pieces, repacked, textsOf } from './archive-file.ts';

/** A business of which every table that can be split is several files, as that of a large one, and two sent files. */
async function largeBusiness() {
  const { ctx, ann } = await openHouse();
  const files = createTestFiles();
  for (const name of ['one.png', 'two.png']) await tell({ ...ann, files }, {}, [{ name, bytes: pngBytes() }]);
  const archive = await archiveOf({ ...ctx, files });
  return { archive, split: await repacked(archive, splitUp), files };
}

const decoded = ({ bytes }: ArchivedFile) => new TextDecoder().decode(bytes);
const encoded = (name: string, text: string): ArchivedFile => ({
  name,
  bytes: new TextEncoder().encode(text),
});

/** Each line of a table's file in a file of its own. */
function splitUp(file: ArchivedFile): ArchivedFile[] {
  const [table = '', ending] = file.name.split('.');
  if (ending !== 'ndjson') return [file];
  const lines = decoded(file)
    .split('\n')
    .filter((line) => line !== '');
  return lines.map((line, at) => encoded(`${table}${at === 0 ? '' : `.${at + 1}`}.ndjson`, `${line}\n`));
}

/** Steps of a run, each in a turn of its own, until it tells. */
async function inTurns<Told>(step: () => Promise<Told | null>): Promise<{ told: Told; turns: number }> {
  for (let turns = 1; turns < 1000; turns += 1) {
    const told = await step();
    if (told !== null) return { told, turns };
  }
  throw new Error('it never ends');
}

const slice = { run: 'r1', isOver: () => true };

test('an archive is looked through a file in each turn, and tells what it tells in one go', async () => {
  const { split, files } = await largeBusiness();
  const copy = await createTestContext({ files });
  const look = (of: typeof slice | null) =>
    lookAtArchive(copy, { chunks: pieces(split), onRows: () => undefined, slice: of });
  const { told, turns } = await inTurns(() => look(slice));
  expect(told).toEqual(await look(null));
  expect(told).toMatchObject({ files: 2, filesMissing: 0 });
  expect(turns).toBeGreaterThan(20);
});

test('what waits is not unpacked into rows again, and ends in the same', async () => {
  const { archive, split } = await largeBusiness();
  const copy = await createTestContext({ files: createTestFiles() });
  const bring = (bytes: Buffer) => importArchiveSlice(copy, { ...slice, chunks: pieces(bytes) });
  for (let turn = 0; turn < 6; turn += 1) expect(await bring(split)).toBeNull();
  // Of the first files of tables nothing can be read any more.
  let at = 0;
  const withFiles = await repacked(split, (file) => {
    at += 1;
    return [at > 1 && at <= 7 ? encoded(file.name, 'unreadable') : file];
  });
  const { told } = await inTurns(() => bring(withFiles));
  expect(told).toMatchObject({ files: 2, filesMissing: 0 });
  const [there, here] = [await textsOf(archive), await textsOf(await archiveOf(copy))];
  for (const texts of [there, here]) texts.delete('audit_log.ndjson');
  expect(here).toEqual(there);
});

test('a row that the database refuses is found in turns, too', async () => {
  const { archive } = await largeBusiness();
  const wrong = await repacked(archive, (file) => {
    if (file.name !== 'customers.ndjson') return [file];
    const [first = '', ...rest] = decoded(file).split('\n');
    const twin = first.replace(/"id":"[^"]+"/, `"id":"${'0'.repeat(32)}"`);
    return [encoded(file.name, [first, twin, ...rest].join('\n'))];
  });
  const files = createTestFiles();
  const refusal = async (import_: (ctx: Context) => Promise<unknown>) =>
    import_(await createTestContext({ files })).then(
      () => 'none',
      (error: Error) => error.message,
    );
  const atOnce = await refusal((ctx) => importEverything(ctx, pieces(wrong)));
  expect(atOnce).toContain('customers.ndjson, line 2, email: stands twice');
  const byAndBy = await refusal((ctx) =>
    inTurns(() => importArchiveSlice(ctx, { ...slice, chunks: pieces(wrong) })),
  );
  expect(byAndBy).toBe(atOnce);
});

test('of two files of one name an archive is damaged', async () => {
  const { ctx } = await openHouse();
  const { gunzipSync, gzipSync } = await import('node:zlib');
  const tar = gunzipSync(await archiveOf(ctx));
  const copy = await createTestContext();
  // The first file, put before all of it once more.
  const first = tar.subarray(0, 1024);
  const twice = gzipSync(Buffer.concat([first, tar]));
  await expect(importEverything(copy, pieces(twice))).rejects.toMatchObject({ code: 'bad_request' });
});

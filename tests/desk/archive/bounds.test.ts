import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { archiveTools } from '../../../functions/desk/archive/archive-tools.ts';
import { gunzipped } from '../../../functions/desk/archive/gzip.ts';
import { importEverything } from '../../../functions/desk/archive/import-everything.ts';
import { openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { archiveOf, packed, pieces, textsOf } from './archive-file.ts';

const MB = 1024 * 1024;

async function refuses(bytes: Buffer, code: string, message: string): Promise<void> {
  const copy = await createTestContext();
  const expected = { code, message: expect.stringContaining(message) };
  const looked = archiveTools.look(copy, { chunks: pieces(bytes), onRows: () => undefined, slice: null });
  await expect(looked).rejects.toMatchObject(expected);
  await expect(importEverything(copy, pieces(bytes))).rejects.toMatchObject(expected);
}

test('what unpacks to far more than it is, is no archive', async () => {
  const bomb = gzipSync(Buffer.alloc(100 * MB));
  const unpack = async () => {
    let bytes = 0;
    for await (const piece of gunzipped(pieces(bomb))) bytes += piece.length;
    return bytes;
  };
  await expect(unpack()).rejects.toMatchObject({ code: 'bad_request' });
});

test('an archive that goes on behind its end is refused, and one that is filled up to its block is not', async () => {
  const { ctx } = await openShop();
  const tar = gunzipSync(await archiveOf(ctx));
  await refuses(gzipSync(Buffer.concat([tar, Buffer.alloc(2 * MB)])), 'bad_request', 'behind its end');
  const copy = await createTestContext();
  const filled = gzipSync(Buffer.concat([tar, Buffer.alloc(10_240)]));
  expect(await importEverything(copy, pieces(filled))).toMatchObject({ filesMissing: 0 });
});

test('a file of a table that is too large to be held is refused by name', async () => {
  const { ctx } = await openShop();
  const texts = await textsOf(await archiveOf(ctx));
  const large = await packed(texts.set('customers.ndjson', ' '.repeat(33 * MB)));
  await refuses(large, 'validation_failed', 'customers.ndjson is larger');
});

test('who stops an archive is heard while nothing of it is a row', async () => {
  const { ctx } = await openShop();
  const copy = await createTestContext();
  const stopped = new Error('stopped');
  let asked = 0;
  const look = archiveTools.look(copy, {
    chunks: pieces(await archiveOf(ctx)),
    slice: null,
    onRows: (rows) => {
      asked += 1;
      if (rows === 0) throw stopped;
    },
  });
  await expect(look).rejects.toBe(stopped);
  expect(asked).toBe(1);
});

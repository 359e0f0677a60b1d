import { expect, test } from 'vitest';
import { openLargeBucket } from '../../../functions/ground/files/large-bucket.ts';
import { startFakeBucket } from '../../support/fake-bucket.ts';

const PART = 4 * 1024 * 1024;
const name = 'a'.repeat(32);

/** Bytes in pieces that fit no part; no two neighbours are the same. */
async function* bytesOf(length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < length; at += 1_000_003) {
    yield Buffer.alloc(Math.min(1_000_003, length - at), `${at} and on `);
  }
}

async function open(bytes_max = 3 * PART) {
  const bucket = await startFakeBucket();
  const files = openLargeBucket(bucket.config, { bytes_max, archiveBytes_max: bytes_max });
  const write = (length: number) => files.write(name, bytesOf(length), files);
  return { bucket, files, write };
}

async function whole(chunks: AsyncIterable<Uint8Array> | null): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks ?? []) pieces.push(chunk);
  return Buffer.concat(pieces);
}

test.each([1, PART, 2 * PART + 17])('keeps %i bytes in parts and gives them back', async (length) => {
  const { bucket, files, write } = await open();
  expect(await write(length)).toEqual({ bytes: length });
  expect(bucket.files.size).toBe(Math.ceil(length / PART) + 1);
  expect((await whole(await files.read(name))).equals(await whole(bytesOf(length)))).toBe(true);
  await files.delete(name);
  expect([bucket.files.size, await files.has(name), await files.read(name)]).toEqual([0, false, null]);
});

test('keeps nothing of a file that is too large or that the bucket does not take whole', async () => {
  const { bucket, files, write } = await open(PART + 5);
  await expect(write(PART + 6)).rejects.toMatchObject({ code: 'body_too_large' });
  expect([bucket.files.size, await files.has(name)]).toEqual([0, false]);
  bucket.plan.push(0, 403);
  await expect(write(PART + 5)).rejects.toMatchObject({ code: 'HTTP_403' });
  expect([bucket.files.size, await files.has(name)]).toEqual([0, false]);
});

test('a file is there once all of it is, and goes also when it broke off', async () => {
  const { bucket, files, write } = await open();
  await write(2 * PART);
  bucket.files.delete(`/shop/imports/${name}/contents`);
  expect(await files.has(name)).toBe(false);
  await files.delete(name);
  expect(bucket.files.size).toBe(0);
});

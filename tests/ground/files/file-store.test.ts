import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openBucket } from '../../../functions/ground/files/bucket.ts';
import { openFolder } from '../../../functions/ground/files/folder.ts';
import { openFiles } from '../../../functions/ground/files/open-files.ts';
import { readConfig } from '../../../functions/ground/platform/config.ts';
import type { FileStore } from '../../../functions/ground/platform/file-store.ts';
import { startFakeBucket } from '../../support/fake-bucket.ts';

const name = 'a1'.repeat(32);
const bytes = new Uint8Array(Buffer.from('любі байти \0 \r\n'));

const stores: [string, () => Promise<FileStore>][] = [
  ['a folder', async () => openFolder(join(mkdtempSync(join(tmpdir(), 'regulars-folder-')), 'regulars.db'))],
  ['a bucket', async () => openBucket((await startFakeBucket()).config)],
];

describe.each(stores)('%s', (_, open) => {
  test('gives back what it was given, until it is deleted', async () => {
    const store = await open();
    expect(await store.get(name)).toBeNull();
    await store.put(name, bytes);
    expect(await store.get(name)).toEqual(bytes);
    await store.delete(name);
    await store.delete(name);
    expect(await store.get(name)).toBeNull();
  });

  test.each(['../secret', 'a/b', '', '../..', 'A1'.repeat(32), `${name}x`])(
    'has no file called %s',
    async (wrong) => {
      const store = await open();
      await expect(store.get(wrong)).rejects.toThrow(RangeError);
      await expect(store.put(wrong, bytes)).rejects.toThrow(RangeError);
    },
  );
});

test('a folder lets only its owner read, and overwrites nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-folder-'));
  const store = openFolder(join(folder, 'regulars.db'));
  await store.put(name, bytes);
  await expect(store.put(name, bytes)).rejects.toMatchObject({ code: 'EEXIST' });
  expect(readdirSync(join(folder, 'attachments'))).toEqual([name]);
  expect(statSync(join(folder, 'attachments', name)).mode & 0o777).toBe(0o600);
});

test('what a killed process left of a file is no file, and goes with it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-folder-'));
  const store = openFolder(join(folder, 'regulars.db'));
  mkdirSync(join(folder, 'attachments'));
  writeFileSync(join(folder, 'attachments', `${name}.part`), 'sho');
  expect(await store.get(name)).toBeNull();
  await store.put(name, bytes);
  expect(await store.get(name)).toEqual(bytes);
  expect(readdirSync(join(folder, 'attachments'))).toEqual([name]);
  writeFileSync(join(folder, 'attachments', `${name}.part`), 'sho');
  await store.delete(name);
  expect(readdirSync(join(folder, 'attachments'))).toEqual([]);
});

test('a bucket refuses what is signed with another key, and tells no name', async () => {
  const bucket = await startFakeBucket();
  const stranger = openBucket({ ...bucket.config, secretAccessKey: 'another' });
  await expect(stranger.put(name, bytes)).rejects.toMatchObject({
    code: 'HTTP_403',
    message: expect.not.stringContaining(name),
  });
  expect(bucket).toMatchObject({ forged: 1, files: new Map() });
});

test('a bucket that fails once is asked again', async () => {
  const bucket = await startFakeBucket();
  bucket.plan.push(503, 500);
  await openBucket(bucket.config).put(name, bytes);
  expect([...bucket.files.values()]).toEqual([Buffer.from(bytes)]);
});

test('a bucket that sends elsewhere is not followed', async () => {
  const bucket = await startFakeBucket();
  const elsewhere = await startFakeBucket();
  bucket.sendsTo = `${elsewhere.config.url}/attachments/${name}`;
  await expect(openBucket(bucket.config).put(name, bytes)).rejects.toMatchObject({ code: 'HTTP_307' });
  expect(elsewhere).toMatchObject({ forged: 0, files: new Map() });
});

test('files lie beside a database file, in the bucket that is set, or nowhere', () => {
  const secret = 'x'.repeat(32);
  const keys = { BUCKET_ACCESS_KEY_ID: 'a', BUCKET_SECRET_ACCESS_KEY: 'b' };
  expect(openFiles(readConfig({}, secret))).not.toBeNull();
  expect(openFiles(readConfig({ DATABASE_URL: 'https://db.example' }, secret))).toBeNull();
  const remote = { DATABASE_URL: 'https://db.example', BUCKET_URL: 'https://s3.example/shop/' };
  expect(readConfig({ ...remote, ...keys }, secret).bucket?.url).toBe('https://s3.example/shop');
  expect(() => readConfig(remote, secret)).toThrow('BUCKET_ACCESS_KEY_ID');
  expect(() => readConfig({ BUCKET_URL: 'shop', ...keys }, secret)).toThrow('BUCKET_URL');
});

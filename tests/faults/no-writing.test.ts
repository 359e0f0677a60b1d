import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  limitFiles,
  mountSmallDisk,
  noFileLimit,
  noReadOnlyFiles,
  noSmallDisk,
  setReadOnly,
} from '../support/faulty-disk.ts';
import { startServer } from '../support/server.ts';
import { type FaultyShop, openFaultyShop } from './shop.ts';

/** While nothing can be written: 503 and when to come back, reads go on, and all is well afterwards without a restart. */
async function survive(shop: FaultyShop, fault: { begin: () => void; end: () => void }): Promise<void> {
  await Promise.all([shop.sell(), shop.sell()]);
  fault.begin();
  try {
    await Promise.all([shop.sellUntilRefused(), ...Array.from({ length: 8 }, shop.sell)]);
    await shop.assertReadable();
  } finally {
    fault.end();
  }
  await shop.assertRecovered();
}

test.skipIf(noSmallDisk !== null)(
  `a full disk${noSmallDisk === null ? '' : ` (${noSmallDisk})`}`,
  async () => {
    const disk = mountSmallDisk();
    const databaseUrl = `file:${join(disk.folder, 'regulars.db')}`;
    const shop = await openFaultyShop({ databaseUrl, folder: disk.folder, start: startServer });
    try {
      await survive(shop, { begin: disk.fill, end: disk.free });
    } finally {
      await shop.close();
      disk.remove();
    }
  },
);

describe('a file that', () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-fault-'));
  const path = join(folder, 'regulars.db');
  let shop: FaultyShop;

  beforeAll(async () => {
    shop = await openFaultyShop({ databaseUrl: `file:${path}`, folder, start: startServer });
  });
  afterAll(async () => {
    await shop.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test.skipIf(noReadOnlyFiles !== null)(
    `is read-only${noReadOnlyFiles === null ? '' : ` (${noReadOnlyFiles})`}`,
    async () => {
      await survive(shop, { begin: () => setReadOnly(path, true), end: () => setReadOnly(path, false) });
    },
  );

  test.skipIf(noFileLimit !== null)(
    `may not grow${noFileLimit === null ? '' : ` (${noFileLimit})`}`,
    async () => {
      const { pid } = shop.portal.running;
      await survive(shop, { begin: () => limitFiles(pid, `${path}-wal`), end: () => limitFiles(pid, null) });
    },
  );

  test('another process is writing to, for too long', async () => {
    const other = new Database(path);
    await shop.sell();
    // Once before, so that no page is made for the first time while the lock is waited for.
    await shop.assertReadable();
    other.exec('BEGIN IMMEDIATE');
    const waiting = shop.sell();
    await shop.assertReadable();
    expect(shop.sales.at(-1)?.answer, 'reads are answered while a write waits').toBeNull();
    other.exec('COMMIT');
    expect((await waiting).answer?.status, 'a write waits for a short while').toBe(201);
    await survive(shop, {
      begin: () => other.exec('BEGIN IMMEDIATE'),
      end: () => other.exec('COMMIT'),
    });
    other.close();
  });
});

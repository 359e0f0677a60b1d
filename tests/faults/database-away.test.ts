import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../support/server.ts';
import { noSqld, type Sqld, startSqld } from '../support/sqld.ts';
import { startWorker } from '../support/workerd.ts';
import { type FaultyShop, openFaultyShop } from './shop.ts';

const isSoak = process.env.SOAK === '1';
const ROUNDS = isSoak ? 20 : 2;

const servers = [
  ['Node', startServer],
  ['workerd', startWorker],
] as const;

describe.skipIf(noSqld !== null).each(servers)('%s, while its database server is killed', (name, start) => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-away-'));
  let database: Sqld;
  let shop: FaultyShop;

  beforeAll(async () => {
    database = await startSqld();
    shop = await openFaultyShop({ databaseUrl: database.url, folder, start });
  });
  afterAll(async () => {
    await shop.close();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test(`${ROUNDS} times: 503, jobs too fail without harm, and nothing acknowledged is lost`, async () => {
    const { origin } = shop.portal;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const before = Array.from({ length: 8 }, shop.sell);
      await before[0];
      await database.kill();
      await Promise.all(before);
      await shop.sellUntilRefused();
      if (name === 'workerd') await fetch(`${origin}/cdn-cgi/handler/scheduled`);
      for (const [path, status] of [
        ['/healthz', 200],
        ['/readyz', 503],
        ['/sign-in', 503],
      ] as const) {
        const answer = await fetch(origin + path);
        expect([path, answer.status, await answer.text()]).toEqual([path, status, expect.any(String)]);
      }
      await database.restart();
      await shop.assertRecovered();
      await shop.assertReadable();
    }
  });
});

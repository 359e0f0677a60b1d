import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pause } from '../support/process.ts';
import { startServer } from '../support/server.ts';
import { noSqld, startSqld } from '../support/sqld.ts';
import { openFaultyShop } from './shop.ts';

/** `SOAK_MINUTES` for a shorter look. CI kills the server twice in `database-away.test.ts`. */
const MINUTES = Number(process.env.SOAK_MINUTES ?? 10);
const BETWEEN_KILLS_MS = 30_000;
const AWAY_MS = 2000;
const CLIENTS = 6;

test.skipIf(process.env.SOAK !== '1' || noSqld !== null)(
  `${MINUTES} minutes of selling and reading while the database server is killed every 30 s: nothing is lost`,
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-soak-'));
    const database = await startSqld();
    const shop = await openFaultyShop({ databaseUrl: database.url, folder, start: startServer });
    const end = Date.now() + MINUTES * 60_000;
    const reads = { done: 0, unavailable: 0 };
    const sellers = Array.from({ length: CLIENTS }, async () => {
      while (Date.now() < end) {
        const { answer } = await shop.sell();
        if (answer?.status === 503) await pause(200);
      }
    });
    const reader = async () => {
      while (Date.now() < end) {
        const { status } = await fetch(`${shop.portal.origin}/sign-in`);
        expect([200, 503]).toContain(status);
        reads[status === 200 ? 'done' : 'unavailable'] += 1;
        await pause(50);
      }
    };
    let kills = 0;
    const killer = async () => {
      while (Date.now() + BETWEEN_KILLS_MS < end) {
        await pause(BETWEEN_KILLS_MS - AWAY_MS);
        await database.kill();
        kills += 1;
        await pause(AWAY_MS);
        await database.restart();
      }
    };
    await Promise.all([...sellers, reader(), killer()]);
    const acknowledged = shop.sales.filter(({ answer }) => (answer?.status ?? 503) < 300).length;
    await shop.assertRecovered();
    process.stdout.write(
      `${kills} kills; ${acknowledged} of ${shop.sales.length} orders acknowledged at once, all in the end; ` +
        `${reads.done} pages read, ${reads.unavailable} told to come back; 0 process ends\n`,
    );
    await shop.close();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  },
);

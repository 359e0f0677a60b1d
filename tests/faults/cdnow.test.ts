import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cliFile, regulars } from '../support/cli.ts';
import { pause, type Running, repository, start } from '../support/process.ts';
import { setProgrammeFile } from '../support/programmes.ts';

const orders = `${repository}../shared/data/cdnow/orders.csv`;
const skipped = existsSync(orders) ? '' : ' (skipped: there is no ../shared/data/cdnow/orders.csv)';
const isSoak = process.env.SOAK === '1';
const KILLS = isSoak ? 50 : 4;
const ORDERS = 69_659;

const moneyBack = {
  currency: 'USD',
  timeZone: 'America/New_York',
  rules: [
    {
      id: 'money-back',
      name: '5 back for every 100',
      scheme: 'every',
      spend: '100.00',
      back: '5.00',
      period: 'lifetime',
      from: '1997-01-01',
    },
  ],
  debt: 'carry',
};

const quarterBands = {
  ...moneyBack,
  rules: [
    {
      id: 'quarter',
      name: 'More for more',
      scheme: 'bands',
      mode: 'whole',
      bands: [
        { from: '0.00', percent: '1' },
        { from: '100.00', percent: '2.5' },
        { from: '300.00', percent: '4.25' },
      ],
      period: 'quarter',
      from: '1997-01-01',
    },
  ],
};

describe.skipIf(skipped !== '')(`69,659 real purchases${skipped}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-cdnow-'));
  let whole: Shop;
  let import_ms = 0;

  beforeAll(async () => {
    whole = await openShop(folder, 'whole', moneyBack);
    const started = performance.now();
    whole.report = JSON.parse(await whole.run('import', 'orders', orders, '--json'));
    import_ms = performance.now() - started;
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('come out to the cent', async () => {
    expect(whole.report).toMatchObject({
      orders: { created: 69_659, updated: 0, unchanged: 0, rejected: 0 },
      rewards: { earned: 8_016_000 },
    });
    const balances = await whole.balances();
    expect(balances).toHaveLength(23_570);
    expect(sum(balances.map(({ spend }) => spend))).toBe(250_031_563);
    const earned = balances.filter(({ available }) => available > 0);
    expect([earned.length, sum(earned.map(({ available }) => available))]).toEqual([6234, 8_016_000]);
    expect(await whole.verify()).toMatchObject({ accounts: 23_570, differences: 0 });
    process.stdout.write(`imported in ${(import_ms / 1000).toFixed(1)} s\n`);
  });

  test('change nothing when they are imported again', async () => {
    const before = await whole.exports();
    const report = JSON.parse(await whole.run('import', 'orders', orders, '--json'));
    expect(report.orders).toEqual({ created: 0, updated: 0, unchanged: 69_659, rejected: 0 });
    expect(await whole.exports()).toEqual(before);
  });

  test(`end the same after ${KILLS} imports that were killed`, async () => {
    const shop = await openShop(folder, 'killed', moneyBack);
    let killed = 0;
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const running = start({
        command: process.execPath,
        arguments: [cliFile, 'import', 'orders', orders, '--json'],
        env: shop.settings,
      });
      // Now early, while the file is read, now once a share of its orders is there.
      if (kill % 2 === 1) await pause(import_ms * 0.1 * Math.random());
      else await untilThere(running, shop.path, (ORDERS * (kill - Math.random())) / (KILLS + 1));
      if (running.isRunning()) killed += 1;
      await running.end('SIGKILL');
    }
    await shop.run('import', 'orders', orders, '--json');
    expect(killed).toBeGreaterThan(KILLS / 2);
    expect(await shop.exports()).toEqual(await whole.exports());
    expect(await shop.verify()).toMatchObject({ differences: 0 });
  });

  test.runIf(isSoak)('earn the same in whatever order their rows stand', async () => {
    const shop = await openShop(folder, 'shuffled', moneyBack);
    const path = join(folder, 'shuffled.csv');
    writeFileSync(path, shuffled(readFileSync(orders, 'utf8')));
    await shop.run('import', 'orders', path, '--json');
    expect(await shop.balances()).toEqual(await whole.balances());
    expect(await shop.verify()).toEqual(await whole.verify());
  });

  test.runIf(isSoak)('earn by quarters when the programme says so', async () => {
    const shop = await openShop(folder, 'quarters', quarterBands);
    const report = JSON.parse(await shop.run('import', 'orders', orders, '--json'));
    expect(report.rewards.earned).toBe(4_846_858);
    expect(await shop.verify()).toMatchObject({ differences: 0 });
  });
});

/** Waits until so many orders are there, or the program has ended. */
async function untilThere(running: Running, path: string, count: number): Promise<void> {
  const db = new Database(path, { readonly: true, timeout: 10_000 });
  try {
    const counted = db.prepare('SELECT count(*) AS orders FROM orders');
    while (running.isRunning() && z.object({ orders: z.number() }).parse(counted.get()).orders < count)
      await pause(20);
  } finally {
    db.close();
  }
}

interface Balance {
  email: string;
  spend: number;
  available: number;
}

type Shop = Awaited<ReturnType<typeof openShop>>;

/** A business on a file of its own, led by the command line alone. */
async function openShop(folder: string, name: string, programme: object) {
  const path = `${join(folder, name)}.db`;
  const settings = { DATABASE_URL: `file:${path}` };
  await setProgrammeFile(settings, folder, programme);
  const run = (...words: string[]) => regulars(settings, ...words);
  const report: unknown = null;
  return {
    ...{ path, settings },
    run,
    report,
    balances: async (): Promise<Balance[]> => JSON.parse(await run('balances', '--json')),
    verify: async (): Promise<unknown> => JSON.parse(await run('verify', '--json')),
    /** The bytes of all exports, as their hashes. */
    exports: async () => {
      const hashes: Record<string, string> = {};
      for (const what of ['orders', 'customers', 'ledger']) hashes[what] = hashOf(await run('export', what));
      return { ...hashes, balances: hashOf(await run('balances', '--json')) };
    },
  };
}

/** The same shuffle every time: every row moves, the header stays. */
function shuffled(csv: string): string {
  const [header, ...rows] = csv.trimEnd().split('\n');
  const keyed = rows.map((row) => ({ row, key: hashOf(row) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return `${[header, ...keyed.map(({ row }) => row)].join('\n')}\n`;
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

import { createHash } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  mkdtempSync,
  openAsBlob,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { openBrowser } from '../engines/browser.ts';
import { regulars } from '../support/cli.ts';
import { freePort, pause } from '../support/process.ts';
import { halfBack, setProgrammeFile } from '../support/programmes.ts';
import { type Portal, portalSettings, startServer } from '../support/server.ts';
import { shopifyHeader, shopifyOrder, shopifyRow } from '../support/shopify-export.ts';

const isSoak = process.env.SOAK === '1';
const SIZE_MB = isSoak ? 1000 : 20;
const KILLS = isSoak ? 10 : 2;
/** Orders of one row, about; of fewer each is as much wider, by its note. */
const ROWS = Number(process.env.UPLOAD_ROWS ?? (SIZE_MB * 1_000_000) / 806);
/** How long after a start a kill comes at most: what has fewer rows is done sooner. */
const SOON_MS = isSoak ? ROWS / 62 : 350;
const CUSTOMERS = Math.ceil(ROWS / 12);
/** Of the process that serves and imports, without the files it has mapped, such as Node’s own program. */
const MEMORY_MB = 300;
const EXPORTS = ['orders', 'customers', 'ledger'];

const folder = mkdtempSync(join(tmpdir(), 'regulars-upload-'));
const file = join(folder, 'till.csv');
const WRONG = shopifyRow({
  Name: '#WRONG',
  Email: 'ann@x.example',
  'Financial Status': 'paid',
  Currency: 'EUR',
  'Created at': '2026-01-01 10:00:00 -0500',
  'Lineitem quantity': '1',
  'Lineitem name': 'Tea',
  'Lineitem price': '1;00',
}).trimEnd();

beforeAll(() => writeOrders(file, SIZE_MB * 1_000_000));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(`a file of ${SIZE_MB} MB that is sent by the browser to a server killed ${KILLS} times is imported as by command`, async () => {
  const expected = await importedByCommand();
  process.stdout.write(`the command took ${expected.seconds} s for ${expected.report.rows} rows\n`);
  const shop = await openShop();
  const [early, late] = [Math.ceil(KILLS / 2), Math.floor(KILLS / 2)];
  try {
    const address = await shop.send();
    expect(await shop.until(address, { from: 'checking', to: 'checked', kills: early })).toBe(early);
    expect((await shop.browser.post(address, { do: 'begin' })).status).toBe(303);
    expect(await shop.until(address, { from: 'running', to: 'done', kills: late })).toBe(late);
    expect(shop.reportOf(address)).toMatchObject(expected.report);
    expect((await shop.browser.get(`${address}/rejected.csv`)).text).toContain(`${WRONG},"Lineitem price`);
  } finally {
    await shop.end();
  }
  expect(await exportsOf(shop.run)).toEqual(expected.exports);
  expect(JSON.parse(await shop.run('verify', '--json'))).toMatchObject({ differences: 0 });
  const most_mb = shop.most_mb();
  process.stdout.write(`the server held, in MB at the most: ${JSON.stringify(most_mb)}\n`);
  expect(Math.max(...Object.values(most_mb))).toBeLessThanOrEqual(MEMORY_MB);
});

/** Orders of people who come back, in the columns of a Shopify export with both addresses. */
function writeOrders(path: string, size: number): void {
  const out = openSync(path, 'w');
  writeSync(out, shopifyHeader);
  const width = size / ROWS;
  for (let written = 0, made = 1; written < size; ) {
    const rows = Array.from({ length: 500 }, () =>
      shopifyOrder(made++, { customers: CUSTOMERS, width }),
    ).join('');
    written += writeSync(out, rows);
  }
  writeSync(out, `${WRONG}\n`);
  closeSync(out);
}

async function importedByCommand() {
  const settings = { DATABASE_URL: `file:${join(folder, 'command.db')}` };
  const run = (...words: string[]) => regulars(settings, ...words);
  await setProgrammeFile(settings, folder, halfBack);
  const { orders, customers, lines, rewards, seconds } = JSON.parse(
    await run('import', 'orders', file, '--json'),
  );
  return {
    report: { ...orders, newCustomers: customers.created, rows: lines, rewards },
    seconds,
    exports: await exportsOf(run),
  };
}

type Run = (...words: string[]) => Promise<string>;

/** The bytes of all exports, as their hashes. */
async function exportsOf(run: Run): Promise<string[]> {
  const hashes: string[] = [];
  const path = join(folder, 'export.csv');
  for (const name of EXPORTS) {
    await run('export', name, '-o', path);
    hashes.push(await hashOf(createReadStream(path)));
  }
  return [...hashes, await hashOf([await run('balances', '--json')])];
}

async function hashOf(chunks: AsyncIterable<Buffer> | string[]): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

async function openShop() {
  const database = join(folder, 'browser.db');
  const settings = portalSettings(`file:${database}`, 'http://127.0.0.1:9');
  const run: Run = (...words) => regulars(settings, ...words);
  await setProgrammeFile(settings, folder, halfBack);
  await run('settings', 'set', 'staffFactor', 'optional');
  const port = await freePort();
  const link = new URL((await run('staff', 'add', 'olena@x.example', '--role', 'owner')).trim());
  let portal = await startServer(settings, port);
  const browser = openBrowser(portal.origin);
  await browser.get(`${link.pathname}${link.search}`);
  await browser.post('/sign-in/link', {});
  const most_mb: Record<string, number> = {};
  let doing = 'sending';
  const watch = setInterval(() => {
    most_mb[doing] = Math.max(most_mb[doing] ?? 0, memoryOf(portal));
  }, 100);

  const killAndStart = async () => {
    await portal.running.end('SIGKILL');
    portal = await startServer(settings, port);
  };
  return {
    ...{ run, browser },
    end: async () => {
      clearInterval(watch);
      await portal.running.end('SIGTERM');
    },
    most_mb: () => most_mb,
    reportOf: (address: string): unknown => JSON.parse(runOf(database, address).report),
    send: async (): Promise<string> => {
      const form = new FormData();
      form.append('kind', 'orders');
      form.append('file', await openAsBlob(file, { type: 'text/csv' }), 'till.csv');
      const { status, location } = await browser.post('/console/imports', form);
      expect([status, location]).toEqual([303, expect.stringMatching(/^\/console\/imports\/[0-9a-f]{32}$/)]);
      return location ?? '';
    },
    /**
     * Waits until a run is there, and kills the server so often while it is on its way: soon after each start, and every
     * third time of one that writes only once it has written its share.
     */
    until: async (address: string, { from, to, kills }: { from: string; to: string; kills: number }) => {
      const started = performance.now();
      let killed = 0;
      for (;;) {
        const { state, failure, written } = runOf(database, address);
        doing = state;
        if (state === to) {
          const seconds = Math.round((performance.now() - started) / 1000);
          process.stdout.write(`${from} took ${seconds} s with ${killed} kills\n`);
          return killed;
        }
        if (state === 'failed') throw new Error(`${failure}\n${portal.running.output()}`);
        const isBetween = from === 'running' && killed % 3 === 0;
        await pause(killed === kills ? 300 : isBetween ? 50 : 50 + SOON_MS * Math.random());
        if (killed === kills || runOf(database, address).state !== from) continue;
        if (isBetween && written < (ROWS * (killed + 1)) / (kills + 2)) continue;
        await killAndStart();
        killed += 1;
      }
    },
  };
}

/** A run as the database has it. */
function runOf(database: string, address: string) {
  const db = new Database(database, { readonly: true, timeout: 10_000 });
  try {
    const row = db
      .prepare(
        `SELECT state, report, failure, coalesce(told ->> '$.rows', 0) AS written
         FROM import_runs LEFT JOIN import_progress ON run = id WHERE id = ?`,
      )
      .get(address.split('/').at(-1));
    return z.object({ state: z.string(), report: text, failure: text, written: z.number() }).parse(row);
  } finally {
    db.close();
  }
}

const text = z
  .string()
  .nullable()
  .transform((found) => found ?? '');

/** What memory of its own the process holds now. */
function memoryOf({ running }: Portal): number {
  if (!running.isRunning()) return 0;
  const [, kilobytes = '0'] =
    /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${running.pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

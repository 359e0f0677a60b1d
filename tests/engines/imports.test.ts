import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { regulars } from '../support/cli.ts';
import { type FakeBucket, openFakeBucket } from '../support/fake-bucket.ts';
import { repository } from '../support/process.ts';
import { setProgrammeFile } from '../support/programmes.ts';
import { noSqld } from '../support/sqld.ts';
import { type Browser, openBrowser } from './browser.ts';
import { type House, openHouse } from './house.ts';

const source = `${repository}../shared/data/cdnow/orders.csv`;
const missing = noSqld ?? (existsSync(source) ? null : 'there is no ../shared/data/cdnow/orders.csv');
/** All of it with the soak; its beginning else, with a row that is wrong. */
const ROWS = process.env.SOAK === '1' ? 70_000 : 1500;

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

test.skipIf(missing !== null)(
  'a file sent to workerd is imported by its cron, a part each time, as the command line imports it',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-imports-'));
    const file = join(folder, 'orders.csv');
    const rows = readFileSync(source, 'utf8').split('\n').slice(0, ROWS);
    const wrong = 'WRONG,1997-01-01,c00001@cdnow.example,USD,CD,1,1;00';
    writeFileSync(file, [...rows.filter((row) => row !== ''), wrong, ''].join('\n'));
    const { bucket, close } = await openFakeBucket();
    const house = await openHouse('workerd with sqld', settingsOf(bucket));
    try {
      await house.regulars('settings', 'set', 'staffFactor', 'optional');
      await house.setProgramme(moneyBack);
      const expected = await importedByCommand(folder, file);
      const owner = await signedIn(house);
      const address = await sendFile(owner, file);
      expect([...bucket.files.keys()]).toContain(`/shop/imports/${address.split('/').at(-1)}/00001`);
      await turnUntil(house, address, 'checked');
      expect((await owner.post(address, { do: 'begin' })).location).toBe(address);
      const turns = await turnUntil(house, address, 'done');
      expect(turns).toBeGreaterThan(rows.length > 30_000 ? 3 : 0);
      const [[report = ''] = []] = await house.look('SELECT report FROM import_runs');
      expect(JSON.parse(report)).toMatchObject(expected.report);
      expect(await exportsOf(house.regulars)).toEqual(expected.exports);
      const rejected = await owner.get(`${address}/rejected.csv`);
      expect(rejected.text).toContain(`${wrong},"line_total ""1;00""`);
      const kept = [...bucket.files.keys()].filter((name) => name.includes('/imports/'));
      expect(kept.every((name) => name.includes('.rejected/'))).toBe(true);
      expect(bucket.forged).toBe(0);
    } finally {
      await house.close();
      close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

function settingsOf({ config }: FakeBucket): Record<string, string> {
  return {
    BUCKET_URL: config.url,
    BUCKET_ACCESS_KEY_ID: config.accessKeyId,
    BUCKET_SECRET_ACCESS_KEY: config.secretAccessKey,
    BUCKET_REGION: config.region,
  };
}

async function importedByCommand(folder: string, file: string) {
  const settings = { DATABASE_URL: `file:${join(folder, 'command.db')}` };
  const run = (...words: string[]) => regulars(settings, ...words);
  await run('migrate');
  await setProgrammeFile(settings, folder, moneyBack);
  const { orders, customers, lines, rewards } = JSON.parse(await run('import', 'orders', file, '--json'));
  const report = { ...orders, newCustomers: customers.created, rows: lines, rewards };
  return { report, exports: await exportsOf(run) };
}

function exportsOf(run: House['regulars']): Promise<string[]> {
  return Promise.all([run('export', 'orders'), run('export', 'customers'), run('balances')]);
}

async function signedIn(house: House): Promise<Browser> {
  const browser = openBrowser(house.origin);
  const link = new URL((await house.regulars('staff', 'add', 'olena@x.example', '--role', 'owner')).trim());
  await browser.get(`${link.pathname}${link.search}`);
  await browser.post('/sign-in/link', {});
  return browser;
}

async function sendFile(browser: Browser, file: string): Promise<string> {
  const form = new FormData();
  form.append('kind', 'orders');
  form.append('file', new File([readFileSync(file)], 'orders.csv', { type: 'text/csv' }));
  const { status, location } = await browser.post('/console/imports', form);
  expect([status, location]).toEqual([303, expect.stringMatching(/^\/console\/imports\/[0-9a-f]{32}$/)]);
  return location ?? '';
}

/** Lets the cron come round until a run is there; answers how often. */
async function turnUntil(house: House, address: string, state: string): Promise<number> {
  for (let turns = 1; turns < 60; turns += 1) {
    await house.runJobs();
    const [[now = '', failure = ''] = []] = await house.look(
      `SELECT state, failure FROM import_runs WHERE id = '${address.split('/').at(-1)}'`,
    );
    if (now === state) return turns;
    if (now === 'failed') throw new Error(`${failure}\n${house.output()}`);
  }
  throw new Error(`the run did not come to ${state}\n${house.output()}`);
}

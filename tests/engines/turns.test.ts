import { afterAll, beforeAll, expect, test } from 'vitest';
import { bucketSettings, openFakeBucket } from '../support/fake-bucket.ts';
import { noSqld } from '../support/sqld.ts';
import type { Browser } from './browser.ts';
import { type House, openHouse } from './house.ts';
import { openOwner } from './owner.ts';

/** More than are counted while somebody waits for a page. */
const ACCOUNTS = Number(process.env.TURN_ACCOUNTS ?? 1100);
const rowsOf = (count: number, row: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => row(at));

const orders = [
  'order_number,placed_at,customer_email,currency,line_total',
  ...rowsOf(ACCOUNTS, (at) => `P-${at},2026-01-05,p${at}@x.example,EUR,${at % 2 === 0 ? 250 : 50}.00`),
  '',
].join('\n');
const customers = [
  'email,name',
  ...rowsOf(1300, (at) => `n${at}@x.example,Person ${at}`),
  'nobody,Wrong',
  '',
].join('\n');
const hex = (number: number) => number.toString(16).padStart(32, '0');
const feedback = [
  'id,kind,told_at,reference,email,source,wants_reply,text',
  ...rowsOf(
    700,
    (at) => `${hex(at)},idea,2026-02-03T10:30:00.000Z,R-${at},f${at % 300}@x.example,portal,no,Idea`,
  ),
  `${hex(800)},rant,2026-02-03T10:30:00.000Z,R-800,,portal,no,Wrong`,
  '',
].join('\n');
const draft = {
  ...{ currency: 'EUR', timeZone: 'UTC', debt: 'carry' },
  rules: [
    {
      ...{ id: 'back', name: '5 back for every 100', scheme: 'every', spend: '100.00', back: '5.00' },
      ...{ period: 'lifetime', from: '2025-01-01' },
    },
  ],
};

/** A portal on the platform, with its owner. */
let portal: { house: House; owner: Browser; close: () => Promise<void> };

beforeAll(async () => {
  if (noSqld !== null) return;
  const { bucket, close } = await openFakeBucket();
  const house = await openHouse('workerd with sqld', bucketSettings(bucket));
  for (const [key, value] of [
    ['currency', 'EUR'],
    ['timeZone', 'UTC'],
  ] as const)
    await house.regulars('settings', 'set', key, value);
  portal = {
    house,
    owner: await openOwner(house),
    close: async () => {
      await house.close();
      close();
    },
  };
}, 300_000);
afterAll(() => portal?.close());

test.skipIf(noSqld !== null)(
  'customers, feedback, a programme for many and an undo go in turns of the cron, and the books agree',
  { timeout: 1_200_000 },
  async () => {
    const { house, owner } = portal;
    expect(await imported('customers', customers)).toMatchObject({ created: 1300, rejected: 1 });
    expect(await imported('feedback', feedback)).toMatchObject({
      created: 700,
      rejected: 1,
      newCustomers: 300,
    });
    const address = await sent('orders', orders);
    expect(await reportOf(address)).toMatchObject({ created: ACCOUNTS, newCustomers: ACCOUNTS });

    const form = new FormData();
    form.append('revision', '0');
    form.append('file_text', JSON.stringify(draft));
    expect((await owner.post('/console/programme', form)).location).toContain('draft');
    const publish = { revision: '1', from: '2026-01-01' };
    expect((await owner.post('/console/programme/publish', publish)).text).toContain('in the background');
    const started = performance.now();
    const published = await owner.post('/console/programme/publish', { ...publish, confirmed: 'yes' });
    const answered_ms = performance.now() - started;
    expect([published.status, published.location]).toEqual([303, '/console/programme?published']);
    expect((await owner.get('/console/programme')).text).toMatch(/Accounts done: [\d,]+ of [\d,]+/);
    let turns = 0;
    while ((await waiting()) > 0 && turns < 60) {
      turns += 1;
      await house.runJobs();
    }
    process.stdout.write(`published in ${Math.round(answered_ms)} ms, all accounts after ${turns} turns\n`);
    expect(await house.look('SELECT net_minor, entries, accounts FROM programme_postings')).toEqual([
      [`${(ACCOUNTS / 2) * 1000}`, `${ACCOUNTS / 2}`, `${ACCOUNTS / 2}`],
    ]);
    expect((await owner.get('/console/programme')).text).not.toContain('Accounts done');
    await assertProven();

    expect((await owner.post(address, { do: 'undo', confirmed: 'yes' })).location).toBe(address);
    process.stdout.write(`undone after ${await turnUntil(address, 'undone')} turns\n`);
    expect(await house.look('SELECT count(*) FROM orders')).toEqual([['0']]);
    await assertProven();
  },
);

async function imported(kind: string, text: string): Promise<unknown> {
  return reportOf(await sent(kind, text));
}

/** Sends a file and lets the cron bring it in; answers its page. */
async function sent(kind: string, text: string): Promise<string> {
  const form = new FormData();
  form.append('kind', kind);
  form.append('file', new File([text], `${kind}.csv`, { type: 'text/csv' }));
  const address = (await portal.owner.post('/console/imports', form)).location ?? '';
  await turnUntil(address, 'checked');
  expect((await portal.owner.post(address, { do: 'begin' })).location).toBe(address);
  process.stdout.write(`${kind} in after ${await turnUntil(address, 'done')} turns\n`);
  return address;
}

const idOf = (address: string) => address.split('/').at(-1);

async function reportOf(address: string): Promise<unknown> {
  const sql = `SELECT report FROM import_runs WHERE id = '${idOf(address)}'`;
  const [[report = ''] = []] = await portal.house.look(sql);
  return JSON.parse(report);
}

async function waiting(): Promise<number> {
  const sql = 'SELECT count(*) FROM accounts WHERE settled_revision < (SELECT max(revision) FROM programmes)';
  const [[count = ''] = []] = await portal.house.look(sql);
  return Number(count);
}

async function assertProven(): Promise<void> {
  const told = JSON.parse(await portal.house.regulars('verify', '--json'));
  expect(told).toMatchObject({ differences: 0 });
}

/** Lets the cron come round until a run is there; answers how often. */
async function turnUntil(address: string, state: string): Promise<number> {
  const { house } = portal;
  for (let turns = 1; turns < 60; turns += 1) {
    await house.runJobs();
    const sql = `SELECT state, failure FROM import_runs WHERE id = '${idOf(address)}'`;
    const [[now = '', failure = ''] = []] = await house.look(sql);
    if (now === state) return turns;
    if (now === 'failed') throw new Error(`${failure}\n${house.output()}`);
  }
  throw new Error(`the run did not come to ${state}\n${house.output()}`);
}

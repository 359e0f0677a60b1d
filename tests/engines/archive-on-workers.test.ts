import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { textsOf } from '../desk/archive/archive-file.ts';
import { regulars } from '../support/cli.ts';
import { bucketSettings, openFakeBucket } from '../support/fake-bucket.ts';
import { repository } from '../support/process.ts';
import { halfBack as halfBackEver, setProgrammeFile } from '../support/programmes.ts';
import { noSqld } from '../support/sqld.ts';
import { type House, openHouse } from './house.ts';
import { deliveredOrder, halfBack } from './orders.ts';
import { openOwner } from './owner.ts';

const realOrders = `${repository}../shared/data/cdnow/orders.csv`;

test.skipIf(noSqld !== null)(
  'a business goes from workerd into a file and back into another workerd, and is the same in each',
  { timeout: 600_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-archive-workers-'));
    const { bucket, close } = await openFakeBucket();
    const settings = bucketSettings(bucket);
    try {
      const taken = await withHouse(settings, async (house) => {
        await house.setProgramme(halfBack);
        for (let count = 1; count <= 30; count += 1) await order(house, count);
        return getArchive(house);
      });
      const [there, back] = [join(folder, 'there.tar.gz'), join(folder, 'back.tar.gz')];
      writeFileSync(there, taken);
      const own = { DATABASE_URL: `file:${join(folder, 'own.db')}`, PUBLIC_URL: 'http://localhost:4321' };
      await regulars(own, 'migrate');
      const told = await regulars(own, 'import', 'everything', there, '--json');
      expect(JSON.parse(told)).toMatchObject({ differences: 0 });
      await regulars(own, 'export', 'everything', '-o', back);
      expect(Buffer.compare(readFileSync(back), taken)).toBe(0);
      await withHouse(settings, async (house) => {
        const answer = await send(house, readFileSync(back));
        expect(answer).toMatchObject({ state: 'waiting' });
        expect(await turnUntilDone(house, answer.id)).toMatchObject({ state: 'done', failure: null });
        const again = await tablesOf(await getArchive(house));
        expect(again).toEqual(await tablesOf(taken));
      });
    } finally {
      close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

test.skipIf(noSqld !== null)(
  'rows that are too many for Workers are refused, with the command that brings in a larger archive',
  { timeout: 300_000 },
  async () => {
    const { bucket, close } = await openFakeBucket();
    try {
      await withHouse(bucketSettings(bucket), async (house) => {
        const owner = await openOwner(house);
        const form = new FormData();
        form.set('kind', 'orders');
        form.set('file', new Blob([new Uint8Array(13 * 1024 * 1024)]), 'orders.csv');
        const refused = await owner.post('/console/imports', form);
        expect([refused.status, refused.location]).toEqual([303, '/console/imports?problem=too_large']);
        const { text } = await owner.get(refused.location ?? '');
        expect(text).toContain('An archive cannot be split.');
        expect(text).toContain('regulars -- import everything FILE');
      });
    } finally {
      close();
    }
  },
);

test.skipIf(noSqld !== null || process.env.SOAK !== '1' || !existsSync(realOrders))(
  'an archive of 69,659 real purchases comes into workerd in turns, and leaves it the same',
  { timeout: 3_600_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-archive-large-'));
    const { bucket, close } = await openFakeBucket();
    try {
      const own = { DATABASE_URL: `file:${join(folder, 'own.db')}`, PUBLIC_URL: 'http://localhost:4321' };
      const rules = halfBackEver.rules.map((rule) => ({ ...rule, from: '1996-01-01' }));
      await setProgrammeFile(own, folder, { ...halfBackEver, currency: 'USD', rules });
      await regulars(own, 'import', 'orders', realOrders);
      const there = join(folder, 'there.tar.gz');
      await regulars(own, 'export', 'everything', '-o', there);
      const sent = readFileSync(there);
      expect(sent.length).toBeGreaterThan(12 * 1024 * 1024);
      await withHouse(bucketSettings(bucket), async (house) => {
        const answer = await send(house, sent);
        const told = await turnUntilDone(house, answer.id, 2000);
        expect(told).toMatchObject({ state: 'done', failure: null });
        expect(await tablesOf(await getArchive(house))).toEqual(await tablesOf(sent));
      });
    } finally {
      close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

async function withHouse<Result>(
  settings: Record<string, string>,
  use: (house: House) => Promise<Result>,
): Promise<Result> {
  const house = await openHouse('workerd with sqld', settings);
  try {
    return await use(house);
  } finally {
    await house.close();
  }
}

async function order(house: House, count: number): Promise<void> {
  const body = deliveredOrder(`customer-${count % 7}`, 10_000 + count, `-${count}`);
  const { status, text } = await house.api('POST', '/orders', body);
  expect([status, text]).toEqual([201, expect.anything()]);
}

async function getArchive(house: House): Promise<Buffer> {
  const headers = { Authorization: `Bearer ${await house.newKey('archive:read')}` };
  const answer = await fetch(`${house.origin}/api/v1/archive`, { headers });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

async function send(house: House, archive: Buffer): Promise<{ id: string; state: string }> {
  const key = await house.newKey('archive:write');
  const answer = await fetch(`${house.origin}/api/v1/archive/imports`, {
    method: 'POST',
    body: new Uint8Array(archive),
    headers: {
      Authorization: `Bearer ${key}`,
      'Content-Type': 'application/gzip',
      'Idempotency-Key': 'everything',
    },
  });
  expect(answer.status).toBe(201);
  return answer.json();
}

/** Lets the cron come round until the archive is in. */
async function turnUntilDone(house: House, id: string, most = 60) {
  const headers = { Authorization: `Bearer ${await house.newKey('archive:write')}` };
  for (let turns = 1; turns < most; turns += 1) {
    await house.runJobs();
    const told = await (await fetch(`${house.origin}/api/v1/archive/imports/${id}`, { headers })).json();
    if (told.state === 'done' || told.state === 'failed') return told;
  }
  throw new Error(`it did not come in\n${house.output()}`);
}

/** What an archive holds, but for the log: making a key stands in it. */
async function tablesOf(archive: Buffer): Promise<Map<string, string>> {
  const texts = await textsOf(archive);
  texts.delete('audit_log.ndjson');
  return texts;
}

import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ordersCsv } from '../desk/cli/regulars.ts';
import { cliFile, regulars, runRegulars, runRegularsIn } from '../support/cli.ts';
import { copyDemo } from '../support/demo.ts';
import { bucketSettings, startFakeBucket } from '../support/fake-bucket.ts';
import { programEnv } from '../support/process.ts';
import { halfBack } from '../support/programmes.ts';
import { portalSettings } from '../support/server.ts';
import { noSqld, startSqld } from '../support/sqld.ts';
import { expectRefusal, newKeyName, openHouse, send } from './house.ts';
import { deliveredOrder } from './orders.ts';
import { openOwner } from './owner.ts';

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-backups-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

test('of a file, one that is killed half-way leaves nothing, and is made all the same', {
  timeout: 300_000,
}, async () => {
  const folder = openFolder();
  const env = portalSettings(`file:${join(folder, 'regulars.db')}`, 'http://127.0.0.1:9');
  await copyDemo(folder);
  const place = join(folder, 'backups');
  const names = () => (existsSync(place) ? readdirSync(place) : []);
  const child = spawn(process.execPath, [cliFile, 'backups', 'make'], {
    env: programEnv(env),
    stdio: 'ignore',
  });
  const over = new Promise((resolve) => child.once('close', resolve));
  while (names().length === 0 && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill('SIGKILL');
  await over;
  expect(names().filter((name) => !name.includes('.draft'))).toEqual([]);
  expect(JSON.parse(await regulars(env, 'backups', 'list', '--json'))).toMatchObject([
    { state: 'under_way' },
  ]);
  await regulars(env, 'backups', 'make');
  const listed = JSON.parse(await regulars(env, 'backups', 'list', '--json'));
  expect(listed).toMatchObject([{ state: 'made' }, { state: 'made' }]);
  expect(names().toSorted()).toEqual(listed.map(({ id }: { id: string }) => `${id}.db`).toSorted());
  expect(await regulars(env, 'backups', 'drill')).toContain(': 0 differences');
  const fetched = join(folder, 'fetched.db');
  await regulars(env, 'backups', 'fetch', listed[0].id, fetched);
  const own = portalSettings(`file:${join(folder, 'restored.db')}`, 'http://127.0.0.1:9');
  expect(await regulars(own, 'restore', fetched)).toContain(' 0 differences');
  expect(JSON.parse(await regulars(own, 'backups', 'list', '--json'))).toMatchObject([{ id: listed[1].id }]);
});

test.skipIf(noSqld !== null)(
  'of a server, an archive goes to the bucket, is tried, and comes home whole',
  { timeout: 300_000 },
  async () => {
    const folder = openFolder();
    const server = await startSqld();
    onTestFinished(server.stop);
    const bucket = await startFakeBucket();
    const env = { ...portalSettings(server.url, 'http://127.0.0.1:9'), ...bucketSettings(bucket) };
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    // A drill restores into `data` of the folder that it is called in.
    const here = async (...words: string[]) => {
      const { code, stdout, stderr } = await runRegularsIn(folder, env, ...words);
      expect([words, code], stderr).toEqual([words, 0]);
      return stdout;
    };
    await regulars(env, 'migrate');
    await regulars(env, 'programme', 'set', file('programme.json', JSON.stringify(halfBack)));
    await regulars(env, 'import', 'orders', file('orders.csv', ordersCsv));
    const made = JSON.parse(await here('backups', 'make', '--place', 'bucket', '--json'));
    expect(made).toMatchObject({ kind: 'archive', place: 'bucket', state: 'made' });
    expect(made.orders).toBeGreaterThan(0);
    expect([...bucket.files.keys()].some((name) => name.includes(`backups/${made.id}.tgz/contents`))).toBe(
      true,
    );
    const tried = await here('backups', 'drill', made.id);
    expect(tried).toContain(': 0 differences');
    expect(tried).toContain(`${made.orders} of ${made.orders} orders`);
    const fetched = join(folder, 'everything.tar.gz');
    await regulars(env, 'backups', 'fetch', made.id, fetched);
    expect([...readFileSync(fetched).subarray(0, 2)]).toEqual([0x1f, 0x8b]);
    const again = await runRegulars(env, 'backups', 'fetch', made.id, fetched);
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('exists already')]);
    await regulars(env, 'backups', 'delete', made.id);
    expect([...bucket.files.keys()].filter((name) => name.includes('/backups/'))).toEqual([]);
  },
);

test.skipIf(noSqld !== null)(
  'of a server that sells all the while, an archive is made at once, and is whole when it is tried',
  { timeout: 300_000 },
  async () => {
    const folder = openFolder();
    const bucket = await startFakeBucket();
    const house = await openHouse('Node with sqld', bucketSettings(bucket));
    onTestFinished(house.close);
    await house.setProgramme(halfBack);
    let count = 0;
    const sell = async () => {
      count += 1;
      const body = deliveredOrder(`customer-${count % 7}`, 10_000 + count, `-${count}`);
      const { status, text } = await house.api('POST', '/orders', body);
      expect([status, text]).toEqual([201, expect.anything()]);
    };
    for (let order = 0; order < 50; order += 1) await sell();
    const run = async (...words: string[]) => {
      const { code, stdout, stderr } = await runRegularsIn(folder, house.settings, ...words);
      expect([words, code], stderr).toEqual([words, 0]);
      return stdout;
    };
    let isOver = false;
    const making = run('backups', 'make', '--place', 'bucket', '--json').finally(() => {
      isOver = true;
    });
    while (!isOver) await sell();
    const made = JSON.parse(await making);
    expect(made).toMatchObject({ kind: 'archive', state: 'made' });
    expect(made.orders).toBeGreaterThanOrEqual(50);
    expect(made.orders).toBeLessThan(count);
    const tried = await run('backups', 'drill', made.id);
    expect(tried).toContain(': 0 differences');
    expect(tried).toContain(`${made.orders} of ${made.orders} orders`);
    expect(readdirSync(join(folder, 'data', 'backups'))).toEqual([]);
    expect(await house.look('SELECT begun FROM backups')).toEqual([['1']]);
  },
);

test.skipIf(noSqld !== null)(
  'on Workers, one goes to the bucket by the cron, is listed, read back and fetched',
  { timeout: 300_000 },
  async () => {
    const bucket = await startFakeBucket();
    const house = await openHouse('workerd with sqld', bucketSettings(bucket));
    onTestFinished(house.close);
    await house.setProgramme(halfBack);
    for (let order = 1; order <= 20; order += 1)
      await house.api('POST', '/orders', deliveredOrder(`customer-${order}`, 10_000, `-${order}`));
    const key = await house.newKey('backups:read', 'backups:write');
    const ask = (method: string, body?: unknown) =>
      send(house.origin, { method, path: '/backups', body, key, idempotencyKey: newKeyName() });
    expectRefusal(await ask('POST', { place: 'folder' }), 422, 'validation_failed');
    const asked = await ask('POST', { place: null });
    expect([asked.status, asked.json]).toEqual([
      201,
      expect.objectContaining({ kind: 'archive', place: 'bucket', state: 'under_way' }),
    ]);
    expectRefusal(await ask('POST', { place: null }), 409, 'backup_under_way');
    await house.runJobs();
    const listed = await ask('GET');
    expect(listed.json.items).toEqual([
      expect.objectContaining({ id: asked.json.id, state: 'made', failure: null, orders: 20 }),
    ]);
    const owner = await openOwner(house);
    const page = await owner.get('/console/settings/backups');
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('20 orders')]);
    expect(page.text).toContain('regulars -- backups make --place bucket');
    expect(page.text).not.toContain('Try restoring it');
    expect(page.text).toContain('regulars -- backups drill');
    const drill = await owner.post('/console/settings/backups', { do: 'drill', id: asked.json.id });
    expect([drill.status, drill.location]).toEqual([303, '/console/settings/backups?done=drilling']);
    await house.runJobs();
    expect((await ask('GET')).json.items[0].drill).toMatchObject({
      ...{ way: 'read', failure: null, differences: 0, orders: 20 },
    });
    const told = await owner.get('/console/settings/backups');
    expect(told.text).toContain('all rows and sums as counted');
    const file = await fetch(`${house.origin}/console/settings/backups/${asked.json.id}`, {
      headers: { Cookie: `regulars_session=${owner.cookie('regulars_session')}` },
    });
    expect([file.status, file.headers.get('Content-Disposition')]).toEqual([
      200,
      expect.stringMatching(/regulars-.*\.tar\.gz/),
    ]);
    const path = join(openFolder(), 'everything.tar.gz');
    writeFileSync(path, Buffer.from(await file.arrayBuffer()));
    const own = portalSettings(`file:${path}.db`, 'http://127.0.0.1:9');
    await regulars(own, 'migrate');
    const restored = JSON.parse(await regulars(own, 'import', 'everything', path, '--json'));
    expect(restored).toMatchObject({ differences: 0 });
  },
);

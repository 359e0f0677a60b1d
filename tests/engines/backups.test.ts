import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ordersCsv } from '../desk/cli/regulars.ts';
import { cliFile, regulars, runRegulars } from '../support/cli.ts';
import { startFakeBucket } from '../support/fake-bucket.ts';
import { programEnv } from '../support/process.ts';
import { halfBack } from '../support/programmes.ts';
import { portalSettings } from '../support/server.ts';
import { noSqld, startSqld } from '../support/sqld.ts';

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
  await regulars(env, 'demo');
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
    const { url, accessKeyId, secretAccessKey } = bucket.config;
    const env = {
      ...portalSettings(server.url, 'http://127.0.0.1:9'),
      ...{ BUCKET_URL: url, BUCKET_ACCESS_KEY_ID: accessKeyId, BUCKET_SECRET_ACCESS_KEY: secretAccessKey },
    };
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    await regulars(env, 'migrate');
    await regulars(env, 'programme', 'set', file('programme.json', JSON.stringify(halfBack)));
    await regulars(env, 'import', 'orders', file('orders.csv', ordersCsv));
    const made = JSON.parse(await regulars(env, 'backups', 'make', '--place', 'bucket', '--json'));
    expect(made).toMatchObject({ kind: 'archive', place: 'bucket', state: 'made' });
    expect(made.orders).toBeGreaterThan(0);
    expect([...bucket.files.keys()].some((name) => name.includes(`backups/${made.id}.tgz/contents`))).toBe(
      true,
    );
    const tried = await regulars(env, 'backups', 'drill', made.id);
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

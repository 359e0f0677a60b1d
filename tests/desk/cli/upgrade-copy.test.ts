import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEmbedded } from '../../../db/embedded.ts';
import { migrate } from '../../../db/migrate.ts';
import manifest from '../../../db/migrations/manifest.json' with { type: 'json' };
import type { Store } from '../../../db/store.ts';
import { copiesOf, copyBeforeUpgrade } from '../../../functions/desk/backup/copy-before-upgrade.ts';
import { mountSmallDisk, noSmallDisk } from '../../support/faulty-disk.ts';
import { loadKept } from '../../upgrades/kept.ts';
import { type Desk, openDesk } from './regulars.ts';

const now = Date.UTC(2026, 10, 28, 21, 30);
const older = manifest.slice(1).map(({ name }) => name);

const one = async (db: Store, sql: string) => (await db.read({ sql, args: [] }))[0]?.[0];

async function readFrom(path: string, sql: string) {
  const db = openEmbedded(path);
  const value = await one(db, sql);
  db.close();
  return value;
}

/** A desk whose database is the filled one of the first release, and where it lies. */
async function olderDesk(): Promise<Desk & { path: string }> {
  const desk = openDesk();
  const path = join(desk.folder, 'data/regulars.db');
  mkdirSync(dirname(path), { mode: 0o700 });
  const db = openEmbedded(path);
  await loadKept(db, '0000_foundation.sql');
  db.close();
  return { ...desk, path };
}

const besides = (path: string) =>
  readdirSync(dirname(path))
    .filter((name) => !/^regulars\.db|^secret$/.test(name))
    .toSorted();

test('a file is copied as it was before any command migrates it, and the command says where to', async () => {
  const { regulars, path } = await olderDesk();
  const { code, stderr } = await regulars(['settings', 'show']);
  expect(code, stderr).toBe(0);
  const [copy = ''] = copiesOf(path);
  expect(besides(path)).toHaveLength(1);
  expect(copy).toMatch(/regulars\.before-\d+\.\d+\.\d+-\d{4}-\d{2}-\d{2}-\d{6}\.db$/);
  expect(stderr).toContain(copy.slice(copy.indexOf('data/')));
  expect(statSync(copy).mode & 0o777).toBe(0o600);
  expect(await readFrom(copy, 'SELECT count(*) FROM migrations')).toBe(1n);
  expect(await readFrom(copy, 'SELECT count(*) FROM orders')).toBe(178n);
  expect(await readFrom(copy, 'PRAGMA integrity_check')).toBe('ok');
  expect(await readFrom(path, 'SELECT count(*) FROM migrations')).toBe(BigInt(manifest.length));
});

test('what lies in the log alone is in the copy as well, and the copy may be restored', async () => {
  const { regulars, json, folder, path } = await olderDesk();
  const open = openEmbedded(path);
  onTestFinished(() => open.close());
  await open.script('PRAGMA wal_checkpoint(TRUNCATE)');
  await open.write([
    {
      sql: "INSERT INTO settings (key, value, set_at, set_by) VALUES ('late', '\"in the log\"', 0, 'test')",
      args: [],
    },
  ]);
  expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
  const told = await json('migrate');
  const [copy = ''] = copiesOf(path);
  expect(told).toEqual({ applied: older, copy: copy.slice(copy.indexOf('data/')) });
  expect(await readFrom(copy, "SELECT value FROM settings WHERE key = 'late'")).toBe('"in the log"');
  const env = { DATABASE_URL: `file:${join(folder, 'again.db')}` };
  const restored = await regulars(['restore', copy], env);
  expect(restored.stdout).toContain('0 differences');
  expect(readdirSync(folder).filter((name) => name.includes('before'))).toEqual([]);
});

test('a new file and one of this release are not copied', async () => {
  const { json, folder } = openDesk();
  expect(await json('migrate')).toEqual({ applied: manifest.map(({ name }) => name), copy: null });
  expect(await json('migrate')).toEqual({ applied: [], copy: null });
  expect(besides(join(folder, 'data/regulars.db'))).toEqual([]);
});

test('the three newest copies stay, and whatever else lies there', async () => {
  const { json, path } = await olderDesk();
  const folder = dirname(path);
  const copies = ['0.9.0-2026-01-01-000000', '0.10.0-2026-02-01-000000', '0.10.1-2026-03-01-000000'];
  const others = ['regulars.before-the-fair.db', 'other.before-0.1.0-2026-01-01-000000.db', 'regulars.txt'];
  for (const name of [...copies.map((stamp) => `regulars.before-${stamp}.db`), ...others])
    writeFileSync(join(folder, name), '');
  await json('migrate');
  const kept = copiesOf(path);
  expect(kept).toHaveLength(3);
  expect(kept.slice(1)).toEqual(
    copies
      .slice(1)
      .toReversed()
      .map((stamp) => join(folder, `regulars.before-${stamp}.db`)),
  );
  for (const name of others) expect(existsSync(join(folder, name)), name).toBe(true);
});

test.skipIf(noSmallDisk !== null)(
  'without room for a copy nothing is changed, until it is told to',
  async () => {
    const disk = mountSmallDisk();
    onTestFinished(disk.remove);
    const { regulars } = openDesk();
    const path = join(disk.folder, 'regulars.db');
    const db = openEmbedded(path);
    await loadKept(db, '0000_foundation.sql');
    db.close();
    const env = { DATABASE_URL: `file:${path}` };
    disk.fill();
    const refused = await regulars(['balances'], env);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(/no room for the copy.* MB, and .* MB are free.*migrate --without-copy/);
    const copy = copyBeforeUpgrade({ databasePath: path, release: '9.9.9', now, freeBytes: () => 1e9 });
    expect(copy.make).toThrow('no room for the copy');
    disk.free();
    expect(await readFrom(path, 'SELECT count(*) FROM migrations')).toBe(1n);
    expect(besides(path)).toEqual([]);
    const { code, stderr } = await regulars(['migrate', '--without-copy'], env);
    expect(code, stderr).toBe(0);
    expect(copiesOf(path)).toEqual([]);
    expect(await readFrom(path, 'SELECT count(*) FROM migrations')).toBe(BigInt(manifest.length));
  },
);

test('too little room is told before anything is written, and what stops a copy stops the migration', async () => {
  const { path } = await olderDesk();
  const copy = copyBeforeUpgrade({ databasePath: path, release: '9.9.9', now, freeBytes: () => 1_000_000 });
  const db = openEmbedded(path);
  await expect(migrate(db, now, { onOlder: copy.make })).rejects.toThrow('and 1.0 MB are free');
  expect(await one(db, 'SELECT count(*) FROM migrations')).toBe(1n);
  expect(await one(db, 'PRAGMA foreign_keys')).toBe(1n);
  expect([copy.path(), besides(path)]).toEqual([null, []]);
  expect(await migrate(db, now)).toEqual(older);
  db.close();
});

test('nobody can write between the copy and the migration, and everybody can read', async () => {
  const { path } = await olderDesk();
  const [db, other] = [openEmbedded(path), openEmbedded(path, { busy_timeout_ms: 0 })];
  const copy = copyBeforeUpgrade({ databasePath: path, release: '9.9.9', now });
  const meanwhile: Promise<unknown>[] = [];
  await migrate(db, now, {
    onOlder: () => {
      copy.make();
      meanwhile.push(
        one(other, 'SELECT count(*) FROM orders'),
        other.script('BEGIN IMMEDIATE').catch(String),
      );
    },
  });
  expect(await Promise.all(meanwhile)).toEqual([178n, expect.stringContaining('locked')]);
  expect(copy.path()).toBe(join(dirname(path), 'regulars.before-9.9.9-2026-11-28-213000.db'));
  copy.discard();
  expect(besides(path)).toEqual([]);
  for (const store of [db, other]) store.close();
});

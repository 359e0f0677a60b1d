import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import { openRemote } from '../../db/remote.ts';
import type { Store } from '../../db/store.ts';
import { triggers } from '../../db/triggers.ts';
import { pause, type Running, repository, start } from '../support/process.ts';
import { noSqld, startSqld } from '../support/sqld.ts';
import { loadKept } from '../upgrades/kept.ts';

const kill_ms = [0, 20, 100, 300, 700];

const read = async (db: Store, sql: string) => (await db.read({ sql, args: [] })).flat();

/** Old or new, never half: the migration with all that it made, or nothing of it; the guards in either case. */
async function expectWhole(db: Store): Promise<'old' | 'new'> {
  const made = await read(db, "SELECT name FROM sqlite_master WHERE name LIKE '%of_the_test' ORDER BY name");
  const applied = await read(db, "SELECT count(*) FROM migrations WHERE name LIKE '9999%'");
  expect(made).toHaveLength(applied[0] === 1n ? 3 : 0);
  const rest = "name LIKE '\\_\\_new%' ESCAPE '\\' OR name = 'migration_checks'";
  expect(await read(db, `SELECT name FROM sqlite_master WHERE ${rest}`)).toEqual([]);
  expect(await read(db, "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'")).toEqual([
    BigInt(triggers.length),
  ]);
  expect(await read(db, 'SELECT count(*) FROM orders')).toEqual([178n]);
  expect(await read(db, 'SELECT count(*) FROM history')).toEqual([550n]);
  expect(await read(db, 'SELECT count(*) FROM pragma_foreign_key_check')).toEqual([0n]);
  return applied[0] === 1n ? 'new' : 'old';
}

function migrateSlowly(place: string): Running {
  return start({ command: 'node', arguments: [`${repository}tests/faults/migrate-slowly.ts`, place] });
}

async function whenBegun(running: Running): Promise<void> {
  while (!running.output().includes('begun') && running.isRunning()) await pause(1);
}

test(`a file whose migration is killed ${kill_ms.length} times is the old one, and then migrates`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-kill-migration-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'regulars.db');
  const db = openEmbedded(path);
  await loadKept(db, '0000_foundation.sql');
  await migrate(db, 0);
  db.close();
  for (const wait_ms of kill_ms) {
    const running = migrateSlowly(path);
    await whenBegun(running);
    await pause(wait_ms);
    await running.end('SIGKILL');
    const left = openEmbedded(path);
    await expectWhole(left);
    left.close();
  }
  const last = migrateSlowly(path);
  while (last.isRunning()) await pause(10);
  const migrated = openEmbedded(path);
  expect(last.output()).toContain('done');
  expect(await expectWhole(migrated)).toBe('new');
  migrated.close();
});

test.skipIf(noSqld !== null)(
  'a server killed within a migration has the old database, and then migrates',
  async () => {
    const server = await startSqld();
    onTestFinished(() => server.stop());
    const db = openRemote({ url: server.url });
    onTestFinished(() => db.close());
    await loadKept(db, '0000_foundation.sql');
    await migrate(db, 0);
    for (const wait_ms of kill_ms) {
      const running = migrateSlowly(server.url);
      await whenBegun(running);
      await pause(wait_ms);
      await server.kill();
      await running.end('SIGKILL');
      await server.restart();
      await expectWhole(db);
    }
    const last = migrateSlowly(server.url);
    while (last.isRunning()) await pause(10);
    expect(last.output()).toContain('done');
    expect(await expectWhole(db)).toBe('new');
  },
);

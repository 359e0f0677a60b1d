import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';
import manifest from '../../db/migrations/manifest.json' with { type: 'json' };
import { openRemote } from '../../db/remote.ts';
import { findSchemaProblem } from '../../db/schema-problem.ts';
import type { Store } from '../../db/store.ts';
import { runRegulars } from '../support/cli.ts';
import { programEnv, repository } from '../support/process.ts';
import { noSqld, startSqld } from '../support/sqld.ts';
import { createTestStore } from '../support/test-store.ts';
import { loadKept } from '../upgrades/kept.ts';

const isSoak = process.env.SOAK === '1';
const rounds = { file: isSoak ? 300 : 24, sqld: isSoak ? 60 : 6, commands: isSoak ? 20 : 2 };

/** Another process, which migrates what it is told and answers how many migrations it applied. */
interface Migrator {
  migrate: (place: string) => Promise<unknown>;
  end: () => void;
}

async function startMigrator(): Promise<Migrator> {
  const child = spawn('node', [`${repository}tests/faults/migrate-in-turns.ts`], { env: programEnv({}) });
  child.stderr.pipe(process.stderr);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await lines.next()).value ?? '"ended"');
  await next();
  return {
    migrate: (place) => {
      child.stdin.write(`${place}\n`);
      return next();
    },
    end: () => child.kill('SIGKILL'),
  };
}

async function startTwo(): Promise<readonly Migrator[]> {
  const two = await Promise.all([startMigrator(), startMigrator()]);
  onTestFinished(() => {
    for (const { end } of two) end();
  });
  return two;
}

interface Start {
  name: string;
  prepare: (db: Store) => Promise<unknown>;
  /** How many migrations one of the two has to apply. */
  missing: number;
  orders: bigint;
}

const starts: readonly Start[] = [
  { name: 'new', prepare: async () => null, missing: manifest.length, orders: 0n },
  {
    name: 'filled by the first release',
    prepare: (db) => loadKept(db, '0000_foundation.sql'),
    missing: manifest.length - 1,
    orders: 178n,
  },
  {
    name: 'without some of its guards',
    prepare: async (db) => {
      await migrate(db, 0);
      await db.script('DROP TRIGGER history_no_delete; DROP TRIGGER ledger_balance_runs');
    },
    missing: 0,
    orders: 0n,
  },
];

const startOf = (round: number) => starts[round % starts.length] ?? starts[0];

/** Tables, indexes and triggers, but those that an engine makes for itself. */
async function schemaOf(db: Store): Promise<string[]> {
  const rows = await db.read({ sql: 'SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2', args: [] });
  return rows.map((row) => row.join(' ')).filter((text) => !text.includes('libsql_wasm'));
}

async function expectOneWinner(db: Store, start: Start, applied: readonly unknown[]): Promise<void> {
  expect(applied.toSorted(), start.name).toEqual([0, start.missing].toSorted());
  expect(await findSchemaProblem(db)).toBeNull();
  expect(await db.read({ sql: 'SELECT count(*) FROM orders', args: [] })).toEqual([[start.orders]]);
  expect(await db.read({ sql: 'SELECT count(*) FROM migrations', args: [] })).toEqual([
    [BigInt(manifest.length)],
  ]);
  expect(await schemaOf(db)).toEqual(await schemaOf(await createTestStore()));
}

describe('of two processes that migrate one database at once, one does it and the other finds it done', () => {
  test(`a file, ${rounds.file} times`, async () => {
    const two = await startTwo();
    for (let round = 0; round < rounds.file; round += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'regulars-race-'));
      try {
        const path = join(folder, 'regulars.db');
        const start = startOf(round);
        if (start === undefined) continue;
        const db = openEmbedded(path);
        await start.prepare(db);
        db.close();
        const applied = await Promise.all(two.map((one) => one.migrate(path)));
        const migrated = openEmbedded(path);
        await expectOneWinner(migrated, start, applied);
        migrated.close();
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
  });

  test.skipIf(noSqld !== null)(`a server, ${rounds.sqld} times`, async () => {
    const two = await startTwo();
    for (let round = 0; round < rounds.sqld; round += 1) {
      const server = await startSqld();
      try {
        const start = startOf(round);
        if (start === undefined) continue;
        const db = openRemote({ url: server.url });
        await start.prepare(db);
        const applied = await Promise.all(two.map((one) => one.migrate(server.url)));
        await expectOneWinner(db, start, applied);
        db.close();
      } finally {
        await server.stop();
      }
    }
  });

  test(`two commands, ${rounds.commands} times: one copy stays beside the file`, async () => {
    for (let round = 0; round < rounds.commands; round += 1) {
      const folder = mkdtempSync(join(tmpdir(), 'regulars-race-'));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const path = join(folder, 'regulars.db');
      const db = openEmbedded(path);
      await loadKept(db, '0000_foundation.sql');
      db.close();
      const settings = { DATABASE_URL: `file:${path}` };
      const ran = await Promise.all(
        ['migrate', 'migrate'].map((word) => runRegulars(settings, word, '--json')),
      );
      expect(ran.map(({ code }) => code)).toEqual([0, 0]);
      const told = ran.map(({ stdout }) => JSON.parse(stdout));
      expect(told.map(({ applied }) => applied.length).toSorted()).toEqual(
        [0, manifest.length - 1].toSorted(),
      );
      const copies = readdirSync(folder).filter((name) => name.includes('.before-'));
      expect(copies.map((name) => join(folder, name))).toEqual(
        told.flatMap(({ copy }) => (copy === null ? [] : [copy])),
      );
      expect(copies).toHaveLength(1);
    }
  });

  test('who finds the lock held waits for it, however long, and says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regulars-race-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'regulars.db');
    const [holder, other] = [openEmbedded(path), openEmbedded(path, { busy_timeout_ms: 50 })];
    await holder.script('BEGIN IMMEDIATE');
    let waits = 0;
    const migrating = migrate(other, 0, {
      onWait: () => {
        waits += 1;
      },
    });
    const isOver = await Promise.race([
      migrating,
      once(AbortSignal.timeout(600), 'abort').then(() => 'waiting'),
    ]);
    expect(isOver).toBe('waiting');
    await holder.script('COMMIT');
    expect(await migrating).toHaveLength(manifest.length);
    expect(waits).toBe(1);
    for (const db of [holder, other]) db.close();
  });
});

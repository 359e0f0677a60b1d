import { createClient } from '@libsql/client';
import { expect, test, vi } from 'vitest';
import { createHoldBack } from '../../db/hold-back.ts';
import { StoreUnavailable } from '../../db/store.ts';
import { noSqld, startSqld } from '../support/sqld.ts';

/** Some seconds of work for any server, longer than its lock for writing lasts. */
const longUnit = `INSERT INTO counted SELECT count(*) FROM (
  WITH RECURSIVE one(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM one WHERE n < 60000000) SELECT n FROM one)`;

/** The port as another process has it. */
async function anotherProcess() {
  vi.resetModules();
  return import('../../db/remote.ts');
}

test.skipIf(noSqld !== null)(
  'a unit that takes longer than a server keeps its lock is written while others hold back, and then they write',
  { timeout: 120_000 },
  async () => {
    const server = await startSqld();
    const [here, there] = [await anotherProcess(), await anotherProcess()];
    const [importer, other] = [here.openRemote(server), there.openRemote(server)];
    try {
      await importer.script(
        `CREATE TABLE archive_places (what TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL);
         CREATE TABLE counted (n INTEGER); CREATE TABLE written (n INTEGER)`,
      );
      const write = () => other.write([{ sql: 'INSERT INTO written VALUES (1)', args: [] }]);
      const place = "INSERT INTO archive_places VALUES ('in', 'somebody', unixepoch() * 1000)";
      await importer.write([{ sql: place, args: [] }]);
      await write();
      const alone = { announced_ms: 65_000, lasts_ms: 60_000 };
      const unit = importer.writeSchema([{ sql: longUnit, args: [] }], { checks: [], alone });
      const refusals = new Set<string>();
      const isOver = unit.then(() => true);
      while (!(await Promise.race([isOver, pause(200)])))
        await write().catch((error: unknown) => refusals.add(String(error)));
      expect([...refusals]).toEqual([expect.stringContaining('HELD_BACK')]);
      await vi.waitFor(write, 10_000);
      const read = (table: string) => other.read({ sql: `SELECT max(n) FROM ${table}`, args: [] });
      expect([await read('counted'), await read('written')]).toEqual([[[60_000_000n]], [[1n]]]);
      expect(await importer.read({ sql: 'SELECT what FROM archive_places', args: [] })).toEqual([['in']]);
    } finally {
      for (const store of [importer, other]) store.close();
      await server.stop();
    }
  },
);

const places =
  'CREATE TABLE archive_places (what TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL)';
const announced = { announced_ms: 65_000 };

test.skipIf(noSqld !== null)('writes that begin together all look first', async () => {
  const server = await startSqld();
  const { openRemote } = await anotherProcess();
  const store = openRemote(server);
  try {
    await store.script(
      `${places}; CREATE TABLE written (n INTEGER);
       INSERT INTO archive_places VALUES ('write', '', unixepoch() * 1000 + 60000)`,
    );
    const write = () => store.write([{ sql: 'INSERT INTO written VALUES (1)', args: [] }]);
    const told = await Promise.allSettled([write(), write(), write()]);
    const held = { status: 'rejected', reason: expect.objectContaining({ code: 'HELD_BACK' }) };
    expect(told).toEqual([held, held, held]);
  } finally {
    store.close();
    await server.stop();
  }
});

test.skipIf(noSqld !== null)(
  'others write again once the time of a unit is over that was cut off; one whose answer was lost keeps its row',
  async () => {
    const server = await startSqld();
    const client = createClient({ ...server, intMode: 'bigint' });
    try {
      await client.execute(places);
      const rows = async () =>
        (await client.execute('SELECT what FROM archive_places')).rows.map(({ what }) => what);
      const cutOff = createHoldBack();
      void cutOff.alone(client, { ...announced, lasts_ms: 1500 }, () => new Promise(() => undefined));
      await vi.waitFor(async () => expect(await rows()).toEqual(['write']));
      await expect(cutOff.assertFree(client)).rejects.toThrow('HELD_BACK');
      await vi.waitFor(() => cutOff.assertFree(client), { timeout: 5000 });

      vi.useFakeTimers({ toFake: ['setTimeout'] });
      const failing = (code: string) =>
        vi.waitFor(
          async () => {
            const lost = new StoreUnavailable(code);
            await expect(
              createHoldBack().alone(client, { ...announced, lasts_ms: 60_000 }, () => Promise.reject(lost)),
            ).rejects.toBe(lost);
          },
          { timeout: 60_000, interval: 1000 },
        );
      await failing('SQLITE_FULL');
      expect(await rows()).toEqual([]);
      await failing('NETWORK');
      expect(await rows()).toEqual(['write']);
    } finally {
      vi.useRealTimers();
      client.close();
      await server.stop();
    }
  },
);

const pause = (ms: number) => new Promise<false>((resolve) => setTimeout(() => resolve(false), ms));

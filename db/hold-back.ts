import type { Client } from '@libsql/client';
import { type Alone, type Statement, StoreUnavailable, storeError } from './store.ts';

/**
 * Lets one unit write for as long as it needs. sqld takes the lock for writing from whoever has held it for five seconds as
 * soon as somebody waits for it, and undoes what was written. So the unit says in the database that it is under way, and all
 * who write through the port, of whatever process, look there now and then and answer `HELD_BACK` until it is over.
 */
export interface HoldBack {
  /** @throws {StoreUnavailable} `HELD_BACK` */
  assertFree: (client: Client) => Promise<void>;
  /** @throws {StoreUnavailable} `HELD_BACK` while another unit does so */
  alone: <Result>(client: Client, alone: Alone, work: () => Promise<Result>) => Promise<Result>;
}

/** A request is not asked for what happens once in the life of a portal, but once a minute; more often while an archive comes. */
const LOOK_MS = 60_000;
const LOOK_MS_SOON = 5000;
/** What was begun before is over by then. */
const ENDED_MS = 6000;

/** A place that was left so long ago is nobody's any more: whoever takes it again announces an archive anew. */
export const LEFT_MS = 60 * 60_000;

const look = 'SELECT what, until - unixepoch() * 1000 FROM archive_places';
const begin = `INSERT INTO archive_places (what, holder, until) VALUES ('write', '', unixepoch() * 1000 + ?)
  ON CONFLICT (what) DO UPDATE SET until = excluded.until WHERE archive_places.until <= unixepoch() * 1000 RETURNING what`;

/** Ends with the unit itself that others hold back. */
export const endOfAlone: Statement = { sql: "DELETE FROM archive_places WHERE what = 'write'", args: [] };

/** Made for one server, in each process or isolate. */
export function createHoldBack(): HoldBack {
  /** By client: on Workers one request may not wait for what another one asked. */
  const looking = new WeakMap<Client, Promise<void>>();
  let lookAt = 0;
  let heldUntil = 0;
  /** When a unit from here is over, also where its invocation was cut off and nobody can say so. */
  let mineUntil = 0;

  const lookOnce = async (client: Client) => {
    try {
      const { rows } = await client.execute(look);
      const left = rows.find((row) => row[0] === 'write')?.[1] ?? 0;
      const now = performance.now();
      const isSoon = rows.some((row) => row[0] !== 'out' && Number(row[1]) > -LEFT_MS);
      lookAt = now + (isSoon ? LOOK_MS_SOON : LOOK_MS);
      heldUntil = now + Number(left);
    } catch (error) {
      if (!isUnmigrated(error)) throw storeError(error);
      lookAt = performance.now() + LOOK_MS;
    }
  };
  const lookAgain = (client: Client): Promise<void> => {
    const under = looking.get(client) ?? lookOnce(client).finally(() => looking.delete(client));
    looking.set(client, under);
    return under;
  };

  return {
    assertFree: async (client) => {
      if (performance.now() >= lookAt) await lookAgain(client);
      if (performance.now() < Math.max(mineUntil, heldUntil)) throw new StoreUnavailable('HELD_BACK');
    },
    alone: async (client, { announced_ms, lasts_ms }, work) => {
      await pause(LOOK_MS + LOOK_MS_SOON - announced_ms);
      const { rows } = await client.execute({ sql: begin, args: [BigInt(lasts_ms)] });
      if (rows.length === 0) throw new StoreUnavailable('HELD_BACK');
      mineUntil = performance.now() + lasts_ms;
      let isUnderWay = false;
      try {
        await pause(LOOK_MS_SOON + ENDED_MS);
        return await work();
      } catch (error) {
        isUnderWay = mayBeUnderWay(storeError(error));
        throw error;
      } finally {
        if (!isUnderWay) await client.execute(endOfAlone.sql).catch(() => undefined);
        [mineUntil, heldUntil, lookAt] = [0, 0, 0];
      }
    },
  };
}

/**
 * Whether a server may still write what was sent to it: nothing was heard of it. Then its row runs out by itself, since deleting
 * it would be a write that takes the lock from the unit.
 */
const mayBeUnderWay = (error: Error) =>
  error instanceof StoreUnavailable && !error.code.startsWith('SQLITE_');

/** Whether a write was kept from beginning by one that takes long. */
export const isHeldBack = (error: unknown) => error instanceof StoreUnavailable && error.code === 'HELD_BACK';

const isUnmigrated = (error: unknown) =>
  error instanceof Error && error.message.includes('no such table: archive_places');

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

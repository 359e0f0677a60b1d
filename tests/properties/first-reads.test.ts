import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Store } from '../../db/store.ts';
import { type Command, command, programme } from './commands.ts';
import { openWorld, run, settle, type World } from './world.ts';

const isSoak = process.env.SOAK === '1';
const SEQUENCES = Number(process.env.SEQUENCES ?? (isSoak ? 500 : 20));

test(`${SEQUENCES} sequences end in the same books with plain first reads as with fresh ones alone`, async () => {
  const commands = fc.array(command, { minLength: 30, maxLength: 30, size: 'max' });
  const property = fc.asyncProperty(programme(fc.constant('early')), commands, async (start, following) => {
    const all = [start, ...following];
    expect(await booksAfter(all, asServer)).toEqual(await booksAfter(all, (store) => store));
  });
  await fc.assert(property, {
    numRuns: SEQUENCES,
    seed: Number(process.env.FC_SEED ?? Date.now() % 2 ** 31),
  });
});

/** As a database server looks: what is read fresh has a store of its own. */
function asServer(store: Store): Store {
  const primary: Store = { ...store, fresh: store };
  return { ...store, fresh: primary };
}

async function booksAfter(
  commands: readonly Command[],
  storeOf: (store: Store) => Store,
): Promise<string[][]> {
  const world = await openWorld();
  world.ctx = { ...world.ctx, db: storeOf(world.store) };
  try {
    for (const one of commands) {
      const available = await availableIn(world);
      world.availableOf = (root) => available.get(world.rootIds.get(root) ?? '') ?? 0n;
      await run(world, one);
    }
    await settle(world);
    return await Promise.all(books.map((sql) => rowsOf(world, sql)));
  } finally {
    world.close();
  }
}

/** What may be redeemed now, by account: what the commands expect of a redemption follows from it. */
async function availableIn({ store, clock }: World): Promise<Map<string, bigint>> {
  const rows = await store.read({
    sql: `SELECT account_id, CAST(sum(remaining_minor) AS TEXT) FROM lots
      WHERE expires_at IS NULL OR expires_at > ? GROUP BY account_id`,
    args: [clock.now()],
  });
  return new Map(rows.map(([account, remaining]) => [String(account), BigInt(String(remaining))]));
}

/** All that counts, without ids, which are others each time. */
const books = [
  'SELECT seq, amount_minor, balance_after_minor FROM ledger',
  'SELECT account_id IS NULL, seq, kind FROM history',
  'SELECT kind, name, balance_minor, history_seq, ledger_seq FROM accounts',
  'SELECT source, number, placed_at FROM orders',
  'SELECT rule_id, version, period_start, counted_minor, placed_at, number, is_settled FROM counted_spend',
  'SELECT amount_minor, remaining_minor, expires_at FROM lots',
];

async function rowsOf({ store }: World, sql: string): Promise<string[]> {
  return (await store.read({ sql, args: [] })).map(String).sort();
}

import { expect, test } from 'vitest';
import { type Store, StoreConflict } from '../../../db/store.ts';
import { unchanged } from '../../../functions/ground/decision/decision.ts';
import { AppError } from '../../../functions/ground/platform/errors.ts';
import { assertFresh, decideOnAccount } from '../../../functions/money/accounts/change-account.ts';
import { writeHistory } from '../../../functions/money/accounts/write-history.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestStore } from '../../support/test-store.ts';

/** A store with a primary of its own; each read answers who was asked. */
async function createContext() {
  const embedded = await createTestStore();
  const fresh: Store = { ...embedded, read: async () => [['primary']], fresh: embedded };
  const db: Store = { ...embedded, read: async () => [['replica']], fresh };
  return createTestContext({ store: db });
}

const read = async (db: Store) => (await db.read({ sql: 'SELECT 1', args: [] }))[0]?.[0];

test('decides on plain reads first, and stays with that', async () => {
  const ctx = await createContext();
  expect(await decideOnAccount(ctx, 'a', ({ db }) => read(db.fresh))).toBe('replica');
});

test.each<[string, (db: Store) => void]>([
  [
    'refuses',
    () => {
      throw new AppError('not_found', 'There is none.');
    },
  ],
  ['changes nothing', (db) => assertFresh(db.fresh)],
  [
    'loses at the lock',
    () => {
      throw new StoreConflict('refused: history_seq_gap');
    },
  ],
])('decides again on fresh reads when the first decision %s', async (_, end) => {
  const ctx = await createContext();
  const seen: unknown[] = [];
  const result = await decideOnAccount(ctx, 'a', async ({ db }) => {
    seen.push(await read(db.fresh));
    if (seen.length === 1) end(db);
    return 'decided';
  });
  expect(result).toBe('decided');
  expect(seen).toEqual(['replica', 'primary']);
});

test('refuses what it refuses on fresh reads, too', async () => {
  const ctx = await createContext();
  let decisions = 0;
  const refused = decideOnAccount(ctx, 'a', async () => {
    decisions += 1;
    throw new AppError('not_found', 'There is none.');
  });
  await expect(refused).rejects.toThrow('There is none.');
  expect(decisions).toBe(2);
});

test('reads of a first decision that come later are asked of the primary', async () => {
  const ctx = await createContext();
  const seen = await decideOnAccount(ctx, 'a', async ({ db }) => {
    const first = await Promise.all([read(db.fresh), read(db)]);
    return [...first, await read(db.fresh)];
  });
  expect(seen).toEqual(['replica', 'replica', 'primary']);
});

test('leaves an account as it is on fresh reads only', async () => {
  const ctx = await createContext();
  const seen: unknown[] = [];
  const result = await writeHistory(ctx, 'a', async ({ db }) => {
    seen.push(await read(db.fresh));
    return { ...unchanged, result: seen.length };
  });
  expect(result).toBe(2);
  expect(seen).toEqual(['replica', 'primary']);
});

test('one decision is enough where every read is fresh', async () => {
  const ctx = await createTestContext();
  let decisions = 0;
  const refused = decideOnAccount(ctx, 'a', async ({ db }) => {
    decisions += 1;
    assertFresh(db);
    throw new AppError('not_found', 'There is none.');
  });
  await expect(refused).rejects.toThrow('There is none.');
  expect(decisions).toBe(1);
});

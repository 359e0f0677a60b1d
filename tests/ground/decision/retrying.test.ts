import { expect, test } from 'vitest';
import { StoreConflict } from '../../../db/store.ts';
import { retrying, retryingLost } from '../../../functions/ground/decision/retrying.ts';
import type { Context } from '../../../functions/ground/platform/context.ts';
import { createTestContext } from '../../support/test-context.ts';

const contention = { subject: 'list of settings', conflicts: ['settings.key'] };

const setting = (key: string) => ({
  sql: "INSERT INTO settings (key, value, set_at, set_by) VALUES (?, 'x', 0, 'test')",
  args: [key],
});

async function settingsOf({ db }: Context): Promise<unknown[]> {
  const rows = await db.read({ sql: 'SELECT key FROM settings ORDER BY key', args: [] });
  return rows.map(([key]) => key);
}

test('decides anew until nobody was first, and writes once', async () => {
  const ctx = await createTestContext();
  await ctx.db.write([setting('a'), setting('b')]);
  const keys = ['a', 'b', 'c'];
  const written = await retrying(ctx, contention, async () => {
    const key = keys.shift() ?? '';
    await ctx.db.write([setting(key)]);
    return key;
  });
  expect(written).toBe('c');
  expect(keys).toEqual([]);
  expect(await settingsOf(ctx)).toEqual(['a', 'b', 'c']);
});

test('ends with what is in the way when others stay first', async () => {
  const ctx = await createTestContext();
  await ctx.db.write([setting('a')]);
  let decisions = 0;
  const refused = retrying(ctx, { ...contention, deadline_ms: 50 }, async () => {
    decisions += 1;
    await ctx.db.write([setting('a')]);
  });
  await expect(refused).rejects.toMatchObject({
    code: 'unavailable',
    message: 'The list of settings is being changed by many at once; try again.',
    retry_after_s: 1,
    cause: expect.any(StoreConflict),
  });
  expect(decisions).toBeGreaterThan(2);
  expect(await settingsOf(ctx)).toEqual(['a']);
});

test('decides once what is refused for another reason', async () => {
  const ctx = await createTestContext();
  let decisions = 0;
  const refused = retrying(ctx, contention, async () => {
    decisions += 1;
    await ctx.db.write([{ ...setting('a'), sql: 'INSERT INTO settings (key) VALUES (?)' }]);
  });
  await expect(refused).rejects.toBeInstanceOf(StoreConflict);
  expect(decisions).toBe(1);
});

test('takes what the rooms declare for contention, unless it is told', async () => {
  const ctx = await createTestContext();
  let decisions = 0;
  const decided = await retrying(ctx, { subject: 'account' }, async () => {
    decisions += 1;
    if (decisions < 3) throw new StoreConflict('refused: history_seq_gap');
    return decisions;
  });
  expect(decided).toBe(3);
});

test('decides one after the other under one key', async () => {
  const ctx = await createTestContext();
  let running = 0;
  const many = Array.from({ length: 5 }, () =>
    retrying(ctx, { ...contention, key: 'k' }, async () => {
      running += 1;
      await Promise.resolve();
      const seen = running;
      running -= 1;
      return seen;
    }),
  );
  expect(await Promise.all(many)).toEqual([1, 1, 1, 1, 1]);
});

test('of many at once, only what was lost is done again', async () => {
  const ctx = await createTestContext();
  const steps: string[][] = [];
  await retryingLost(ctx, { ...contention, units: ['a', 'b', 'c'] }, async (units) => {
    steps.push([...units]);
    return steps.length < 3 && units.includes('b')
      ? [{ unit: 'b', error: new StoreConflict('UNIQUE constraint failed: settings.key') }]
      : [];
  });
  expect(steps).toEqual([['a', 'b', 'c'], ['b'], ['b']]);
});

import { expect, test } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { checkInThreads } from '../../../functions/desk/verify/check-in-threads.ts';
import { type CheckAll, verify } from '../../../functions/desk/verify/verify.ts';
import { openBusyShop } from './busy-shop.ts';

/** Each account on its own, by two threads. */
function inThreads(path: string): CheckAll {
  return (ctx, onProgress) => checkInThreads(ctx, { path, threads: 2, accountsPerSpan: 1 }, onProgress);
}

async function pathOf(db: Store): Promise<string> {
  const [row] = await db.read({ sql: 'PRAGMA database_list', args: [] });
  return String(row?.[2]);
}

test('finds in threads what it finds without, in the same sequence', async () => {
  const { ctx } = await openBusyShop();
  const path = await pathOf(ctx.db);
  const told: number[] = [];
  const whole = await verify(ctx, { checkAll: inThreads(path), onProgress: (done) => told.push(done) });
  expect(whole).toEqual(await verify(ctx));
  expect(whole).toMatchObject({ accounts: 3, differences: 0 });
  expect(told.at(-1)).toBe(3);

  await ctx.db.script(`
    UPDATE orders SET total_minor = total_minor + 100; UPDATE accounts SET balance_minor = balance_minor + 1;`);
  const damaged = await verify(ctx, { checkAll: inThreads(path) });
  expect(damaged).toEqual(await verify(ctx));
  expect(damaged.differences).toBeGreaterThan(5);
});

test('says so when a thread fails', async () => {
  const { ctx } = await openBusyShop();
  await expect(verify(ctx, { checkAll: inThreads('/nowhere/at/all.db') })).rejects.toThrow();
});

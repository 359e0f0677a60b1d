import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { carryOutErasures } from '../../../functions/desk/erasure/carry-out.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { reapplyErasures } from '../../../functions/desk/erasure/reapply-erasures.ts';
import type { FileStore } from '../../../functions/ground/platform/file-store.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { keepAsTemplate, openTestFile } from '../../support/test-store.ts';

const gone = { words: 'gone' } as const;

async function open() {
  const shop = await openShop(moneyBack);
  const { ctx } = shop;
  const ids: string[] = [];
  for (const email of ['ann@example.com', 'bob@example.com', 'cat@example.com'])
    ids.push((await shop.order({ email, totals: [12_000] })).customerId);
  const [ann = '', bob = '', cat = ''] = ids;
  const copy = await keepAsTemplate(ctx.db);
  const erase = (customerId: string, files: FileStore | null) =>
    eraseCustomer({ ...ctx, files }, { customerId, ...gone });
  /** The database from before all of it, beside some files. */
  const restored = async (files: FileStore) => {
    const { store, remove } = await openTestFile(copy);
    return { ctx: { ...(await createTestContext({ store, files })), now: ctx.now }, remove };
  };
  return { ...shop, ann, bob, cat, erase, restored };
}

const emailsIn = async (db: Store) =>
  (await db.read(statement('SELECT email FROM customers WHERE email IS NOT NULL ORDER BY email'))).flat();

test('an erasure made before the list was applied again takes nobody’s place in it', async () => {
  const { ann, bob, erase, restored } = await open();
  const files = createTestFiles();
  await erase(ann, files);
  const first = await restored(files);
  try {
    const { isFinished } = await eraseCustomer(first.ctx, { customerId: bob, ...gone });
    expect(isFinished).toBe(true);
    expect(await reapplyErasures(first.ctx)).toBe(1);
    expect(await emailsIn(first.ctx.db)).toEqual(['cat@example.com']);
    const rows = await first.ctx.db.read(statement('SELECT customer_id FROM erasures'));
    expect(rows.flat().toSorted()).toEqual([ann, bob].toSorted());
  } finally {
    first.remove();
  }
  const second = await restored(files);
  try {
    expect(await reapplyErasures(second.ctx)).toBe(2);
    expect(await emailsIn(second.ctx.db)).toEqual(['cat@example.com']);
  } finally {
    second.remove();
  }
});

test('a hole among the copies hides none behind it', async () => {
  const { ann, bob, cat, erase, restored } = await open();
  const files = createTestFiles();
  await erase(ann, files);
  const [first = ''] = files.names();
  await erase(bob, files);
  await erase(cat, files);
  await files.delete(first);
  const { ctx, remove } = await restored(files);
  try {
    expect(await reapplyErasures(ctx)).toBe(2);
    expect(await emailsIn(ctx.db)).toEqual(['ann@example.com']);
  } finally {
    remove();
  }
});

test('nothing is finished without a store, and all is copied once there is one', async () => {
  const { ctx, clock, ann, bob, erase, restored } = await open();
  expect((await erase(ann, null)).isFinished).toBe(false);
  await ctx.db.write([statement('UPDATE outbox SET sent_at = 1')]);
  const unfinished = statement('SELECT count(*) FROM erasures WHERE finished_at IS NULL');
  for (const wait_ms of [0, 48 * 3_600_000]) {
    clock.advance(wait_ms);
    await carryOutErasures({ ...ctx, files: null });
    expect(await ctx.db.read(unfinished)).toEqual([[1n]]);
  }
  const files = createTestFiles();
  expect((await erase(bob, files)).isFinished).toBe(true);
  expect(await ctx.db.read(unfinished)).toEqual([[0n]]);
  const back = await restored(files);
  try {
    expect(await reapplyErasures(back.ctx)).toBe(2);
  } finally {
    back.remove();
  }
});

test('another store gets the copies of the one before', async () => {
  const { ann, bob, cat, erase, restored } = await open();
  await erase(ann, createTestFiles());
  await erase(bob, createTestFiles());
  const files = createTestFiles();
  await erase(cat, files);
  const { ctx, remove } = await restored(files);
  try {
    expect(await reapplyErasures(ctx)).toBe(3);
    expect(await emailsIn(ctx.db)).toEqual([]);
  } finally {
    remove();
  }
});

test('the list of the database is copied where none lies when it is applied again', async () => {
  const { ctx, ann, erase, restored } = await open();
  await erase(ann, createTestFiles());
  const files = createTestFiles();
  expect(await reapplyErasures({ ...ctx, files })).toBe(0);
  const back = await restored(files);
  try {
    expect(await reapplyErasures(back.ctx)).toBe(1);
  } finally {
    back.remove();
  }
});

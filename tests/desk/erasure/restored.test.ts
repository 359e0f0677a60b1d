import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { reapplyErasures } from '../../../functions/desk/erasure/reapply-erasures.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';
import { createTestFiles } from '../../support/test-files.ts';
import { keepAsTemplate, openTestFile } from '../../support/test-store.ts';
import { plant } from './plant.ts';

const gone = { words: 'gone' } as const;

async function open() {
  const shop = await openShop(moneyBack);
  const files = createTestFiles();
  const ctx = { ...shop.ctx, files };
  /** A copy of the database is brought back in another place, beside the same files. */
  const restore = async (copy: Awaited<ReturnType<typeof keepAsTemplate>>) => {
    const { store, remove } = await openTestFile(copy);
    return { ctx: { ...(await createTestContext({ store, files })), now: ctx.now }, remove };
  };
  return { ...shop, ctx, restore };
}

const emailsIn = async (db: Store) =>
  (await db.read(statement('SELECT email FROM customers WHERE email IS NOT NULL ORDER BY email'))).flat();

const DAY_MS = 86_400_000;

test.each([1, 40])('who lives stays, though a copy has both as one, %i days later', async (days) => {
  const { ctx, clock, order, restore } = await open();
  const ann = await order({ email: 'ann@example.com', totals: [12_000] });
  await order({ email: 'bob@example.com', totals: [13_000] });
  const both = { survivor: 'bob@example.com', merged: 'ann@example.com', key: newId() };
  const { id } = await mergeCustomers(ctx, both);
  const copy = await keepAsTemplate(ctx.db);
  await undoMerge(ctx, { id });
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  clock.advance(days * DAY_MS);
  const restored = await restore(copy);
  try {
    const { db } = restored.ctx;
    const left: string[] = [];
    expect(await reapplyErasures(restored.ctx, (one) => left.push(one))).toBe(1);
    expect(left).toEqual([]);
    expect(await emailsIn(db)).toEqual(['bob@example.com']);
    expect(await db.read(statement('SELECT customer_id FROM erasures'))).toEqual([[ann.customerId]]);
    expect(await db.read(statement('SELECT 1 FROM former_emails'))).toEqual([]);
    expect(await verify(restored.ctx)).toMatchObject({ found: [] });
    expect(await reapplyErasures(restored.ctx)).toBe(0);
  } finally {
    restored.remove();
  }
});

test('who was merged into somebody that is erased lives, too', async () => {
  const { ctx, order, restore } = await open();
  await order({ email: 'ann@example.com', totals: [12_000] });
  const bob = await order({ email: 'bob@example.com', totals: [13_000] });
  const both = { survivor: 'bob@example.com', merged: 'ann@example.com', key: newId() };
  const { id } = await mergeCustomers(ctx, both);
  const copy = await keepAsTemplate(ctx.db);
  await undoMerge(ctx, { id });
  await eraseCustomer(ctx, { customerId: bob.customerId, ...gone });
  const restored = await restore(copy);
  try {
    expect(await reapplyErasures(restored.ctx)).toBe(1);
    expect(await emailsIn(restored.ctx.db)).toEqual(['ann@example.com']);
  } finally {
    restored.remove();
  }
});

/** Ann into Bob, and Bob into Cat; Ann was erased once both were undone, and so was Eve. */
async function openChain() {
  const opened = await open();
  const { ctx, order, restore } = opened;
  const ann = await order({ email: 'ann@example.com', totals: [12_000] });
  const eve = await order({ email: 'eve@example.com', totals: [12_000] });
  await order({ email: 'bob@example.com', totals: [13_000] });
  await order({ email: 'cat@example.com', totals: [13_000] });
  const merge = (survivor: string, merged: string) => mergeCustomers(ctx, { survivor, merged, key: newId() });
  const { id } = await merge('bob@example.com', 'ann@example.com');
  const { id: later } = await merge('cat@example.com', 'bob@example.com');
  const copy = await keepAsTemplate(ctx.db);
  await undoMerge(ctx, { id: later });
  await undoMerge(ctx, { id });
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  await eraseCustomer(ctx, { customerId: eve.customerId, ...gone });
  return { ...opened, ann, restored: await restore(copy) };
}

test('who was merged on stays one with whom they went into, without who is erased', async () => {
  const { ann, restored } = await openChain();
  try {
    const { db } = restored.ctx;
    const before = await db.read(statement('SELECT sum(balance_minor) FROM accounts WHERE id = root_id'));
    expect(await reapplyErasures(restored.ctx)).toBe(2);
    expect(await emailsIn(db)).toEqual(['cat@example.com']);
    expect(await db.read(statement('SELECT email FROM former_emails'))).toEqual([['bob@example.com']]);
    const alone = await db.read(
      statement('SELECT root_id FROM orders WHERE customer_id = ?', ann.customerId),
    );
    expect(alone).toEqual([[ann.accountId]]);
    expect(await db.read(statement('SELECT sum(balance_minor) FROM accounts WHERE id = root_id'))).toEqual(
      before,
    );
    expect(await verify(restored.ctx)).toMatchObject({ found: [] });
    expect(await reapplyErasures(restored.ctx)).toBe(0);
  } finally {
    restored.remove();
  }
});

test('where the two cannot be parted nobody is erased, all stands as before, it is told, and the next one is', async () => {
  const { ann, restored } = await openChain();
  try {
    const { db } = restored.ctx;
    // Somebody else signs in with her address by then.
    await db.write([
      statement("DELETE FROM former_emails WHERE email = 'ann@example.com'"),
      statement("INSERT INTO customers (id, email, created_at) VALUES ('new', 'ann@example.com', 1)"),
    ]);
    const left: string[] = [];
    expect(await reapplyErasures(restored.ctx, (one) => left.push(one))).toBe(1);
    expect(left).toEqual([ann.customerId]);
    expect(await emailsIn(db)).toEqual(['ann@example.com', 'cat@example.com']);
    expect(await db.read(statement('SELECT email FROM former_emails'))).toEqual([['bob@example.com']]);
    expect(await verify(restored.ctx)).toMatchObject({ found: [] });
  } finally {
    restored.remove();
  }
});

test.each(['Bo', '李明', null])('who is called %s comes back and is erased again', async (name) => {
  const { ctx, restore } = await open();
  const customerId = newId();
  await ctx.db.write([
    statement('INSERT INTO customers (id, name, created_at) VALUES (?, ?, 1)', customerId, name),
    statement(
      "INSERT INTO customer_notes (id, customer_id, text, at, actor) VALUES ('n', ?, 'Likes green tea', 1, 'x')",
      customerId,
    ),
  ]);
  const copy = await keepAsTemplate(ctx.db);
  await eraseCustomer(ctx, { customerId, ...gone });
  const restored = await restore(copy);
  try {
    expect(await reapplyErasures(restored.ctx)).toBe(1);
    const { db } = restored.ctx;
    expect(await db.read(statement('SELECT text FROM customer_notes'))).toEqual([]);
    expect(await db.read(statement('SELECT name FROM customers'))).toEqual([[null]]);
    expect(await reapplyErasures(restored.ctx)).toBe(0);
  } finally {
    restored.remove();
  }
});

test('who was erased of all that any table holds is not erased again', async () => {
  const { ctx, order } = await open();
  const email = 'qanary.olena@example.com';
  const name = 'Qanary Olena Kovalenko';
  const { customerId, accountId, id } = await order({ customer: { email, name }, totals: [25_000] });
  await plant(ctx.db, { customerId, rootId: accountId, email, name }, id);
  await eraseCustomer(ctx, { customerId, ...gone });
  await ctx.db.write([statement("DELETE FROM outbox WHERE template = 'erased'")]);
  expect(await reapplyErasures(ctx)).toBe(0);
});

import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { carryOutErasures } from '../../../functions/desk/erasure/carry-out.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { createTestContext } from '../../support/test-context.ts';

const gone = { words: 'gone' } as const;

async function open() {
  const shop = await openShop(moneyBack);
  const ann = await shop.order({
    customer: { email: 'ann@example.com', name: 'Ann Ward' },
    totals: [12_000],
  });
  const bob = await shop.order({ email: 'bob@example.com', totals: [12_000] });
  /** Somebody else writes between what an erasure read and what it writes. */
  const meanwhile = async (act: () => Promise<unknown>) => {
    let isDone = false;
    const db = new Proxy(shop.ctx.db, {
      get(target, key) {
        if (key !== 'write' || isDone) return Reflect.get(target, key, target);
        return async (statements: Parameters<typeof target.write>[0]) => {
          if (!isDone && statements.length > 50) {
            isDone = true;
            await act();
          }
          return target.write(statements);
        };
      },
    });
    return { ...shop.ctx, db };
  };
  /** Another process on the same database. */
  const elsewhere = { ...(await createTestContext({ store: shop.ctx.db })), now: shop.ctx.now };
  const erased = () => shop.ctx.db.read(statement('SELECT count(*) FROM erasures'));
  return { ...shop, ann, bob, elsewhere, meanwhile, erased };
}

test('what was under way while somebody was erased is found by the next look', async () => {
  const { ctx, clock, ann, bob } = await open();
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  const say = (id: string, { customerId }: typeof ann) =>
    statement(
      `INSERT INTO feedback (id, reference, kind, customer_id, text, wants_reply, source, at, actor)
       VALUES (?, ?, 'praise', ?, 'From my kitchen in Kyiv', 0, 'portal', 1, ?)`,
      ...[id, id, customerId, `customer:${customerId}`],
    );
  await ctx.db.write([
    say('hers', ann),
    say('his', bob),
    statement("UPDATE customers SET name = 'Ann Ward' WHERE id = ?", ann.customerId),
  ]);
  clock.advance(60_000);
  await carryOutErasures(ctx);
  expect(await ctx.db.read(statement('SELECT id, text, customer_id FROM feedback ORDER BY id'))).toEqual([
    ['hers', '—', null],
    ['his', 'From my kitchen in Kyiv', bob.customerId],
  ]);
  expect(await ctx.db.read(statement('SELECT name FROM customers WHERE id = ?', ann.customerId))).toEqual([
    [null],
  ]);
  const told = statement("SELECT count(*) FROM outbox WHERE template = 'erased'");
  expect(await ctx.db.read(told)).toEqual([[1n]]);
});

test('who came back much later, by whatever way, is erased again', async () => {
  const { ctx, clock, ann } = await open();
  await eraseCustomer(ctx, { customerId: ann.customerId, ...gone });
  clock.advance(90 * 86_400_000);
  await ctx.db.write([
    statement(
      "UPDATE customers SET email = 'ann@example.com', withdrawn_at = NULL WHERE id = ?",
      ann.customerId,
    ),
  ]);
  await carryOutErasures(ctx);
  expect(await ctx.db.read(statement('SELECT email FROM customers WHERE id = ?', ann.customerId))).toEqual([
    [null],
  ]);
});

async function openWithoutAccounts() {
  const opened = await open();
  const { ctx } = opened;
  for (const name of ['cat', 'dog'])
    await ctx.db.write([
      statement(`INSERT INTO customers (id, email, created_at) VALUES ('${name}', '${name}@example.com', 1)`),
    ]);
  return opened;
}

test('who becomes one with somebody while they are erased is read anew', async () => {
  const { ctx, elsewhere, meanwhile, erased } = await openWithoutAccounts();
  const both = { survivor: 'cat@example.com', merged: 'dog@example.com', key: newId() };
  const busy = await meanwhile(() => mergeCustomers(elsewhere, both));
  await eraseCustomer(busy, { customerId: 'cat', ...gone });
  expect(await erased()).toEqual([[2n]]);
  const left = statement("SELECT id FROM customers WHERE email LIKE 'cat%' OR email LIKE 'dog%'");
  expect(await ctx.db.read(left)).toEqual([]);
  expect(await ctx.db.read(statement('SELECT 1 FROM former_emails'))).toEqual([]);
});

test('pressed twice at once, somebody without an account is erased and told once', async () => {
  const { ctx, elsewhere, meanwhile, erased } = await openWithoutAccounts();
  const busy = await meanwhile(() => eraseCustomer(elsewhere, { customerId: 'cat', ...gone }));
  await expect(eraseCustomer(busy, { customerId: 'cat', ...gone })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await erased()).toEqual([[1n]]);
  expect(await ctx.db.read(statement("SELECT count(*) FROM outbox WHERE template = 'erased'"))).toEqual([
    [1n],
  ]);
  expect(
    await ctx.db.read(statement("SELECT count(*) FROM audit_log WHERE act = 'customer.erased'")),
  ).toEqual([[1n]]);
});

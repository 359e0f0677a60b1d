import { expect, test } from 'vitest';
import { closePass, openPass } from '../../../db/erasable.ts';
import { statement } from '../../../db/query.ts';
import type { Store } from '../../../db/store.ts';
import { carryOutErasures } from '../../../functions/desk/erasure/carry-out.ts';
import {
  cancelErasure,
  getErasure,
  requestErasure,
  sendErasureCode,
} from '../../../functions/desk/erasure/request-erasure.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { undoMerge } from '../../../functions/desk/merging/undo-merge.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { codeOf } from '../../../functions/people/sign-in/challenge.ts';
import { moneyBack, openShop } from '../../support/shop.ts';
import { testSecret } from '../../support/test-context.ts';

const DAY_MS = 24 * 3_600_000;

/** Two customers who joined, of whom one or both wish to be erased. */
async function open() {
  const shop = await openShop(moneyBack);
  const { ctx, clock } = shop;
  const ann = await shop.order({ email: 'ann@example.com', totals: [20_000] });
  const bob = await shop.order({ email: 'bob@example.com', totals: [20_000] });
  await ctx.db.write([statement('UPDATE customers SET claimed_at = 1')]);
  const ask = async ({ customerId }: { customerId: string }) => {
    clock.advance(1000);
    const who = shop.as(customerId);
    const { challengeId } = await sendErasureCode(who);
    return requestErasure(who, { challengeId, code: codeOf(testSecret, challengeId), words: 'gone' });
  };
  const emails = async () =>
    (
      await ctx.db.read(statement('SELECT email FROM customers WHERE email IS NOT NULL ORDER BY email'))
    ).flat();
  const openWishes = async () =>
    (
      await ctx.db.read(
        statement('SELECT id FROM erasure_requests WHERE cancelled_at IS NULL AND done_at IS NULL'),
      )
    ).length;
  return { ...shop, ann, bob, ask, emails, openWishes };
}

test('one erasure that fails stops none behind it, and goes on once it can', async () => {
  const { ctx, clock, ann, bob, ask, emails } = await open();
  await ask(ann);
  await ask(bob);
  await ctx.db.script(`CREATE TRIGGER stuck BEFORE UPDATE ON customers WHEN old.id = '${ann.customerId}'
    BEGIN SELECT RAISE(ABORT, 'stuck'); END;`);
  clock.advance(DAY_MS);
  await expect(carryOutErasures(ctx)).rejects.toThrow('CONSTRAINT');
  expect(await emails()).toEqual(['ann@example.com']);
  const finished = statement('SELECT count(*) FROM erasures WHERE finished_at IS NOT NULL');
  expect(await ctx.db.read(finished)).toEqual([[1n]]);
  await ctx.db.script('DROP TRIGGER stuck');
  await carryOutErasures(ctx);
  expect(await emails()).toEqual([]);
});

test('more that fail than are carried out at a time do not stop one behind them', async () => {
  const { ctx, clock, bob, ask, emails } = await open();
  const stuck = Array.from({ length: 21 }, (_, at) =>
    statement(
      'INSERT INTO erasure_requests (id, customer_id, words, asked_at, due_at) VALUES (?, ?, ?, 1, 1)',
      ...[`wish-${at}`, `stuck-${at}`, 'gone'],
    ),
  );
  const people = stuck.map((_, at) =>
    statement('INSERT INTO customers (id, name, created_at) VALUES (?, ?, 1)', `stuck-${at}`, 'Stuck'),
  );
  await ctx.db.write([...people, ...stuck]);
  await ctx.db.script(`CREATE TRIGGER stuck BEFORE UPDATE ON customers WHEN old.name = 'Stuck'
    BEGIN SELECT RAISE(ABORT, 'stuck'); END;`);
  await ask(bob);
  clock.advance(DAY_MS);
  await expect(carryOutErasures(ctx)).rejects.toThrow('CONSTRAINT');
  expect(await emails()).toEqual(['ann@example.com']);
});

test('a wish that is taken back while it is carried out is not', async () => {
  const { ctx, clock, as, ann, ask, emails, openWishes } = await open();
  await ask(ann);
  clock.advance(DAY_MS);
  let takenBack = 0;
  const db = new Proxy(ctx.db, {
    get(target, key) {
      if (key !== 'write') return Reflect.get(target, key, target);
      return async (statements: Parameters<Store['write']>[0]) => {
        if (statements[0]?.sql === openPass.sql) {
          takenBack += 1;
          await cancelErasure(as(ann.customerId));
        }
        return target.write(statements);
      };
    },
  });
  await carryOutErasures({ ...ctx, db });
  expect(takenBack).toBe(1);
  expect(await emails()).toEqual(['ann@example.com', 'bob@example.com']);
  expect(await openWishes()).toBe(0);
  expect(await ctx.db.read(statement('SELECT 1 FROM erasures'))).toEqual([]);
  // The pass was given back.
  await ctx.db.write([openPass, closePass]);
});

test('who was merged within the day is erased with whom they became, who is told and has a day, too', async () => {
  const { ctx, clock, as, ann, bob, ask, emails, openWishes } = await open();
  const { dueAt } = await ask(ann);
  await mergeCustomers(ctx, { survivor: 'bob@example.com', merged: 'ann@example.com', key: newId() });
  const wishOf = async ({ customerId }: typeof bob) => (await getErasure(as(customerId))).wish;
  expect(await wishOf(bob)).toMatchObject({ dueAt });
  clock.advance(DAY_MS);
  await carryOutErasures(ctx);
  expect(await emails()).toEqual(['bob@example.com']);
  const told = statement(
    "SELECT count(*) FROM outbox WHERE template = 'erasure_asked' AND address = 'bob@example.com'",
  );
  expect(await ctx.db.read(told)).toEqual([[1n]]);
  expect(await wishOf(bob)).toMatchObject({ dueAt: clock.now() + DAY_MS });
  // Asked again it stands as it was.
  expect(await ask(bob)).toEqual({ dueAt: (await wishOf(bob))?.dueAt });
  clock.advance(DAY_MS);
  await carryOutErasures(ctx);
  expect(await emails()).toEqual([]);
  expect(await openWishes()).toBe(0);
  await carryOutErasures(ctx);
});

test('whom they became may take it back', async () => {
  const { ctx, clock, as, ann, bob, ask, emails } = await open();
  await ask(ann);
  await mergeCustomers(ctx, { survivor: 'bob@example.com', merged: 'ann@example.com', key: newId() });
  await cancelErasure(as(bob.customerId));
  clock.advance(2 * DAY_MS);
  await carryOutErasures(ctx);
  expect(await emails()).toEqual(['bob@example.com']);
});

test('once the merge is undone the wish is theirs alone again', async () => {
  const { ctx, clock, as, ann, bob, ask, emails } = await open();
  await ask(ann);
  const both = { survivor: 'bob@example.com', merged: 'ann@example.com', key: newId() };
  const { id } = await mergeCustomers(ctx, both);
  await undoMerge(ctx, { id });
  expect((await getErasure(as(bob.customerId))).wish).toBeNull();
  clock.advance(DAY_MS);
  await carryOutErasures(ctx);
  expect(await emails()).toEqual(['bob@example.com']);
});

test('a wish of who is erased already ends', async () => {
  const { ctx, clock, ann, ask, openWishes } = await open();
  await ask(ann);
  await ctx.db.write([
    statement(
      "INSERT INTO erasures (customer_id, seq, words, asked_by, at) VALUES (?, 1, 'gone', 'staff', 1)",
      ann.customerId,
    ),
  ]);
  clock.advance(DAY_MS);
  await carryOutErasures(ctx);
  expect(await openWishes()).toBe(0);
});

import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { eraseCustomer } from '../../../functions/desk/erasure/erase-customer.ts';
import { findPerson } from '../../../functions/desk/erasure/find-person.ts';
import { previewErasure } from '../../../functions/desk/erasure/preview-erasure.ts';
import { mergeCustomers } from '../../../functions/desk/merging/merge-customers.ts';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const gone = { words: 'gone' } as const;

test('in a company only the person goes', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const own = await order({ email: 'ann@example.com', totals: [12_000] });
  const company = await order({ email: 'ann@example.com', account: 'ACME', totals: [20_000] });
  const person = await findPerson(ctx, own.customerId);
  expect(person).toMatchObject({ accountIds: [own.accountId] });
  expect(person?.rootIds.toSorted()).toEqual([own.accountId, company.accountId].toSorted());
  await eraseCustomer(ctx, { customerId: own.customerId, ...gone });
  const [acme] = await ctx.db.read(
    statement('SELECT name, balance_minor FROM accounts WHERE id = ?', company.accountId),
  );
  expect(acme).toEqual(['ACME', 1000n]);
  const places = await ctx.db.read(
    statement('SELECT account_id FROM memberships WHERE customer_id = ? AND until IS NULL', own.customerId),
  );
  expect(places).toEqual([[own.accountId]]);
  const kinds = await ctx.db.read(
    statement('SELECT kind FROM history WHERE account_id = ? ORDER BY seq DESC LIMIT 1', company.accountId),
  );
  expect(kinds).toEqual([['person_erased']]);
  expect(await verify(ctx)).toMatchObject({ found: [] });
});

test('a household in which nobody else is left loses its name, one of others keeps it', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const sole = await order({ email: 'ann@example.com', account: 'The Smiths', totals: [10_000] });
  const shared = await order({ email: 'ann@example.com', account: 'The Browns', totals: [10_000] });
  await order({ email: 'bob@example.com', account: 'The Browns', totals: [10_000] });
  await ctx.db.write([statement("UPDATE accounts SET form = 'household' WHERE kind = 'shared'")]);
  await eraseCustomer(ctx, { customerId: sole.customerId, ...gone });
  const nameOf = async (id: string) =>
    (await ctx.db.read(statement('SELECT name FROM accounts WHERE id = ?', id)))[0]?.[0];
  expect(await nameOf(sole.accountId)).toMatch(/^— [0-9a-f]{8}$/);
  expect(await nameOf(shared.accountId)).toBe('The Browns');
  expect(await verify(ctx)).toMatchObject({ found: [] });
});

test('who was merged goes along, and no merge brings them back', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const ann = await order({ email: 'ann@example.com', totals: [12_000] });
  const old = await order({ email: 'ann.old@example.com', totals: [12_000] });
  await mergeCustomers(ctx, { survivor: 'ann@example.com', merged: 'ann.old@example.com', key: newId() });
  await eraseCustomer(ctx, { customerId: old.customerId, ...gone });
  const left = await ctx.db.read(
    statement(
      'SELECT count(*) FROM customers WHERE email IS NOT NULL OR name IS NOT NULL UNION ALL SELECT count(*) FROM former_emails',
    ),
  );
  expect(left.flat().every((count) => count === 0n)).toBe(true);
  const listed = await ctx.db.read(statement('SELECT customer_id FROM erasures ORDER BY seq'));
  expect(listed.flat().toSorted()).toEqual([ann.customerId, old.customerId].toSorted());
  await expect(eraseCustomer(ctx, { customerId: ann.customerId, ...gone })).rejects.toThrow(
    'no such customer',
  );
  expect(await verify(ctx)).toMatchObject({ found: [] });
});

test('the same address is somebody new afterwards', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const before = await order({ email: 'ann@example.com' });
  await eraseCustomer(ctx, { customerId: before.customerId, ...gone });
  const after = await order({ email: 'ann@example.com' });
  expect(after.customerId).not.toBe(before.customerId);
  expect(await verify(ctx)).toMatchObject({ found: [] });
});

test('feedback is kept without a name, tied to nobody, where they wish it', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const { customerId, accountId } = await order({
    customer: { email: 'ann@example.com', name: 'Оксана Smith' },
  });
  const say = (id: string, text: string) =>
    statement(
      `INSERT INTO feedback (id, reference, kind, customer_id, account_id, root_id, text, wants_reply, source, at, actor)
       VALUES (?, ?, 'praise', ?, ?, ?, ?, 0, 'portal', 1, ?)`,
      ...[id, id, customerId, accountId, accountId, text, `customer:${customerId}`],
    );
  await ctx.db.write([
    say('one', 'Lovely tea, says Оксана Smith, ann@example.com'),
    say('two', 'ОКСАНА SMITH likes it; smith, too'),
    say('three', 'AnN@eXample.com writes'),
  ]);
  await eraseCustomer(ctx, { customerId, words: 'kept' });
  const rows = await ctx.db.read(
    statement('SELECT text, customer_id, root_id, actor FROM feedback ORDER BY id'),
  );
  expect(rows).toEqual([
    ['Lovely tea, says —, —', null, null, 'anonymous'],
    ['— writes', null, null, 'anonymous'],
    ['— likes it; —, too', null, null, 'anonymous'],
  ]);
});

test('says before what is lost, to who may know it', async () => {
  const { ctx, order } = await openShop(moneyBack);
  const { customerId } = await order({ email: 'ann@example.com', account: 'ACME', totals: [20_000] });
  await order({ email: 'ann@example.com', totals: [20_000] });
  expect(await previewErasure(ctx, { customerId })).toMatchObject({
    orders: 1,
    availableMinor: 1000n,
    sharedAccounts: 1,
    key: null,
  });
  const known = await order({ customer: { key: 'shopper-77' } });
  expect(await previewErasure(ctx, known)).toMatchObject({ name: null, email: null, key: 'shopper-77' });
  await eraseCustomer(ctx, { customerId: known.customerId, ...gone });
  await expect(previewErasure(ctx, known)).rejects.toMatchObject({ code: 'not_found' });
  const agent = { ...ctx, actor: { kind: 'staff', id: 's', role: 'agent' } as const };
  await expect(previewErasure(agent, { customerId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(eraseCustomer(agent, { customerId, ...gone })).rejects.toMatchObject({ code: 'forbidden' });
  const owner = { ...ctx, actor: { kind: 'staff', id: 's', role: 'owner', provenAt: 0 } as const };
  await expect(eraseCustomer(owner, { customerId, ...gone })).rejects.toMatchObject({ code: 'proof_needed' });
  const key = { ...ctx, actor: { kind: 'key', id: 'k', scopes: ['customers:read'] } as const };
  await expect(eraseCustomer(key, { customerId, ...gone })).rejects.toMatchObject({ code: 'scope_missing' });
});

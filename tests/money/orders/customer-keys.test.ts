import { beforeEach, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { getOrder } from '../../../functions/money/orders/get-order.ts';
import { findCustomers } from '../../../functions/people/customers/find-customers.ts';
import { getCustomer } from '../../../functions/people/customers/get-customer.ts';
import { listBalances } from '../../../functions/reach/exports/list-balances.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop(moneyBack);
});

const rows = async (sql: string) => (await shop.ctx.db.read({ sql, args: [] })).flat();
const keyHolder = async (key: string) =>
  (await rows(`SELECT customer_id FROM customer_keys WHERE source = 'web' AND key = '${key}'`))[0];

test('a customer known by a key earns on all orders of that key, and is mailed nothing', async () => {
  const first = await shop.order({ customer: { key: 'C-7', name: 'Ann' }, totals: [6000] });
  const second = await shop.order({ customer: { key: 'C-7' }, totals: [5000] });
  expect(second.customerId).toBe(first.customerId);
  expect(second.customer).toEqual({ email: null, key: 'C-7', name: 'Ann' });
  expect(second.rewards.earned.amount).toBe(500);
  expect(await getOrder(shop.ctx, { source: 'web', number: second.number })).toEqual(second);
  expect(await rows('SELECT count(*) FROM outbox')).toEqual([0n]);
  expect(await getCustomer(shop.ctx, { id: first.customerId })).toMatchObject({
    email: null,
    claimed: false,
  });
  const balances = [];
  for await (const page of listBalances(shop.ctx)) balances.push(...page);
  expect(balances).toMatchObject([{ account: '', email: '', spend: 11_000n, available: 500n }]);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

test('the same key in another source is another customer', async () => {
  const web = await shop.order({ customer: { key: 'C-7' } });
  const till = await shop.order({ customer: { key: 'C-7' }, source: 'till' });
  expect(till.customerId).not.toBe(web.customerId);
});

test('an email told beside a key becomes the email of who had none, with all they earned', async () => {
  const first = await shop.order({ customer: { key: 'C-7' }, totals: [15_000] });
  const named = await shop.order({ customer: { key: 'C-7', email: 'ann@example.com' }, totals: [5000] });
  expect(named).toMatchObject({ customerId: first.customerId, customer: { email: 'ann@example.com' } });
  const byEmail = await shop.order({ email: 'ann@example.com', totals: [100] });
  expect(byEmail.customerId).toBe(first.customerId);
  const { items } = await findCustomers(shop.ctx, { email: 'ann@example.com' });
  expect(items).toMatchObject([{ id: first.customerId, claimed: false }]);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

test('an email of somebody else takes the key along; older orders stay where they are', async () => {
  const ann = await shop.order({ email: 'ann@example.com', totals: [100] });
  const old = await shop.order({ customer: { key: 'C-7' }, totals: [15_000] });
  expect(old.customerId).not.toBe(ann.customerId);
  const both = await shop.order({ customer: { key: 'C-7', email: 'ann@example.com' }, totals: [100] });
  expect(both.customerId).toBe(ann.customerId);
  expect(await keyHolder('C-7')).toBe(ann.customerId);
  const later = await shop.order({ customer: { key: 'C-7' }, totals: [100] });
  expect(later.customerId).toBe(ann.customerId);
  expect(await getOrder(shop.ctx, { source: 'web', number: old.number })).toMatchObject({
    customerId: old.customerId,
    rewards: { earned: { amount: 500 } },
  });
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

test('an order told again with the email that was missing brings it, and again changes nothing', async () => {
  const placedAt = '2026-02-20T15:00:00Z';
  const order = { number: 'W-9', placedAt, totals: [100] };
  const first = await shop.order({ ...order, customer: { key: 'C-7' } });
  const named = await shop.order({ ...order, customer: { key: 'C-7', email: 'ann@example.com' } });
  expect(named.customerId).toBe(first.customerId);
  expect(named.customer).toMatchObject({ email: 'ann@example.com' });
  const history = () => rows('SELECT count(*) FROM history');
  const before = await history();
  expect(await shop.order({ ...order, customer: { key: 'C-7', email: 'ann@example.com' } })).toEqual(named);
  expect(await history()).toEqual(before);
});

test.each<[string, { key?: string; email?: string }, { key: string; email: string }]>([
  ['the email that was missing', { key: 'C-7' }, { key: 'C-7', email: 'ann@example.com' }],
  ['a key that is new', { email: 'ann@example.com' }, { key: 'C-7', email: 'ann@example.com' }],
])('an order told again with %s keeps it, and still says what it earned', async (_name, first, again) => {
  const order = { number: 'W-9', placedAt: '2026-02-20T15:00:00Z', totals: [10_000] };
  const { customerId, rewards } = await shop.order({ ...order, customer: first });
  expect((await shop.order({ ...order, customer: again })).rewards).toEqual(rewards);
  expect(rewards.earned.amount).toBe(500);
  expect(await rows("SELECT id FROM customers WHERE email = 'ann@example.com'")).toEqual([customerId]);
  expect(await keyHolder('C-7')).toBe(customerId);
});

test('twenty orders of a new key at once are of one customer', async () => {
  const orders = await Promise.all(
    Array.from({ length: 20 }, () => shop.order({ customer: { key: 'C-7' }, totals: [1000] })),
  );
  expect(new Set(orders.map(({ customerId }) => customerId)).size).toBe(1);
  expect(await rows('SELECT sum(amount_minor) FROM ledger')).toEqual([1000n]);
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
});

test('a customer never loses the email', async () => {
  await shop.order({ email: 'ann@example.com' });
  const losing = shop.ctx.db.write([{ sql: 'UPDATE customers SET email = NULL', args: [] }]);
  await expect(losing).rejects.toThrow('email_kept');
});

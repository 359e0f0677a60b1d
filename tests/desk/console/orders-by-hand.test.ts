import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { findMeant } from '../../../functions/desk/console/orders/find-meant.ts';
import { listConsoleOrders } from '../../../functions/desk/console/orders/list-orders.ts';
import {
  checkByHand,
  recordByHand,
  type TypedOrder,
} from '../../../functions/desk/console/orders/record-by-hand.ts';
import { tellMany, withdrawMany } from '../../../functions/desk/console/orders/tell-many.ts';
import { newId } from '../../../functions/ground/platform/ids.ts';
import { getOrder } from '../../../functions/money/orders/get-order.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const staffOf = (shop: Shop) => ({ ...shop.ctx, actor: { kind: 'staff', id: 's1', role: 'agent' } }) as const;
const line = {
  product: 'Teapot',
  category: '',
  quantity: '2',
  price: '120,50',
  discount: '20.50',
  isGiftCard: false,
};

function typedIn(shop: Shop, parts: Partial<TypedOrder> = {}): TypedOrder {
  return {
    ...{
      key: newId(),
      openedAt: shop.clock.now(),
      number: '',
      placedOn: '',
      status: 'delivered',
      promisedBy: '',
    },
    ...{ customer: 'ann@example.com', customerId: '', isNewCustomer: true },
    ...{ account: '', lines: [line], shipping: '' },
    ...parts,
  };
}

test('an order is recorded by hand once, however often the form is sent', async () => {
  const shop = await openShop(moneyBack);
  const ctx = staffOf(shop);
  const typed = typedIn(shop, { shipping: '4.95' });
  const key = await recordByHand(ctx, typed);
  shop.clock.advance(60_000);
  expect(await recordByHand(ctx, typed)).toEqual(key);
  const order = await getOrder(ctx, key);
  expect([order.lines[0]?.total.amount, order.shipping?.amount, order.rewards.earned.amount]).toEqual([
    12_050, 495, 500,
  ]);
  const none = {
    search: '',
    since: '',
    until: '',
    state: '',
    source: '',
    currency: '',
    from: '',
    to: '',
    promise: '',
    customer: '',
  };
  expect((await listConsoleOrders(ctx, none, null)).items).toHaveLength(1);
});

test('a customer is named by whatever only they have, or not at all', async () => {
  const shop = await openShop(moneyBack);
  const { customerId } = await shop.order({ customer: { email: 'ann@example.com', name: 'Ann Lee' } });
  await shop.order({ customer: { email: 'bob@example.com', name: 'Bob Lee' } });
  const ctx = staffOf(shop);
  const key = await recordByHand(ctx, typedIn(shop, { customer: 'ann lee' }));
  expect((await getOrder(ctx, key)).customerId).toBe(customerId);
  expect((await recordByHand(ctx, typedIn(shop, { customer: '' }))).hasCustomer).toBe(false);
  for (const [customer, code] of [
    ['lee', 'several_customers'],
    ['zoe', 'unknown_customer'],
    ['ann@exampel.com', 'new_customer'],
  ])
    await expect(
      recordByHand(ctx, typedIn(shop, { customer: customer ?? '', isNewCustomer: false })),
    ).rejects.toMatchObject({ errors: [{ path: 'customer', code }] });
  const chosen = typedIn(shop, { customer: 'lee', customerId, isNewCustomer: false });
  expect((await getOrder(ctx, await recordByHand(ctx, chosen))).customerId).toBe(customerId);
});

test.each([
  ['ann@exampel.com', ['ann@example.com']],
  ['an@example.com', ['ann@example.com']],
  ['ann@other.example', ['ann@example.com']],
  ['zoe@example.org', []],
])('to who is nearly %s these are offered: %j', async (text, near) => {
  const shop = await openShop(moneyBack);
  for (const email of ['ann@example.com', 'bob@example.com']) await shop.order({ email });
  const meant = await findMeant(staffOf(shop), { text, chosenId: '' });
  expect(meant.kind === 'new' && meant.near.map(({ email }) => email)).toEqual(near);
});

test('an order of a department is of that department, and a department alone is refused', async () => {
  const shop = await openShop(moneyBack);
  const ctx = staffOf(shop);
  const key = await recordByHand(ctx, typedIn(shop, { account: 'ACME', department: 'Lab' }));
  const [row] = await shop.ctx.db.read({
    sql: `SELECT a.name, a.kind FROM orders AS o JOIN accounts AS a ON a.id = o.account_id WHERE o.number = ?`,
    args: [key.number],
  });
  expect(row).toEqual(['Lab', 'department']);
  await expect(recordByHand(ctx, typedIn(shop, { department: 'Lab' }))).rejects.toMatchObject({
    errors: [{ path: 'department', code: 'account_missing' }],
  });
});

test('what an order comes to and brings is told before, and nothing is written', async () => {
  const shop = await openShop(moneyBack);
  const ctx = staffOf(shop);
  const checked = await checkByHand(ctx, typedIn(shop, { shipping: '5', isNewCustomer: false }));
  expect([checked.goodsMinor, checked.discountMinor, checked.shippingMinor]).toEqual([12_050n, 2050n, 500n]);
  expect([checked.meant.kind, checked.gain?.earned.minor]).toEqual(['new', 500n]);
  expect((await checkByHand(ctx, typedIn(shop, { customer: '' }))).gain).toBeNull();
  expect(await shop.ctx.db.read(statement('SELECT * FROM orders'))).toEqual([]);
  expect(await shop.ctx.db.read(statement('SELECT * FROM customers'))).toEqual([]);
});

test.each<[Partial<TypedOrder>, string]>([
  [{ lines: [] }, 'price-0'],
  [{ lines: [{ ...line, price: 'much' }] }, 'price-0'],
  [{ lines: [{ ...line, quantity: '0' }] }, 'quantity-0'],
  [{ lines: [{ ...line, discount: '500' }] }, 'lines.0.discount'],
  [{ promisedBy: 'soon' }, 'promisedBy'],
  [{ placedOn: '2030-01-01' }, 'placedOn'],
])('refuses %o beside its field', async (parts, path) => {
  const shop = await openShop(moneyBack);
  await expect(recordByHand(staffOf(shop), typedIn(shop, parts))).rejects.toMatchObject({
    errors: [{ path }],
  });
  await expect(recordByHand(shop.as('c1'), typedIn(shop))).rejects.toMatchObject({ code: 'forbidden' });
});

test('many orders get a state at once, and lose it again where it still stands', async () => {
  const shop = await openShop(moneyBack);
  for (const status of ['placed', 'confirmed', 'cancelled'] as const) await shop.order({ status });
  const ctx = staffOf(shop);
  const orders = ['W-1', 'W-2', 'W-3'].map((number) => ({ source: 'web', number }));
  const states = () => Promise.all(orders.map(async (order) => (await getOrder(ctx, order)).status));
  const act = { orders, status: 'packed', key: newId() } as const;
  expect(await tellMany(ctx, act)).toEqual({ told: 2, refused: 1 });
  expect(await tellMany(ctx, act)).toEqual({ told: 2, refused: 1 });
  expect(await states()).toEqual(['packed', 'packed', 'cancelled']);
  expect([await withdrawMany(ctx, act.key), await withdrawMany(ctx, act.key)]).toEqual([2, 0]);
  expect(await states()).toEqual(['placed', 'confirmed', 'cancelled']);
});

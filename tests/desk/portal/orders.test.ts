import { describe, expect, test } from 'vitest';
import { getOrder } from '../../../functions/desk/portal/get-order.ts';
import { getOverview } from '../../../functions/desk/portal/get-overview.ts';
import { listOrders } from '../../../functions/desk/portal/list-orders.ts';
import type { OrdersQuery } from '../../../functions/desk/portal/order-types.ts';
import { promiseOf } from '../../../functions/desk/portal/promise.ts';
import { moneyBack, openShop } from '../../support/shop.ts';

const eur = (minor: bigint) => ({ minor, currency: 'EUR' });
const cents = (amount: number) => ({ amount, currency: 'EUR' });
const all: OrdersQuery = { accountId: null, search: null, state: null, year: null, page: 1 };

const numbersOf = ({ items }: Awaited<ReturnType<typeof listOrders>>) => items.map(({ number }) => number);

describe('the list of orders', () => {
  test('holds the orders of all accounts a customer sees, newest first, in pages of 20', async () => {
    const shop = await openShop(moneyBack);
    let customerId = '';
    for (let index = 0; index < 21; index++) customerId = (await shop.order()).customerId;
    await shop.order({ account: 'ACME', department: 'Paris' });
    await shop.order({ account: 'ACME', department: 'Lyon', email: 'bob@example.com' });
    await shop.order({ email: 'bob@example.com' });
    const ctx = shop.as(customerId);
    const first = await listOrders(ctx, all);
    expect(first).toMatchObject({ total: 22, page: 1, pages: 2, years: [2026] });
    expect(first.items).toHaveLength(20);
    expect(first.items[0]).toMatchObject({ number: 'W-22', accountName: 'ACME, Paris' });
    expect(numbersOf(await listOrders(ctx, { ...all, page: 2 }))).toEqual(['W-2', 'W-1']);
    expect(await listOrders(ctx, { ...all, page: 9 })).toMatchObject({ page: 2, items: [{}, {}] });
  });

  test('narrows to one account, and refuses one of somebody else', async () => {
    const shop = await openShop(moneyBack);
    const own = await shop.order();
    const shared = await shop.order({ account: 'ACME' });
    const other = await shop.order({ email: 'bob@example.com' });
    const ctx = shop.as(own.customerId);
    expect(numbersOf(await listOrders(ctx, { ...all, accountId: shared.accountId }))).toEqual(['W-2']);
    await expect(listOrders(ctx, { ...all, accountId: other.accountId })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await listOrders(shop.as('nobody'), all)).toMatchObject({ items: [], total: 0, years: [] });
  });

  test.each([
    { search: 'W-1', found: ['W-12', 'W-1'] },
    { search: 'w-12', found: ['W-12'] },
    { search: 'grey', found: ['W-2'] },
    { search: 'мелена кава', found: ['W-12'] },
    { search: 'КАВА', found: ['W-12'] },
    { search: '100%', found: ['W-2'] },
    { search: '%', found: ['W-2'] },
    { search: '2', found: [] },
  ])('finds $found by $search', async ({ search, found }) => {
    const shop = await openShop();
    const { customerId } = await shop.order({ number: 'W-1' });
    const product = (name: string) => [{ id: '1', product: name, total: cents(100) }];
    await shop.order({ number: 'W-2', lines: product('Earl Grey, 100% leaf') });
    await shop.order({ number: 'W-12', lines: product('Мелена кава') });
    expect(numbersOf(await listOrders(shop.as(customerId), { ...all, search }))).toEqual(found);
  });

  test('filters by state', async () => {
    const shop = await openShop();
    const { customerId } = await shop.order({ number: 'done' });
    await shop.order({ number: 'moving', status: 'out_for_delivery' });
    await shop.order({ number: 'held', status: 'on_hold' });
    await shop.order({ number: 'off', status: 'cancelled' });
    await shop.order({ number: 'back' });
    await shop.refund('back', '1', 4200);
    const ctx = shop.as(customerId);
    const found = async (state: OrdersQuery['state']) => numbersOf(await listOrders(ctx, { ...all, state }));
    expect(await found('open')).toEqual(['held', 'moving']);
    expect(await found('delivered')).toEqual(['done']);
    expect(await found('cancelled')).toEqual(['off']);
    expect(await found('returned')).toEqual(['back']);
  });

  test('filters by the year of business time', async () => {
    const shop = await openShop({ ...moneyBack, from: '2020-01-01' });
    await shop.ctx.db.write([
      { sql: "UPDATE settings SET value = 'Asia/Tokyo' WHERE key = 'timeZone'", args: [] },
    ]);
    const { customerId } = await shop.order({ number: 'eve', placedAt: '2024-12-31T14:59:59Z' });
    await shop.order({ number: 'new year', placedAt: '2024-12-31T15:00:00Z' });
    await shop.order({ number: 'summer', placedAt: '2023-07-01T15:00:00Z' });
    const ctx = shop.as(customerId);
    const in2025 = await listOrders(ctx, { ...all, year: 2025 });
    expect(numbersOf(in2025)).toEqual(['new year']);
    expect(in2025.years).toEqual([2025, 2024, 2023]);
    expect(numbersOf(await listOrders(ctx, { ...all, year: 2024 }))).toEqual(['eve']);
    expect(numbersOf(await listOrders(ctx, { ...all, year: 1 }))).toEqual([]);
  });
});

describe('an order', () => {
  test('tells its lines, parcels, refunds and what it earned and why', async () => {
    const shop = await openShop({
      ...moneyBack,
      counts: { excludeCategories: ['Books'] },
      settleAfterDays: 7,
    });
    await shop.order({ totals: [8000], placedAt: '2026-01-10T10:00:00Z' });
    const { customerId } = await shop.order({
      number: 'BIG',
      status: 'placed',
      placedAt: '2026-02-27T10:00:00Z',
      promisedBy: '2026-02-28',
      shipping: cents(490),
      lines: [
        {
          id: 'a',
          product: 'Coffee',
          category: 'Coffee',
          quantity: 2,
          total: cents(30000),
          discount: cents(2000),
        },
        { id: 'b', product: 'Novel', category: 'Books', total: cents(1500) },
        { id: 'c', sku: 'G', total: cents(700), giftCard: true },
      ],
    });
    await shop.event('BIG', {
      status: 'shipped',
      at: '2026-02-27T12:00:00Z',
      carrier: 'DHL',
      trackingNumber: 'JD1',
    });
    await shop.event('BIG', { status: 'delivered', at: '2026-02-28T09:00:00Z' });
    await shop.refund('BIG', 'a', 1000);
    const order = await getOrder(shop.as(customerId), { source: 'web', number: 'BIG' });
    expect(order.summary).toMatchObject({ number: 'BIG', total: eur(30690n), refunded: eur(1000n) });
    expect(order.lines[0]).toEqual({
      id: 'a',
      sku: null,
      product: 'Coffee',
      category: 'Coffee',
      quantity: '2',
      total: eur(30000n),
      discount: eur(2000n),
      refunded: eur(1000n),
      isGiftCard: false,
    });
    expect(order).toMatchObject({
      shipping: eur(490n),
      tax: null,
      promise: 'kept',
      promisedBy: '2026-02-28',
    });
    expect(order.timeline.map(({ status }) => status)).toEqual(['placed', 'partly_refunded']);
    expect(order.parcels).toHaveLength(1);
    expect(order.parcels[0]).toMatchObject({
      name: null,
      carrier: 'DHL',
      trackingNumber: 'JD1',
      status: 'delivered',
      events: [{ status: 'shipped' }, { status: 'delivered' }],
    });
    expect(order.refunds).toMatchObject([
      { amount: eur(1000n), lines: [{ product: 'Coffee', amount: eur(1000n) }] },
    ]);
    expect(order.rewards).toEqual([
      {
        ruleName: '5 back for every 100',
        earned: eur(0n),
        pending: eur(1500n),
        settlesAt: Date.parse('2026-03-07T09:00:00Z'),
        spendBefore: eur(8000n),
        spendAfter: eur(35000n),
        parts: [
          {
            code: 'every',
            params: { times: 3n, spend: 10000n, back: 500n, total: 35000n },
            amount: eur(1500n),
          },
        ],
        lines: [
          { lineId: 'a', product: 'Coffee', counted: eur(27000n), reason: null },
          { lineId: 'b', product: 'Novel', counted: eur(0n), reason: 'excluded_category' },
          { lineId: 'c', product: 'G', counted: eur(0n), reason: 'gift_card' },
        ],
      },
    ]);
  });

  test('keeps several parcels apart, each event in one place', async () => {
    const shop = await openShop();
    const { customerId } = await shop.order({ number: 'P', status: 'placed' });
    const at = (hour: number) => `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`;
    await shop.event('P', { status: 'shipped', at: at(2), parcel: 'two', carrier: 'UPS' });
    await shop.event('P', {
      status: 'shipped',
      at: at(1),
      parcel: 'one',
      trackingUrl: 'https://dhl.example/1',
    });
    await shop.event('P', { status: 'packed', at: at(0), source: 'web' });
    await shop.event('P', { status: 'delivered', at: at(5), parcel: 'one' });
    const order = await getOrder(shop.as(customerId), { source: 'web', number: 'P' });
    expect(order.timeline.map(({ status }) => status)).toEqual(['placed', 'packed']);
    expect(
      order.parcels.map(({ name, status, carrier, trackingUrl }) => [name, status, carrier, trackingUrl]),
    ).toEqual([
      ['one', 'delivered', null, 'https://dhl.example/1'],
      ['two', 'shipped', 'UPS', null],
    ]);
  });

  test('says why a cancelled order earns nothing', async () => {
    const shop = await openShop(moneyBack);
    const { customerId } = await shop.order({ number: 'off', totals: [20000] });
    await shop.event('off', { status: 'cancelled' });
    const { rewards, promise } = await getOrder(shop.as(customerId), { source: 'web', number: 'off' });
    expect(rewards).toMatchObject([
      { earned: eur(0n), pending: eur(0n), parts: [], lines: [{ reason: 'cancelled' }] },
    ]);
    expect(promise).toBeNull();
  });

  test('explains every order so that the parts add up and all orders add up to the balance', async () => {
    const shop = await openShop(moneyBack, {
      id: 'bands',
      name: 'Bands',
      scheme: 'bands',
      mode: 'marginal',
      bands: [
        { from: '0.00', percent: '1.25' },
        { from: '150.00', percent: '3' },
      ],
      period: 'quarter',
      settleAfterDays: 10,
      from: '2025-01-01',
    });
    let customerId = '';
    for (let index = 0; index < 12; index++) {
      const placedAt = new Date(Date.UTC(2026, 0, 20) + index * 3.4 * 86_400_000).toISOString();
      customerId = (await shop.order({ totals: [3333 + 711 * index], placedAt })).customerId;
    }
    await shop.refund('W-3', '1', 999);
    const ctx = shop.as(customerId);
    let whole = 0n;
    for (const { source, number } of (await listOrders(ctx, all)).items) {
      for (const reward of (await getOrder(ctx, { source, number })).rewards) {
        const parts = reward.parts.reduce((sum, { amount }) => sum + amount.minor, 0n);
        expect(parts).toBe(reward.earned.minor + reward.pending.minor);
        const counted = reward.lines.reduce((sum, line) => sum + line.counted.minor, 0n);
        expect(counted).toBe(reward.spendAfter.minor - reward.spendBefore.minor);
        whole += parts;
      }
    }
    const [row] = await shop.ctx.db.read({ sql: 'SELECT sum(balance_minor) FROM accounts', args: [] });
    const { available, pending } = await getOverview(ctx, { accountId: null });
    expect(available.minor).toBe(row?.[0]);
    expect(whole).toBe(available.minor + pending.minor);
  });

  test('is nobody else’s, nor another department’s', async () => {
    const shop = await openShop(moneyBack);
    const ann = await shop.order({ account: 'ACME', department: 'Paris', number: 'P' });
    const bob = await shop.order({
      email: 'bob@x.example',
      account: 'ACME',
      department: 'Lyon',
      number: 'L',
    });
    const boss = await shop.order({ email: 'boss@x.example', account: 'ACME', number: 'B' });
    const eve = await shop.order({ email: 'eve@x.example', number: 'E' });
    const again = await shop.order({ account: 'ACME', department: 'Lyon', number: 'A' });
    expect(again.customerId).toBe(ann.customerId);
    const seen = async (customerId: string) => {
      const found = [];
      for (const number of ['P', 'L', 'B', 'E', 'A', 'none']) {
        const order = getOrder(shop.as(customerId), { source: 'web', number });
        found.push(
          await order.then(
            () => number,
            (error) => error.code,
          ),
        );
      }
      return found.filter((one) => one !== 'not_found');
    };
    expect(await seen(ann.customerId)).toEqual(['P', 'A']);
    expect(await seen(bob.customerId)).toEqual(['L']);
    expect(await seen(boss.customerId)).toEqual(['B']);
    for (const one of [bob, boss]) await shop.confirm(one);
    expect(await seen(bob.customerId)).toEqual(['L', 'A']);
    expect(await seen(boss.customerId)).toEqual(['P', 'L', 'B', 'A']);
    expect(await seen(eve.customerId)).toEqual(['E']);
    await expect(getOrder(shop.ctx, { source: 'web', number: 'P' })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('a promised day', () => {
  const at = (text: string) => Date.parse(text);
  test.each([
    { now: '2026-03-05T23:59:59Z', delivered: null, is: 'open' },
    { now: '2026-03-06T00:00:00Z', delivered: null, is: 'late' },
    { now: '2026-03-09T00:00:00Z', delivered: '2026-03-05T23:59:59Z', is: 'kept' },
    { now: '2026-03-09T00:00:00Z', delivered: '2026-03-04T23:59:59Z', is: 'beaten' },
    { now: '2026-03-09T00:00:00Z', delivered: '2026-03-06T00:00:00Z', is: 'broken' },
  ])('is $is at $now when delivered $delivered', ({ now, delivered, is }) => {
    const deliveredAt = delivered === null ? null : { at: at(delivered), day: null };
    const order = { promisedBy: '2026-03-05', deliveredAt, isOver: false };
    expect(promiseOf(order, 'Europe/London', at(now))).toBe(is);
  });

  test('is measured by the day told when no time is known, and is void when the order is cancelled', () => {
    const order = { promisedBy: '2026-03-05', deliveredAt: { at: 0, day: '2026-03-05' }, isOver: false };
    expect(promiseOf(order, 'Pacific/Auckland', 0)).toBe('kept');
    expect(promiseOf({ ...order, deliveredAt: null, isOver: true }, 'UTC', 0)).toBeNull();
    expect(promiseOf({ ...order, promisedBy: null }, 'UTC', 0)).toBeNull();
  });
});

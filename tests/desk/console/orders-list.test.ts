import { expect, test } from 'vitest';
import { statement } from '../../../db/query.ts';
import { indexOrders } from '../../../functions/desk/console/index-orders.ts';
import { downloadOrders } from '../../../functions/desk/console/orders/download-orders.ts';
import { listConsoleOrders } from '../../../functions/desk/console/orders/list-orders.ts';
import type { OrdersAsked } from '../../../functions/desk/console/orders/read-filter.ts';
import type { Role } from '../../../functions/ground/platform/context.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { aFile } from '../../reach/imports/import-file.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';

const everything: OrdersAsked = {
  ...{ search: '', since: '', until: '', state: '', source: '' },
  ...{ currency: '', from: '', to: '', promise: '', customer: '' },
};

const staffOf = (shop: Shop, role: Role = 'agent') =>
  ({ ...shop.ctx, actor: { kind: 'staff', id: 's1', role } }) as const;

async function filledShop(): Promise<Shop> {
  const shop = await openShop(moneyBack);
  const eur = (amount: number) => ({ amount, currency: 'EUR' });
  const line = (product: string, amount: number) => [{ id: '1', product, sku: 'SKU-9', total: eur(amount) }];
  const at = (day: string) => `2026-02-${day}T23:30:00Z`;
  await shop.order({ number: 'A-1', placedAt: at('01'), lines: line('Blue teapot', 1000) });
  await shop.order({ number: 'A-2', placedAt: at('02'), lines: line('Red cup', 2500), status: 'packed' });
  await shop.order({
    ...{ number: 'B-3', placedAt: at('03'), lines: line('Teapot, green', 5000) },
    ...{ source: 'shop', email: 'bob@example.org', status: 'cancelled' },
  });
  await shop.order({
    number: 'A-4',
    placedAt: at('04'),
    totals: [9000],
    currency: 'USD',
    status: 'placed',
    promisedBy: '2026-02-20',
  });
  await shop.order({
    number: 'A-5',
    placedAt: at('05'),
    totals: [4000],
    status: 'on_hold',
    promisedBy: '2026-03-20',
    shipping: eur(500),
  });
  await shop.sale({ number: 'N-6', placedAt: at('06'), totals: [700] });
  return shop;
}

test.each<[string, Partial<OrdersAsked>, string]>([
  ['all, the last placed first', {}, 'A-5 A-4 B-3 A-2 A-1'],
  ['days of business time, both included', { since: '2026-02-02', until: '2026-02-03' }, 'B-3 A-2'],
  ['one state', { state: 'cancelled' }, 'B-3'],
  ['delivered, as most are', { state: 'delivered' }, 'A-1'],
  ['open', { state: 'open' }, 'A-5 A-4 A-2'],
  ['a source', { source: 'shop' }, 'B-3'],
  ['a currency', { currency: 'USD' }, 'A-4'],
  [
    'what they cost, shipping included, in the currency of the business',
    { from: '25', to: '45,00' },
    'A-5 A-2',
  ],
  ['late', { promise: 'late' }, 'A-4'],
  ['late in another currency', { promise: 'late', currency: 'EUR' }, ''],
  ['a part of the number', { search: 'b-3' }, 'B-3'],
  ['a customer', { search: 'bob@ex' }, 'B-3'],
  ['a product in whatever case', { search: 'TEAPOT' }, 'B-3 A-1'],
  ['a number of goods', { search: 'SKU-9' }, 'B-3 A-2 A-1'],
  ['a product and a state', { search: 'teapot', state: 'delivered' }, 'A-1'],
  ['nothing', { search: 'zzzzq' }, ''],
  ['no customer', { customer: 'without' }, 'N-6'],
  ['no customer, by number', { customer: 'without', search: 'N-6' }, 'N-6'],
  ['no customer, too dear', { customer: 'without', to: '6' }, ''],
])('shows %s', async (_, asked, numbers) => {
  const shop = await filledShop();
  const list = async () =>
    (await listConsoleOrders(staffOf(shop), { ...everything, ...asked }, null)).items
      .map(({ number }) => number)
      .join(' ');
  expect(await list()).toBe(numbers);
  shop.clock.advance(10 * 86_400_000);
  await indexOrders(shop.ctx);
  expect(await list()).toBe(numbers);
});

test('says when a text finds more customers than are looked at', async () => {
  const shop = await openShop(moneyBack);
  const list = () => listConsoleOrders(staffOf(shop), { ...everything, search: 'pat@' }, null);
  for (let index = 0; index < 51; index += 1) {
    await shop.order({ number: `P-${index}`, email: `pat@${index}.example` });
    if (index === 49) expect(await list()).toMatchObject({ isCut: false });
  }
  expect(await list()).toMatchObject({ isCut: true });
});

test('the totals are of all that is asked for, by currency, cancelled orders without their money', async () => {
  const shop = await filledShop();
  const totals = async (asked: Partial<OrdersAsked>) =>
    (await listConsoleOrders(staffOf(shop), { ...everything, ...asked }, null)).totals;
  expect(await totals({})).toEqual([
    { currency: 'EUR', orders: 4, spendMinor: 7500n },
    { currency: 'USD', orders: 1, spendMinor: 9000n },
  ]);
  expect(await totals({ state: 'open', currency: 'EUR' })).toEqual([
    { currency: 'EUR', orders: 2, spendMinor: 6500n },
  ]);
  expect(await totals({ search: 'teapot' })).toEqual([{ currency: 'EUR', orders: 2, spendMinor: 1000n }]);
  expect(await totals({ promise: 'late' })).toEqual([{ currency: 'USD', orders: 1, spendMinor: 9000n }]);
  expect(await totals({ customer: 'without' })).toEqual([{ currency: 'EUR', orders: 1, spendMinor: 700n }]);
});

test('pages go on where the last one ended, through orders of one moment and two currencies', async () => {
  const shop = await openShop(moneyBack);
  for (let index = 0; index < 120; index += 1)
    await shop.order({
      number: `P-${index}`,
      placedAt: '2026-02-01T12:00:00Z',
      currency: index % 3 === 0 ? 'USD' : 'EUR',
    });
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listConsoleOrders>> = await listConsoleOrders(
      staffOf(shop),
      everything,
      cursor,
    );
    seen.push(...page.items.map(({ number }) => number));
    cursor = page.nextCursor;
    await shop.order({ number: `new-${seen.length}` });
  } while (cursor !== null);
  expect(seen).toHaveLength(120);
  expect(new Set(seen).size).toBe(120);
});

test('the file holds what is seen, guards formulas, leaves people out for analysts and is in the log', async () => {
  const shop = await filledShop();
  await shop.order({ number: '=1+1', totals: [100] });
  const file = async (role: Role, asked: Partial<OrdersAsked>) =>
    new Response(await downloadOrders(staffOf(shop, role), { ...everything, ...asked })).text();
  const lines = (await file('agent', { search: 'bob@example.org' })).trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[1]).toBe(
    'shop,B-3,2026-02-03T23:30:00Z,bob@example.org,,,"Teapot, green",1,EUR,50.00,cancelled,',
  );
  await shop.order({ number: 'H-7', account: 'The Lys family' });
  const forAnalyst = await file('analyst', {});
  expect(forAnalyst).toContain('H-7');
  expect(forAnalyst).not.toMatch(/@|Lys/);
  const forAgent = await file('agent', {});
  expect(forAgent).toContain("'=1+1");
  expect(forAgent).toContain('The Lys family');
  const rows = await shop.ctx.db.read(
    statement("SELECT detail FROM audit_log WHERE act = 'orders.exported'"),
  );
  expect(rows).toHaveLength(3);
  expect(String(rows)).not.toContain('bob');
});

test('a file of a text that finds more orders than are looked at is refused, and not in the log', async () => {
  const shop = await openShop(moneyBack);
  const rows = Array.from({ length: 501 }, (_, at) => `M-${at},2026-02-01,ann@example.com,EUR,9.00`);
  await importOrders(shop.ctx, {
    path: aFile(['order_number,placed_at,customer_email,currency,line_total', ...rows, ''].join('\n')),
  });
  const download = (search: string) => downloadOrders(staffOf(shop), { ...everything, search });
  await expect(download('ann@example.com')).rejects.toMatchObject({
    ...{ code: 'validation_failed', errors: [{ path: 'search', code: 'too_many_found' }] },
  });
  const logged = statement("SELECT count(*) FROM audit_log WHERE act = 'orders.exported'");
  expect(await shop.ctx.db.read(logged)).toEqual([[0n]]);
  expect((await new Response(await download('')).text()).trim().split('\n')).toHaveLength(502);
});

test('an order told as one sum is found by its items once they are told, indexed before or not', async () => {
  const shop = await openShop(moneyBack);
  const told = (number: string, line: { id: string; product?: string }) =>
    shop.sale({
      ...{ number, placedAt: '2026-02-01T12:00:00Z', customer: { email: 'ann@example.com' } },
      lines: [{ ...line, total: { amount: 5000, currency: 'EUR' } }],
    });
  const found = async (search: string) =>
    (await listConsoleOrders(staffOf(shop), { ...everything, search }, null)).items.map(
      ({ number }) => number,
    );
  await told('S-1', { id: 'all', product: 'Various goods' });
  shop.clock.advance(400 * 86_400_000);
  await indexOrders(shop.ctx);
  await told('S-2', { id: 'all' });
  for (const number of ['S-1', 'S-2']) await told(number, { id: '1', product: 'Walnut desk' });
  expect((await found('walnut')).toSorted()).toEqual(['S-1', 'S-2']);
  expect(await found('various')).toEqual([]);
  shop.clock.advance(400 * 86_400_000);
  await indexOrders(shop.ctx);
  expect((await found('walnut')).toSorted()).toEqual(['S-1', 'S-2']);
});

test.each([{ since: '2026-02-30' }, { from: 'much' }, { to: '1.234' }])('refuses %o', async (asked) => {
  const shop = await openShop(moneyBack);
  await expect(listConsoleOrders(staffOf(shop), { ...everything, ...asked }, null)).rejects.toMatchObject({
    code: 'validation_failed',
    errors: [{ path: Object.keys(asked)[0] }],
  });
  await expect(listConsoleOrders(shop.as('c1'), everything, null)).rejects.toMatchObject({
    code: 'forbidden',
  });
});

import { beforeEach, expect, test } from 'vitest';
import { verify } from '../../../functions/desk/verify/verify.ts';
import { giveOrder } from '../../../functions/money/orders/waiting/give-order.ts';
import { parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import { importOrders } from '../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop, type Shop } from '../../support/shop.ts';
import { aFile } from './import-file.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop({ ...moneyBack, spend: '10.00', back: '1.00' });
});

const map = parseColumnMap({
  source: 'till',
  columns: {
    order_number: 'Invoice',
    placed_at: 'Date',
    customer_email: 'Mail',
    sku: 'Sku',
    quantity: 'Qty',
    unit_price: 'Price',
    refunded_order: 'Of',
  },
  defaults: { currency: 'EUR' },
  refunds: { prefix: 'C', minus: true },
});
const header = 'Invoice,Date,Mail,Sku,Qty,Price,Of';

/** Dry first, which has to tell the same; then for real; then again, which changes nothing. */
async function load(...rows: string[]) {
  const path = aFile([header, ...rows, ''].join('\n'));
  const { seconds, id, ...dry } = await importOrders(shop.ctx, { path, map, isDryRun: true });
  const report = await importOrders(shop.ctx, { path, map });
  expect(report).toMatchObject(dry);
  const again = await importOrders(shop.ctx, { path, map });
  expect(again.orders).toMatchObject({ created: 0, updated: 0, rejected: report.orders.rejected });
  expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  return report.errors.map(({ order, reason }) => `${order}: ${reason}`);
}

/** What is left of every order: `NUMBER SPEND`, and whose it is. */
async function left(): Promise<string[]> {
  const rows = await shop.ctx.db.read({
    sql: `SELECT number, spend_minor, 'nobody' FROM waiting_sales UNION ALL
      SELECT number, total_minor - discount_minor - refunded_minor, email FROM orders JOIN customers c ON c.id = customer_id
      ORDER BY 1`,
    args: [],
  });
  return rows.map((row) => row.join(' '));
}

const ann = 'ann@x.example';
const sales = ['1,2026-01-01,,CD,2,10.00,', '2,2026-01-02,,CD,3,10.00,', `3,2026-01-03,${ann},CD,1,10.00,`];

test.each<[string, string[], string[]]>([
  [
    'the sale it names',
    ['C91,2026-02-01,,CD,-1,10.00,1'],
    ['1 1000 nobody', '2 3000 nobody', `3 1000 ${ann}`],
  ],
  [
    'the sale whose number it bears',
    ['2,2026-02-01,,CD,-2,10.00,'],
    ['1 2000 nobody', '2 1000 nobody', `3 1000 ${ann}`],
  ],
  [
    'the sale whose number follows its letter',
    ['C1,2026-02-01,,CD,-2,10.00,'],
    ['1 0 nobody', '2 3000 nobody', `3 1000 ${ann}`],
  ],
  [
    "a customer's order that it names",
    ['C91,2026-02-01,,CD,-1,10.00,3'],
    ['1 2000 nobody', '2 3000 nobody', `3 0 ${ann}`],
  ],
  [
    'one sale by two notes',
    ['C91,2026-02-01,,CD,-1,10.00,2', 'C92,2026-02-02,,CD,-1,10.00,2'],
    ['1 2000 nobody', '2 1000 nobody', `3 1000 ${ann}`],
  ],
])(
  'a credit note of nobody gives back of %s, in the same file and in a later one',
  async (_name, notes, expected) => {
    expect(await load(...sales, ...notes)).toEqual([]);
    expect(await left()).toEqual(expected);
    shop = await openShop({ ...moneyBack, spend: '10.00', back: '1.00' });
    expect(await load(...sales)).toEqual([]);
    expect(await load(...notes)).toEqual([]);
    expect(await left()).toEqual(expected);
  },
);

test.each<[string, string, string]>([
  [
    'says neither a customer nor an order',
    'C91,2026-02-01,,CD,-1,10.00,',
    'C91: gives back 10.00 EUR, but names neither a customer nor an order that is known',
  ],
  [
    'names an order that nobody told',
    'C91,2026-02-01,,CD,-1,10.00,77',
    'C91: gives back 10.00 EUR, but names neither a customer nor an order that is known',
  ],
  [
    "agrees by its number alone with a customer's order",
    'C3,2026-02-01,,CD,-1,10.00,',
    'C3: gives back 10.00 EUR, but names neither a customer nor an order that is known',
  ],
  [
    'names a sale without such goods',
    'C91,2026-02-01,,MUG,-1,10.00,1',
    'C91: gives back 10.00 EUR, but order 1 has no "MUG" that was paid for and not given back yet',
  ],
])('a credit note that %s takes from nobody and is told', async (_name, note, reason) => {
  await load(...sales);
  expect(await load(note)).toEqual([reason]);
  expect(await load(...sales, note)).toEqual([reason]);
  expect(await left()).toEqual(['1 2000 nobody', '2 3000 nobody', `3 1000 ${ann}`]);
});

test('two notes give back no more of a sale of before than was paid, dry or not', async () => {
  await load(...sales);
  expect(await load('C91,2026-02-01,,CD,-1,10.00,1', 'C92,2026-02-02,,CD,-2,10.00,1')).toEqual([
    'C92: gives back 20.00 EUR, 10.00 EUR more than order 1 has left of "CD"',
  ]);
  expect(await left()).toEqual(['1 0 nobody', '2 3000 nobody', `3 1000 ${ann}`]);
});

test('a note that waited for its sale is placed when that is told', async () => {
  const note = 'C91,2026-02-01,,CD,-1,10.00,1';
  expect(await load(note)).toHaveLength(1);
  expect(await load(...sales)).toEqual([]);
  expect(await load(note)).toEqual([]);
  expect(await left()).toEqual(['1 1000 nobody', '2 3000 nobody', `3 1000 ${ann}`]);
});

test('a note of a sale that was given to somebody takes back what they earned', async () => {
  await load(...sales);
  const buyer = { kind: 'email', email: ann, key: null } as const;
  await giveOrder(shop.ctx, { source: 'till', number: '2', buyer, customerName: null });
  expect(await load('C91,2026-02-01,,CD,-1,10.00,2')).toEqual([]);
  expect(await left()).toEqual(['1 2000 nobody', `2 2000 ${ann}`, `3 1000 ${ann}`]);
  const balances = await shop.ctx.db.read({ sql: 'SELECT balance_minor FROM accounts', args: [] });
  expect(balances).toEqual([[300n]]);
});

import { beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../../../functions/desk/verify/verify.ts';
import { importOrders } from '../../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop, type Shop } from '../../../support/shop.ts';
import { aFile, ordersOf } from '../import-file.ts';
import { rowOf, tellFile } from '../told-order.ts';

const items =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,' +
  'Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,Unit,Count,' +
  'GTIN,Itemization Type,Commission,Employee,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix';
const transactions =
  'Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,Tip,Partial Refunds,Total Collected,Source,' +
  'Card,Card Entry Methods,Cash,Square Gift Card,Other Tender,Other Tender Type,Tender Note,Fees,Net Total,Transaction ID,Payment ID,' +
  'Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,Details,Description,Event Type,Location,Dining Option,Customer ID,' +
  'Customer Name,Customer Reference ID';

const sale = {
  Date: '2026-02-15',
  Time: '14:00:00',
  'Transaction ID': 'T1',
  'Payment ID': 'P1',
  'Event Type': 'Payment',
  'Customer ID': 'C1',
  'Customer Name': 'Bo',
};
const mugs = {
  Item: 'Mug',
  SKU: 'MUG',
  Qty: '2.0',
  'Gross Sales': '$36.00',
  Discounts: '$0.00',
  'Net Sales': '$36.00',
  Tax: '$2.88',
};
const bowl = {
  Item: 'Bowl',
  SKU: 'BOWL',
  Qty: '1.0',
  'Gross Sales': '$20.00',
  Discounts: '-$5.00',
  'Net Sales': '$15.00',
  Tax: '$1.20',
};
const back = {
  ...sale,
  Date: '2026-02-20',
  'Payment ID': 'R1',
  'Event Type': 'Refund',
  Item: 'Mug',
  SKU: 'MUG',
  Qty: '-1.0',
  'Gross Sales': '-$18.00',
  Discounts: '$0.00',
  'Net Sales': '-$18.00',
  Tax: '-$1.44',
};
const tell = async (header: string, ...rows: Record<string, string>[]) =>
  (await tellFile({ header, currency: 'USD', rows: rows.map((cells) => rowOf(header, cells)) })).orders;

describe('Square items', () => {
  test.each<[string, Record<string, string>[], string]>([
    ['a sale: its tax is on top', [{ ...sale, ...mugs }], '3600 - 0 + 0 + 288 = 3888 USD, back 0, delivered'],
    [
      'two items: the taxes add up, the discount is of its line',
      [
        { ...sale, ...mugs },
        { ...sale, ...bowl },
      ],
      '5600 - 500 + 0 + 408 = 5508 USD, back 0, delivered',
    ],
    ['without tax', [{ ...sale, ...mugs, Tax: '$0.00' }], '3600 - 0 + 0 + 0 = 3600 USD, back 0, delivered'],
    [
      'of thousands',
      [{ ...sale, ...mugs, 'Gross Sales': '$1,036.00' }],
      '103600 - 0 + 0 + 288 = 103888 USD, back 0, delivered',
    ],
    ['one of two back', [{ ...sale, ...mugs }, back], '3600 - 0 + 0 + 288 = 3888 USD, back 1800, delivered'],
    [
      'told before its sale',
      [back, { ...sale, ...mugs }],
      '3600 - 0 + 0 + 288 = 3888 USD, back 1800, delivered',
    ],
    [
      'back with its discount',
      [
        { ...sale, ...bowl },
        {
          ...back,
          Item: 'Bowl',
          SKU: 'BOWL',
          'Gross Sales': '-$20.00',
          Discounts: '$5.00',
          'Net Sales': '-$15.00',
        },
      ],
      '2000 - 500 + 0 + 120 = 1620 USD, back 1500, delivered',
    ],
    [
      'both back, one after the other, for the same money',
      [{ ...sale, ...mugs }, back, { ...back, Date: '2026-02-21', 'Payment ID': 'R2' }],
      '3600 - 0 + 0 + 288 = 3888 USD, back 3600, delivered',
    ],
    [
      'both back under the id of the payment',
      [
        { ...sale, ...mugs },
        { ...back, 'Payment ID': 'P1' },
        { ...back, 'Payment ID': 'P1', Date: '2026-02-21' },
      ],
      '3600 - 0 + 0 + 288 = 3888 USD, back 3600, delivered',
    ],
    [
      'an amount back that names no goods',
      [
        { ...sale, ...mugs },
        { ...back, Item: 'Custom Amount', SKU: '', Qty: '1.0', 'Gross Sales': '-$5.00' },
      ],
      '3600 - 0 + 0 + 288 = 3888 USD, back 500, delivered',
    ],
    [
      'more back than was paid: the tax was part of it',
      [
        { ...sale, ...mugs },
        { ...back, 'Gross Sales': '-$38.88' },
      ],
      '3600 - 0 + 0 + 288 = 3888 USD, back 3600, delivered',
    ],
  ])('%s', async (_name, rows, told) => {
    expect(await tell(items, ...rows)).toEqual({ T1: told });
  });

  test.each(['02/15/2026', '02/15/26', '2026-02-15'])('writes its day as %s', async (day) => {
    const { file } = await tellFile({
      header: items,
      currency: 'USD',
      rows: [rowOf(items, { ...sale, ...mugs, Date: day })],
    });
    expect(ordersOf(file)[0]?.placedAt).toMatchObject({ local: '2026-02-15T14:00:00.000' });
  });

  test('a gift card is marked as one', async () => {
    const card = { ...sale, ...bowl, 'Itemization Type': 'Gift Card' };
    const { file } = await tellFile({ header: items, currency: 'USD', rows: [rowOf(items, card)] });
    expect(ordersOf(file)[0]?.lines).toMatchObject([{ isGiftCard: true }]);
  });
});

describe('Square transactions', () => {
  const paid = {
    ...sale,
    Description: '2 x Mug',
    'Gross Sales': '$36.00',
    Discounts: '$0.00',
    'Net Sales': '$36.00',
    'Gift Card Sales': '$0.00',
    Tax: '$2.88',
    Tip: '$0.00',
    'Partial Refunds': '$0.00',
    'Total Collected': '$38.88',
  };
  const refund = { ...paid, ...back, Description: '2 x Mug', Item: '', SKU: '', Qty: '' };
  const plain = (cells: Record<string, string>) =>
    Object.fromEntries(Object.entries(cells).filter(([name]) => transactions.split(',').includes(name)));
  test.each<[string, Record<string, string>[], string]>([
    ['a payment: its tax is on top', [paid], '3600 - 0 + 0 + 288 = 3888 USD, back 0, delivered'],
    [
      'with its tax inside',
      [{ ...paid, 'Total Collected': '$36.00' }],
      '3600 - 0 + 0 + 0 (tax 288 inside) = 3600 USD, back 0, delivered',
    ],
    [
      'with a tip, which is no purchase',
      [{ ...paid, Tip: '$5.00', 'Total Collected': '$43.88' }],
      '3600 - 0 + 0 + 288 = 3888 USD, back 0, delivered',
    ],
    [
      'with a discount',
      [{ ...paid, Discounts: '-$6.00', 'Net Sales': '$30.00', Tax: '$2.40', 'Total Collected': '$32.40' }],
      '3600 - 600 + 0 + 240 = 3240 USD, back 0, delivered',
    ],
    [
      'with a service charge, which goes with the shipping',
      [{ ...paid, 'Service Charges': '$4.00', 'Net Sales': '$40.00', 'Total Collected': '$42.88' }],
      '3600 - 0 + 400 + 288 = 4288 USD, back 0, delivered',
    ],
    [
      'taken back whole',
      [paid, { ...refund, 'Gross Sales': '-$36.00' }],
      '3600 - 0 + 0 + 288 = 3888 USD, back 3600, delivered',
    ],
    [
      'taken back in part',
      [paid, { ...refund, 'Gross Sales': '$0.00', 'Net Sales': '$0.00', 'Partial Refunds': '-$10.00' }],
      '3600 - 0 + 0 + 288 = 3888 USD, back 1000, delivered',
    ],
    [
      'of a gift card',
      [
        {
          ...paid,
          'Gross Sales': '$0.00',
          'Net Sales': '$0.00',
          'Gift Card Sales': '$25.00',
          Tax: '$0.00',
          'Total Collected': '$25.00',
        },
      ],
      '2500 - 0 + 0 + 0 = 2500 USD, back 0, delivered',
    ],
  ])('%s', async (_name, rows, told) => {
    expect(await tell(transactions, ...rows.map(plain))).toEqual({ T1: told });
  });
});

describe('a Square refund of a sale that another file told', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop({ ...moneyBack, from: '2026-01-01' });
  });
  const load = (rows: Record<string, string>[], isDryRun = false) =>
    importOrders(shop.ctx, {
      path: aFile(`${[items, ...rows.map((cells) => rowOf(items, cells))].join('\n')}\n`),
      currency: 'EUR',
      isDryRun,
    });
  const sold = { ...sale, ...mugs, 'Gross Sales': '€360.00', Tax: '€0.00' };
  const firstBack = { ...back, 'Gross Sales': '-€180.00', Tax: '€0.00' };
  const secondBack = { ...firstBack, Date: '2026-02-21', 'Payment ID': 'R2' };
  const refunded = async () => {
    const [row] = await shop.ctx.db.read({ sql: 'SELECT refunded_minor, status FROM orders', args: [] });
    return [Number(row?.[0]), row?.[1]];
  };

  test('takes back what it had earned, once, and says the same in a dry run', async () => {
    expect(await load([sold])).toMatchObject({ rewards: { earned: 1500 } });
    const dry = await load([firstBack], true);
    expect(await refunded()).toEqual([0, 'delivered']);
    expect(await load([firstBack])).toMatchObject({
      ...dry,
      id: expect.anything(),
      seconds: expect.anything(),
    });
    expect(dry).toMatchObject({ orders: { updated: 1, rejected: 0 }, rewards: { earned: -1000 } });
    expect(await refunded()).toEqual([18_000, 'partly_refunded']);
    for (const again of [[firstBack], [sold, firstBack], [sold]]) {
      expect(await load(again)).toMatchObject({
        orders: { unchanged: 1, updated: 0 },
        rewards: { entries: 0 },
      });
    }
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('of the same money twice is two refunds, in whatever files they stand', async () => {
    await load([sold, firstBack]);
    await load([secondBack]);
    expect(await refunded()).toEqual([36_000, 'refunded']);
    expect(await load([sold, firstBack, secondBack])).toMatchObject({ orders: { unchanged: 1 } });
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });

  test('that nobody ever told is named with its line', async () => {
    await load([sold]);
    const report = await load([{ ...firstBack, 'Transaction ID': 'T9' }]);
    expect(report.orders).toMatchObject({ updated: 0, rejected: 1 });
    expect(report.errors).toMatchObject([
      { line: 2, order: 'T9', reason: 'takes back goods of a sale that is neither in this file nor known' },
    ]);
  });

  test('in another currency is refused', async () => {
    await load([sold]);
    const path = aFile(`${items}\n${rowOf(items, firstBack)}\n`);
    const report = await importOrders(shop.ctx, { path, currency: 'USD' });
    expect(report.errors).toMatchObject([
      { line: 2, order: 'T1', reason: expect.stringContaining('currency') },
    ]);
  });

  test('cannot take back more than was paid', async () => {
    await load([sold, firstBack]);
    await load([{ ...secondBack, 'Gross Sales': '-€500.00' }]);
    expect(await refunded()).toEqual([36_000, 'refunded']);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });
});

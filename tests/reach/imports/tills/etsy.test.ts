import { beforeEach, describe, expect, test } from 'vitest';
import { verify } from '../../../../functions/desk/verify/verify.ts';
import { recordRefund } from '../../../../functions/money/orders/record-refund.ts';
import { refundInput } from '../../../../functions/money/orders/schema.ts';
import { importOrders } from '../../../../functions/reach/imports/on-node/by-path.ts';
import { undoImport } from '../../../../functions/reach/imports/undo-import.ts';
import { moneyBack, openShop, type Shop } from '../../../support/shop.ts';
import { aFile } from '../import-file.ts';
import { checkTill } from '../till-table.ts';

const items =
  'Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,' +
  'Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship Address1,' +
  'Ship Address2,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type,Listings Type,' +
  'Payment Type,InPerson Discount,InPerson Location,VAT Paid by Buyer,SKU';
const british = items
  .replaceAll('Shipping', 'Delivery')
  .replaceAll('Shipped', 'Posted')
  .replaceAll('Ship ', 'Delivery ');

interface Item {
  sale?: string;
  name?: string;
  buyer?: string;
  quantity?: number;
  total?: string;
  discount?: string;
  shipping?: string;
  tax?: string;
  currency?: string;
  shipped?: string;
  order?: string;
  id?: number;
  type?: string;
  vat?: string;
  sku?: string;
}

function item(about: Item): string {
  const it = {
    ...{ sale: '08/14/25', name: 'Fox', buyer: 'Jane Doe (jane42)', quantity: 1, total: '12.00' },
    ...about,
  };
  const money = `,,,${it.discount ?? '0.00'},0.00,${it.shipping ?? '0'},${it.tax ?? '0'},${it.total}`;
  const goods = `${it.sale},"${it.name}","${it.buyer}",${it.quantity},1.00${money}`;
  const parcel = `${it.currency ?? 'USD'},${it.id ?? 4001},9001,${it.sale},${it.shipped ?? '08/15/2025'},Jane Doe,,,,,,`;
  return `${goods},${parcel},${it.order ?? '3001'},,${it.type ?? 'online'},listing,online_cc,,,${it.vat ?? '0'},${it.sku ?? ''}`;
}

const who = 'jane42';

describe('Etsy sold order items', () => {
  checkTill(items, [
    {
      name: 'an item that was shipped earns from the day of shipping',
      rows: [item({ shipping: '4.50', tax: '0.62' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 | shipping 4.50, tax 0.62 USD`],
      earned: 100,
    },
    {
      name: 'several items are one order, and its shipping counts once',
      rows: [
        item({ shipping: '4.50' }),
        item({ id: 4002, name: 'Owl', quantity: 2, total: '10.00', shipping: '4.50' }),
      ],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00; 2 Owl 10.00 | shipping 4.50 USD`],
      earned: 200,
    },
    {
      name: 'a coupon is taken off its item',
      rows: [item({ total: '29.99', discount: '3.00' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 29.99 -3.00 USD`],
      earned: 200,
    },
    {
      name: 'an item not shipped yet waits, and earns once a later file says so',
      files: [`${items}\n${item({ shipped: '' })}\n`, `${items}\n${item({})}\n`],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 USD`],
      earned: 100,
    },
    {
      name: 'an item that was not shipped earns nothing',
      rows: [item({ shipped: '' })],
      orders: [`3001 ${who} 2025-08-14 confirmed: Fox 12.00 USD`],
      earned: 0,
    },
    {
      name: 'what was sold in person is delivered at once',
      rows: [item({ shipped: '', type: 'in person' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-14: Fox 12.00 USD`],
      earned: 100,
    },
    {
      name: 'the British words are the same columns',
      files: [`${british}\n${item({ currency: 'GBP', shipping: '3.20' })}\n`],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 | shipping 3.20 GBP`],
      currency: 'GBP',
      timeZone: 'Europe/London',
      earned: 100,
    },
    {
      name: 'a buyer without brackets is known by the user name',
      rows: [item({ buyer: 'coolbuyer42' })],
      orders: ['3001 coolbuyer42 2025-08-14 delivered 2025-08-15: Fox 12.00 USD'],
    },
    {
      name: 'VAT that Etsy collects for each item comes on top',
      rows: [item({ vat: '2.40' }), item({ id: 4002, name: 'Owl', total: '10.00', vat: '2.00' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00; Owl 10.00 | tax 4.40 USD`],
      earned: 200,
    },
    {
      name: 'amounts with signs and thousands are read',
      rows: [item({ total: '"$1,012.00"', shipping: '$4.50' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 1012.00 | shipping 4.50 USD`],
      earned: 10100,
    },
    {
      name: 'days saved again by a spreadsheet are read',
      rows: [item({ sale: '8/4/2025', shipped: '8/5/2025' })],
      orders: [`3001 ${who} 2025-08-04 delivered 2025-08-05: Fox 12.00 USD`],
    },
    {
      name: 'another currency is kept and not counted',
      rows: [item({ currency: 'CAD' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 CAD`],
      earned: 0,
    },
    {
      name: 'two pieces alike are two lines',
      rows: [item({ sku: 'FOX' }), item({ id: 4002, sku: 'FOX' })],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00; Fox 12.00 USD`],
      earned: 200,
    },
    {
      name: 'the same row twice counts once',
      rows: [item({}), item({})],
      orders: [`3001 ${who} 2025-08-14 delivered 2025-08-15: Fox 12.00 USD`],
      earned: 100,
    },
    {
      name: 'a row that contradicts its order leaves the order out',
      rows: [item({ shipping: '4.50' }), item({ id: 4002, shipping: '5.00' })],
      orders: [],
      rejected: ['contradicts'],
    },
  ]);
});

const orders =
  'Sale Date,Order ID,Buyer User ID,Full Name,First Name,Last Name,Number of Items,Payment Method,Date Shipped,Street 1,' +
  'Street 2,Ship City,Ship State,Ship Zipcode,Ship Country,Currency,Order Value,Coupon Code,Coupon Details,' +
  'Discount Amount,Shipping Discount,Shipping,Sales Tax,Order Total,Status,Card Processing Fees,Order Net,' +
  'Adjusted Order Total,Adjusted Card Processing Fees,Adjusted Net Order Amount,Buyer,Order Type,Payment Type,' +
  'InPerson Discount,InPerson Location,SKU';
const britishOrders = orders
  .replace('Date Shipped', 'Date Posted')
  .replaceAll('Shipping', 'Delivery')
  .replaceAll('Ship ', 'Delivery ')
  .replace('Sales Tax', 'Sales tax');

interface Sold {
  sale?: string;
  buyer?: string;
  pieces?: number;
  shipped?: string;
  currency?: string;
  value?: string;
  discount?: string;
  shipping?: string;
  tax?: string;
  total?: string;
  status?: string;
  adjusted?: string;
  type?: string;
}

function sold(about: Sold): string {
  const it = {
    ...{ sale: '12/30/23', buyer: 'jane42', pieces: 1, shipped: '01/04/24', value: '17', shipping: '4.13' },
    ...about,
  };
  const head = `${it.sale},3159,${it.buyer},Jane Doe,Jane,Doe,${it.pieces},Credit Card,${it.shipped},1 Main St,,X,AK,99503,`;
  const money = `${it.currency ?? 'USD'},${it.value},,,${it.discount ?? '0'},0,${it.shipping},${it.tax ?? '0'},${it.total ?? '21.13'}`;
  const net = `${it.status ?? ''},0.76,16.12,${it.adjusted ?? '0'},0,0,Jane Doe,${it.type ?? 'online'},online_cc,,,`;
  return `${head}United States,${money},${net}`;
}

describe('Etsy sold orders', () => {
  checkTill(orders, [
    {
      name: 'an order is one line of all its pieces',
      rows: [sold({ pieces: 2 })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: 2 – 17.00 | shipping 4.13 USD`],
      earned: 100,
    },
    {
      name: 'tax that Etsy collected stands in the total alone',
      rows: [sold({ discount: '4.25', total: '17.95' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 -4.25 | shipping 4.13, tax 1.07 USD`],
      earned: 100,
    },
    {
      name: 'tax that the shop collected is told',
      rows: [sold({ tax: '1.70', total: '22.83' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 | shipping 4.13, tax 1.70 USD`],
    },
    {
      name: 'a part given back is what the adjusted total lacks',
      rows: [sold({ adjusted: '11.13' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 back 10.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'a refund in a later file takes back what was earned',
      files: [`${orders}\n${sold({})}\n`, `${orders}\n${sold({ adjusted: '11.13' })}\n`],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 back 10.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'a whole refund is told by the status',
      files: [`${orders}\n${sold({})}\n`, `${orders}\n${sold({ status: 'Refunded' })}\n`],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 back 17.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'a cancelled order counts nothing',
      files: [`${orders}\n${sold({})}\n`, `${orders}\n${sold({ status: 'Canceled' })}\n`],
      orders: [`3159 ${who} 2023-12-30 cancelled: – 17.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'an order not shipped yet waits',
      rows: [sold({ shipped: '' })],
      orders: [`3159 ${who} 2023-12-30 confirmed: – 17.00 | shipping 4.13 USD`],
      earned: 0,
    },
    {
      name: 'an order in person is delivered at once',
      rows: [sold({ shipped: '', type: 'in_person', shipping: '0', total: '17.00' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2023-12-30: – 17.00 USD`],
      earned: 100,
    },
    {
      name: 'the British words are the same columns',
      files: [`${britishOrders}\n${sold({ currency: 'GBP' })}\n`],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 | shipping 4.13 GBP`],
      currency: 'GBP',
      earned: 100,
    },
    {
      name: 'days and tabs of a spreadsheet are read',
      files: [
        `${[orders, sold({ sale: '12/30/2023', shipped: '1/4/2024' })].join('\n').replaceAll(',', '\t')}\n`,
      ],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 | shipping 4.13 USD`],
    },
    {
      name: 'amounts with thousands are read',
      rows: [sold({ value: '"1,017.00"', total: '"1,021.13"' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 1017.00 | shipping 4.13 USD`],
    },
    {
      name: 'another currency is kept and not counted',
      rows: [sold({ currency: 'EUR' })],
      orders: [`3159 ${who} 2023-12-30 delivered 2024-01-04: – 17.00 | shipping 4.13 EUR`],
      earned: 0,
    },
  ]);
});

describe('both files of Etsy', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await openShop();
    const rule = { ...moneyBack, spend: '1.00', back: '0.10', from: '2014-01-01' };
    const counts = { shipping: true, tax: true, excludeSkus: ['OWL'] };
    await shop.setRules({ ...rule, counts });
  });

  const day = { sale: '12/30/23', order: '3159', shipped: '01/04/24', currency: 'EUR', shipping: '4.13' };
  const itemRows = [
    item({ ...day, total: '10.01', sku: 'FOX' }),
    item({ ...day, id: 4002, name: 'Owl', total: '6.99', discount: '2.00', sku: 'OWL' }),
  ];
  const sum = { currency: 'EUR', pieces: 2, value: '17.00', discount: '2.00', total: '19.13' };
  const itemsFile = () => aFile([items, ...itemRows, ''].join('\n'));
  const ordersFile = (about: Sold = {}) => aFile([orders, sold({ ...sum, ...about }), ''].join('\n'));

  async function load(path: string) {
    const { seconds, id, ...dry } = await importOrders(shop.ctx, { path, isDryRun: true });
    const report = await importOrders(shop.ctx, { path });
    expect(report).toMatchObject(dry);
    expect(report.errors).toEqual([]);
    expect(report.file.notes.join()).toContain('an order counts once, by its items');
    const again = await importOrders(shop.ctx, { path });
    expect(again).toMatchObject({ orders: { created: 0, updated: 0, rejected: 0 }, rewards: { entries: 0 } });
    return report;
  }

  /** Lines with what was given back of them, the order's sums, and the balances. */
  async function told() {
    const read = async (sql: string) =>
      (await shop.ctx.db.read({ sql, args: [] })).map((row) => row.join(' '));
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
    return {
      lines: await read(
        'SELECT sku, total_minor, discount_minor, refunded_minor FROM order_lines ORDER BY 1',
      ),
      orders:
        await read(`SELECT number, total_minor, discount_minor, refunded_minor, shipping_minor, tax_minor, line_count,
        first_product, status FROM orders`),
      sales: await read(
        `SELECT number, spend_minor, json_array_length(state, '$.order.lines') FROM waiting_sales`,
      ),
      balances: await read('SELECT balance_minor FROM accounts'),
    };
  }

  test.each<[string, Sold, unknown]>([
    [
      'paid',
      {},
      { balances: ['140'], orders: [expect.stringMatching(/^3159 1700 200 0 413 \S* 2 Fox delivered/)] },
    ],
    [
      'given back in part',
      { adjusted: '15.13' },
      { balances: ['110'], lines: ['FOX 1001 0 267', 'OWL 699 200 133'] },
    ],
    [
      'given back whole',
      { status: 'Refunded' },
      { balances: ['40'], lines: ['FOX 1001 0 1001', 'OWL 699 200 499'] },
    ],
    ['cancelled', { status: 'Canceled' }, { balances: ['0'] }],
    ['of a guest', { buyer: '' }, { balances: ['140'] }],
  ])('end in the same whichever comes first: an order that was %s', async (_name, about, expected) => {
    expect((await load(itemsFile())).orders.created).toBe(1);
    expect((await load(ordersFile(about))).orders.created).toBe(0);
    const itemsFirst = await told();
    expect(itemsFirst).toMatchObject({ sales: [], ...Object(expected) });
    shop = await openShop();
    const rule = { ...moneyBack, spend: '1.00', back: '0.10', from: '2014-01-01' };
    await shop.setRules({ ...rule, counts: { shipping: true, tax: true, excludeSkus: ['OWL'] } });
    await load(ordersFile(about));
    const report = await load(itemsFile());
    expect(report.orders).toMatchObject({ created: 0, updated: 1, rejected: 0 });
    expect(await told()).toEqual(itemsFirst);
    await load(ordersFile(about));
    expect(await told()).toEqual(itemsFirst);
  });

  test('end in the same for a guest, whose sale waits', async () => {
    const guest = (row: string) => row.replace('Jane Doe (jane42)', 'Jane Doe');
    const path = () => aFile([items, ...itemRows.map(guest), ''].join('\n'));
    await load(path());
    await load(ordersFile({ buyer: '', adjusted: '15.13' }));
    const itemsFirst = await told();
    expect(itemsFirst).toMatchObject({ orders: [], sales: ['3159 1100 2'] });
    shop = await openShop();
    await load(ordersFile({ buyer: '', adjusted: '15.13' }));
    await load(path());
    expect(await told()).toEqual(itemsFirst);
  });

  test('contradict each other where their sums do', async () => {
    await load(itemsFile());
    const path = ordersFile({ value: '18.00', total: '20.13' });
    const report = await importOrders(shop.ctx, { path });
    expect(report.orders).toMatchObject({ rejected: 1 });
    expect(report.errors[0]?.reason).toBe(
      'Order Value: the total of all goods is 18.00, but 17.00 was recorded',
    );
  });

  test('give a sum that was given back by hand to its items', async () => {
    await load(ordersFile());
    const lines = [{ line: 'all', amount: { amount: 300, currency: 'EUR' } }];
    const refund = refundInput.parse({ id: 'by hand', at: '2024-01-05T10:00:00Z', lines });
    await recordRefund(shop.ctx, { source: 'etsy', number: '3159', refund });
    const { id } = await load(itemsFile());
    expect(await told()).toMatchObject({ lines: ['FOX 1001 0 200', 'OWL 699 200 100'] });
    await expect(undoImport(shop.ctx, id ?? '')).rejects.toThrow('order 3159 was told as one sum before');
  });
});

import { describe, expect, test } from 'vitest';
import { verify } from '../../../../functions/desk/verify/verify.ts';
import { importOrders } from '../../../../functions/reach/imports/on-node/by-path.ts';
import { moneyBack, openShop } from '../../../support/shop.ts';
import { aFile, ordersOf } from '../import-file.ts';
import { rowOf, tellFile } from '../told-order.ts';

/** The columns that Advanced Order Export has ticked by itself. */
const advanced =
  'Order Number,Order Status,Order Date,Customer Note,First Name (Billing),Last Name (Billing),Company (Billing),Address 1&2 (Billing),' +
  'City (Billing),State Code (Billing),Postcode (Billing),Country Code (Billing),Email (Billing),Phone (Billing),First Name (Shipping),' +
  'Last Name (Shipping),Address 1&2 (Shipping),City (Shipping),State Code (Shipping),Postcode (Shipping),Country Code (Shipping),SKU,' +
  'Item #,Item Name,Quantity (- Refund),Item Cost,Coupon Code,Discount Amount,Discount Amount Tax,Shipping Method Title,' +
  'Payment Method Title,Cart Discount Amount,Order Subtotal Amount,Order Shipping Amount,Order Refund Amount,Order Total Amount,' +
  'Order Total Tax Amount';
const wide = `${advanced},Currency,Completed Date,Quantity,Order Line Subtotal,Order Line Total,Order Line Total Refunded`;

const order = {
  'Order Number': '501',
  'Order Status': 'Completed',
  'Order Date': '2026-03-01 10:00',
  'First Name (Billing)': 'Ann',
  'Last Name (Billing)': 'Lee',
  'Email (Billing)': 'ann@x.example',
  'Order Shipping Amount': '0',
  'Order Refund Amount': '0',
  'Order Total Tax Amount': '0',
};
const mugs = { SKU: 'MUG', 'Item Name': 'Mug', 'Quantity (- Refund)': '2', 'Item Cost': '10.00' };
const bowl = { SKU: 'BOWL', 'Item Name': 'Bowl', 'Quantity (- Refund)': '1', 'Item Cost': '30.00' };
const of20 = { 'Order Subtotal Amount': '20.00', 'Order Total Amount': '20.00' };
const of50 = { 'Order Subtotal Amount': '50.00', 'Order Total Amount': '50.00' };
const tell = async (header: string, ...rows: Record<string, string>[]) =>
  (await tellFile({ header, currency: 'EUR', rows: rows.map((cells) => rowOf(header, cells)) })).orders[
    '501'
  ];

describe('Advanced Order Export, as it comes', () => {
  test.each<[string, Record<string, string>[], string]>([
    ['a line', [{ ...order, ...mugs, ...of20 }], '2000 - 0 + 0 + 0 = 2000 EUR, back 0, delivered'],
    [
      'shipping, and tax on top of it all',
      [
        {
          ...order,
          ...mugs,
          ...of20,
          'Order Shipping Amount': '5',
          'Order Total Tax Amount': '4.75',
          'Order Total Amount': '29.75',
        },
      ],
      '2000 - 0 + 500 + 475 = 2975 EUR, back 0, delivered',
    ],
    [
      'a fee, which goes with the shipping',
      [{ ...order, ...mugs, ...of20, 'Order Shipping Amount': '5', 'Order Total Amount': '26.50' }],
      '2000 - 0 + 650 + 0 = 2650 EUR, back 0, delivered',
    ],
    [
      'a coupon: Item Cost is after it',
      [
        {
          ...order,
          ...mugs,
          ...of20,
          'Item Cost': '9.00',
          'Cart Discount Amount': '2.00',
          'Order Total Amount': '18.00',
        },
      ],
      '1800 - 0 + 0 + 0 = 1800 EUR, back 0, delivered',
    ],
    [
      'a coupon: Item Cost is before it',
      [{ ...order, ...mugs, ...of20, 'Cart Discount Amount': '2.00', 'Order Total Amount': '18.00' }],
      '1800 - 0 + 0 + 0 = 1800 EUR, back 0, delivered',
    ],
    [
      'a unit price that was rounded',
      [
        {
          ...order,
          ...mugs,
          'Quantity (- Refund)': '3',
          'Item Cost': '3.33',
          'Order Subtotal Amount': '10.00',
          'Order Total Amount': '10.00',
        },
      ],
      '1000 - 0 + 0 + 0 = 1000 EUR, back 0, delivered',
    ],
    [
      'one of two came back',
      [{ ...order, ...mugs, ...of20, 'Quantity (- Refund)': '1', 'Order Refund Amount': '10.00' }],
      '2000 - 0 + 0 + 0 = 2000 EUR, back 1000, delivered',
    ],
    [
      'one of two came back with its tax',
      [
        {
          ...order,
          ...mugs,
          'Quantity (- Refund)': '1',
          'Order Subtotal Amount': '20.00',
          'Order Total Tax Amount': '4.00',
          'Order Total Amount': '24.00',
          'Order Refund Amount': '12.00',
        },
      ],
      '2000 - 0 + 0 + 400 = 2400 EUR, back 1000, delivered',
    ],
    [
      'one came back without its money',
      [{ ...order, ...mugs, ...of20, 'Quantity (- Refund)': '1' }],
      '2000 - 0 + 0 + 0 = 2000 EUR, back 0, delivered',
    ],
    [
      'money came back without goods',
      [{ ...order, ...mugs, ...of20, 'Order Refund Amount': '5.00' }],
      '2000 - 0 + 0 + 0 = 2000 EUR, back 500, delivered',
    ],
    [
      'all of one line came back, the other stayed',
      [
        { ...order, ...mugs, ...of50, 'Quantity (- Refund)': '0', 'Order Refund Amount': '20.00' },
        { ...order, ...bowl, ...of50, 'Order Refund Amount': '20.00' },
      ],
      '5000 - 0 + 0 + 0 = 5000 EUR, back 2000, delivered',
    ],
    [
      'refunded whole',
      [
        {
          ...order,
          ...mugs,
          ...of20,
          'Order Status': 'Refunded',
          'Quantity (- Refund)': '0',
          'Order Refund Amount': '20.00',
        },
      ],
      '2000 - 0 + 0 + 0 = 2000 EUR, back 2000, delivered',
    ],
    [
      'rows that leave out what belongs to the order, its number too',
      [{ ...order, ...mugs, ...of50 }, bowl],
      '5000 - 0 + 0 + 0 = 5000 EUR, back 0, delivered',
    ],
    [
      'a free line',
      [
        { ...order, ...mugs, ...of20 },
        { ...bowl, 'Item Cost': '0' },
      ],
      '2000 - 0 + 0 + 0 = 2000 EUR, back 0, delivered',
    ],
    [
      'on hold',
      [{ ...order, ...mugs, ...of20, 'Order Status': 'On hold' }],
      '2000 - 0 + 0 + 0 = 2000 EUR, back 0, on_hold',
    ],
    [
      'failed',
      [{ ...order, ...mugs, ...of20, 'Order Status': 'Failed' }],
      '2000 - 0 + 0 + 0 = 2000 EUR, back 0, cancelled',
    ],
  ])('%s', async (_name, rows, told) => {
    expect(await tell(advanced, ...rows)).toBe(told);
  });

  test('a row without a number, after one that cannot be read, belongs to nobody knows what', async () => {
    const rows = [
      rowOf(advanced, { ...order, ...mugs, ...of20 }),
      `${rowOf(advanced, { ...order, 'Order Number': '502' })},too,many`,
      rowOf(advanced, bowl),
    ];
    const { orders, file } = await tellFile({ header: advanced, currency: 'EUR', rows });
    expect(Object.keys(orders)).toEqual(['501']);
    expect(orders['501']).toContain('2000 - 0');
    expect(file.errors).toMatchObject([
      { line: 3, order: '502' },
      { line: 4, order: null },
    ]);
  });

  test.each<[string, Record<string, string>[], Record<string, string>[], bigint]>([
    [
      'of one of two alike',
      [{ ...order, ...mugs, ...of20 }],
      [{ ...order, ...mugs, ...of20, 'Quantity (- Refund)': '1', 'Order Refund Amount': '10.00' }],
      1000n,
    ],
    [
      'of a line among others',
      [{ ...order, ...mugs, ...of50 }, bowl],
      [
        { ...order, ...mugs, ...of50, 'Order Refund Amount': '30.00' },
        { ...bowl, 'Quantity (- Refund)': '0' },
      ],
      3000n,
    ],
    [
      'of lines that cost the same',
      [
        {
          ...order,
          ...mugs,
          'Quantity (- Refund)': '3',
          ...of50,
          'Order Subtotal Amount': '60.00',
          'Order Total Amount': '60.00',
        },
        bowl,
      ],
      [
        {
          ...order,
          ...mugs,
          'Quantity (- Refund)': '0',
          'Order Subtotal Amount': '60.00',
          'Order Total Amount': '60.00',
          'Order Refund Amount': '30.00',
        },
        bowl,
      ],
      3000n,
    ],
    [
      'of money alone',
      [{ ...order, ...mugs, ...of20 }],
      [{ ...order, ...mugs, ...of20, 'Order Refund Amount': '3.33' }],
      333n,
    ],
  ])('a later file may tell of a refund %s', async (_name, before, after, back) => {
    const shop = await openShop(moneyBack);
    const load = (rows: Record<string, string>[]) =>
      importOrders(shop.ctx, {
        path: aFile(`${[advanced, ...rows.map((cells) => rowOf(advanced, cells))].join('\n')}\n`),
      });
    await load(before);
    expect(await load(after)).toMatchObject({ orders: { updated: 1, rejected: 0 }, errors: [] });
    expect(await load(after)).toMatchObject({ orders: { unchanged: 1 } });
    expect(await load(before)).toMatchObject({ orders: { unchanged: 1 } });
    const [row] = await shop.ctx.db.read({ sql: 'SELECT refunded_minor FROM orders', args: [] });
    expect(BigInt(Number(row?.[0]))).toBe(back);
    expect(await verify(shop.ctx)).toMatchObject({ differences: 0 });
  });
});

describe('Advanced Order Export, with more columns ticked', () => {
  const sold = { ...order, ...mugs, ...of20, Currency: 'USD', Quantity: '2', 'Order Line Subtotal': '20.00' };
  test.each<[string, Record<string, string>, string]>([
    ['its own currency', {}, '2000 - 0 + 0 + 0 = 2000 USD, back 0, delivered'],
    [
      'the discount of a line',
      { 'Order Line Total': '18.00', 'Cart Discount Amount': '2.00', 'Order Total Amount': '18.00' },
      '2000 - 200 + 0 + 0 = 1800 USD, back 0, delivered',
    ],
    [
      'the refund of line and order: the same money',
      { 'Quantity (- Refund)': '1', 'Order Line Total Refunded': '10.00', 'Order Refund Amount': '10.00' },
      '2000 - 0 + 0 + 0 = 2000 USD, back 1000, delivered',
    ],
    [
      'lines with more decimals, from prices with tax',
      {
        'Order Line Subtotal': '16.806723',
        'Order Line Total': '16.806723',
        'Order Subtotal Amount': '16.81',
        'Order Total Tax Amount': '3.19',
      },
      '1681 - 0 + 0 + 319 = 2000 USD, back 0, delivered',
    ],
  ])('%s', async (_name, cells, told) => {
    expect(await tell(wide, { ...sold, ...cells })).toBe(told);
  });
});

/** Customer/Order/Coupon Export, "CSV Default - One Row per Item". */
const skyverge =
  'order_id,order_number_formatted,order_number,date,status,shipping_total,shipping_tax_total,fee_total,fee_tax_total,tax_total,' +
  'discount_total,order_total,refunded_total,order_currency,payment_method,shipping_method,customer_id,billing_first_name,' +
  'billing_last_name,billing_company,billing_email,billing_phone,item_id,item_product_id,item_name,item_sku,item_quantity,' +
  'item_subtotal,item_subtotal_tax,item_total,item_total_tax,item_refunded,item_refunded_qty,item_meta,shipping_items,fee_items,' +
  'tax_items,coupon_items,refunds,order_notes,download_permissions';

describe('Customer/Order/Coupon Export', () => {
  const sold = {
    order_id: '501',
    date: '2026-03-01 10:00:00',
    status: 'completed',
    shipping_total: '0.00',
    tax_total: '0.00',
    order_total: '20.00',
    refunded_total: '0.00',
    order_currency: 'GBP',
    billing_first_name: 'Ann',
    billing_last_name: 'Lee',
    billing_email: 'ann@x.example',
    item_name: 'Mug',
    item_sku: 'MUG',
    item_quantity: '2',
    item_subtotal: '20.00',
    item_total: '20.00',
    item_refunded: '0.00',
  };
  test.each<[string, Record<string, string>[], string]>([
    ['an order that has its id alone', [sold], '2000 - 0 + 0 + 0 = 2000 GBP, back 0, delivered'],
    [
      'a coupon, shipping and tax',
      [
        {
          ...sold,
          item_total: '18.00',
          discount_total: '2.00',
          shipping_total: '4.00',
          tax_total: '4.40',
          order_total: '26.40',
        },
      ],
      '2000 - 200 + 400 + 440 = 2640 GBP, back 0, delivered',
    ],
    [
      'a fee',
      [{ ...sold, fee_total: '1.50', order_total: '21.50' }],
      '2000 - 0 + 150 + 0 = 2150 GBP, back 0, delivered',
    ],
    [
      'a refund told of line and order',
      [{ ...sold, item_refunded: '10.00', item_refunded_qty: '-1', refunded_total: '10.00' }],
      '2000 - 0 + 0 + 0 = 2000 GBP, back 1000, delivered',
    ],
    [
      'a refund with its tax',
      [{ ...sold, tax_total: '4.00', order_total: '24.00', item_refunded: '10.00', refunded_total: '12.00' }],
      '2000 - 0 + 0 + 400 = 2400 GBP, back 1000, delivered',
    ],
    [
      'a refund of the whole order',
      [{ ...sold, status: 'refunded', item_refunded: '0.00', refunded_total: '20.00' }],
      '2000 - 0 + 0 + 0 = 2000 GBP, back 2000, delivered',
    ],
    [
      'two items, each row whole',
      [
        { ...sold, order_total: '50.00' },
        {
          ...sold,
          order_total: '50.00',
          item_name: 'Bowl',
          item_sku: 'BOWL',
          item_quantity: '1',
          item_subtotal: '30.00',
          item_total: '30.00',
        },
      ],
      '5000 - 0 + 0 + 0 = 5000 GBP, back 0, delivered',
    ],
    ['processing', [{ ...sold, status: 'processing' }], '2000 - 0 + 0 + 0 = 2000 GBP, back 0, confirmed'],
    ['not paid', [{ ...sold, status: 'pending' }], '2000 - 0 + 0 + 0 = 2000 GBP, back 0, placed'],
  ])('%s', async (_name, rows, told) => {
    expect(await tell(skyverge, ...rows)).toBe(told);
  });

  test('of a number and its formatted form the latter is the order', async () => {
    const row = rowOf(skyverge, { ...sold, order_number: '17', order_number_formatted: 'DE-17' });
    const { file } = await tellFile({ header: skyverge, rows: [row] });
    expect(ordersOf(file).map(({ number }) => number)).toEqual(['DE-17']);
  });
});

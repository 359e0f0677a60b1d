import { expect, test } from 'vitest';
import { parseColumnMap } from '../../../functions/reach/imports/column-map.ts';
import { recogniseTill } from '../../../functions/reach/imports/tills.ts';
import { ordersOf, stage } from './import-file.ts';

const shopifyHeader =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,' +
  'Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,' +
  'Lineitem compare at price,Lineitem sku,Billing Name,Cancelled at,Refunded Amount,Lineitem discount\n';
const shopifyFile =
  shopifyHeader +
  '#1001,ann@x.example,partially_refunded,2026-03-01 10:00:01 -0500,fulfilled,2026-03-02 09:00:00 -0500,no,USD,45.00,5.00,4.00,54.00,' +
  'TEN,5.00,Post,2026-03-01 10:00:00 -0500,2,"CD, blue",12.50,,CD-1,Ann Lee,,9.00,0.00\n' +
  '#1001,ann@x.example,,,,,,,,,,,,,,,1,Mug,25.00,,MUG,,,,0.00\n' +
  '#1002,bob@x.example,pending,,unfulfilled,,no,USD,10.00,0.00,0.00,10.00,,0.00,,2026-03-02 10:00:00 -0500,1,Mug,10.00,,MUG,Bob,,0.00,0.00\n' +
  '#1003,eve@x.example,voided,,unfulfilled,,no,USD,10.00,0.00,0.00,10.00,,0.00,,2026-03-02 10:00:00 -0500,1,Mug,10.00,,MUG,Eve,2026-03-03 10:00:00 -0500,0.00,0.00\n';

test('reads a Shopify export', async () => {
  const staged = await stage(shopifyFile);
  expect(staged).toMatchObject({ till: 'shopify', rows: 4, errors: [] });
  const [first, second, third] = ordersOf(staged);
  expect(first).toMatchObject({
    source: 'shopify',
    number: '#1001',
    email: 'ann@x.example',
    currency: 'USD',
    placedAtMs: Date.UTC(2026, 2, 1, 15),
    status: 'delivered',
    deliveredAt: { kind: 'instant', ms: Date.UTC(2026, 2, 2, 14) },
    shipping: 500n,
    tax: 400n,
    lines: [
      { sku: 'CD-1', product: 'CD, blue', quantityMilli: 2000, total: 2500n, discount: 250n, refunded: 450n },
      { sku: 'MUG', quantityMilli: 1000, total: 2500n, discount: 250n, refunded: 450n },
    ],
  });
  expect(second).toMatchObject({ number: '#1002', status: 'placed', deliveredAt: null });
  expect(third).toMatchObject({ number: '#1003', status: 'cancelled' });
});

test('a discount on shipping alone is no discount of the lines', async () => {
  const [order] = ordersOf(
    await stage(
      `${shopifyHeader}#1,a@x.example,paid,,fulfilled,,no,USD,10.00,0.00,0.00,10.00,SHIP,5.00,,2026-03-02 10:00:00 -0500,1,Mug,10.00,,MUG,A,,0.00,0.00\n`,
    ),
  );
  expect(order?.lines).toMatchObject([{ total: 1000n, discount: 0n }]);
});

test('rows of a Shopify order may come before its first row', async () => {
  const [first, ...rest] = shopifyFile.slice(shopifyHeader.length).trimEnd().split('\n');
  const staged = await stage(`${shopifyHeader}${[...rest, first].join('\n')}\n`);
  expect(staged.errors).toEqual([]);
  expect(ordersOf(staged)[0]?.lines).toHaveLength(2);
});

test('a Shopify file cut in the middle loses its last order only', async () => {
  const staged = await stage(
    `${shopifyFile}#1004,zoe@x.example,paid,,fulfilled,,no,USD,10.00,0.00,0.00,10.00,,0.00,"Post\nby h`,
  );
  expect(staged.errors).toEqual([
    { line: 6, order: '#1004', reason: 'a quote opens and never closes; lines 6 to 7 are left out' },
  ]);
  expect(ordersOf(staged)).toHaveLength(3);
});

test('names the row whose order has no first row in the file', async () => {
  const staged = await stage(`${shopifyHeader}#9,a@x.example,,,,,,,,,,,,,,,1,Mug,25.00,,MUG,,,,0.00\n`);
  expect(staged.errors).toEqual([
    { line: 2, order: '#9', reason: 'no row of this order in the file has Created at' },
  ]);
});

test('reads a WooCommerce export of Advanced Order Export', async () => {
  const staged = await stage(
    'Order Number,Order Status,Order Date,First Name (Billing),Last Name (Billing),Email (Billing),Order Shipping Amount,' +
      'Order Refund Amount,Order Total Amount,Order Total Tax Amount,SKU,Item #,Item Name,Quantity,Item Cost\n' +
      '501,Completed,2026-01-15 12:00:00,Ann,Lee,ann@x.example,4.90,0,30.00,0,A,1,Tea,3,3.3333\n' +
      '501,Completed,2026-01-15 12:00:00,Ann,Lee,ann@x.example,4.90,0,30.00,0,B,2,Cup,1,15.10\n' +
      '502,Refunded,2026-01-16 12:00:00,Bob,Ray,bob@x.example,0,20.00,20.00,0,B,1,Cup,1,20.00\n' +
      '503,On hold,2026-01-16 12:00:00,Bob,Ray,bob@x.example,0,0,20.00,0,B,1,Cup,1,20.00\n' +
      '504,Mystery,2026-01-16 12:00:00,Bob,Ray,bob@x.example,0,0,20.00,0,B,1,Cup,1,20.00\n',
    { defaultCurrency: 'EUR' },
  );
  expect(staged.till).toBe('woocommerce');
  expect(ordersOf(staged)).toMatchObject([
    {
      number: '501',
      currency: 'EUR',
      status: 'delivered',
      shipping: 490n,
      lines: [{ total: 1000n }, { total: 1510n }],
    },
    { number: '502', status: 'delivered', lines: [{ total: 2000n, refunded: 2000n }] },
    { number: '503', status: 'on_hold' },
  ]);
  expect(staged.accounts[0]?.names).toEqual(new Map([['ann@x.example', 'Ann Lee']]));
  expect(staged.errors).toMatchObject([
    { line: 6, order: '504', reason: expect.stringContaining('mystery') },
  ]);
});

test('reads a WooCommerce export with one row per item', async () => {
  const staged = await stage(
    'order_id,order_number,date,status,shipping_total,tax_total,order_total,refunded_total,order_currency,billing_first_name,' +
      'billing_last_name,billing_email,item_name,item_sku,item_quantity,item_subtotal,item_total,item_refunded\n' +
      '7,1007,2026-01-15 12:00:00,wc-processing,4.90,0.00,22.90,0.00,GBP,Ann,Lee,ann@x.example,Tea,A,2,20.00,18.00,1.00\n',
  );
  expect(ordersOf(staged)).toMatchObject([
    {
      number: '1007',
      currency: 'GBP',
      status: 'confirmed',
      lines: [{ total: 2000n, discount: 200n, refunded: 100n }],
    },
  ]);
});

const squareHeader =
  'Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,' +
  'Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID\n';

test('reads a Square items export, refunds and sales to nobody among it', async () => {
  const zone = 'Eastern Time (US & Canada)';
  const staged = await stage(
    squareHeader +
      `2026-09-20,09:00:00,${zone},Prints,Fern,-1.0,Regular,FERN,,-$12.00,$0.00,-$12.00,-$0.96,SQA,P2,,,,Refund,Fair,,,,\n` +
      `2026-09-13,10:02:11,${zone},Ceramics,Mug,2.0,Regular,MUG,,"$1,018.00",-$3.00,"$1,015.00",$1.20,SQA,P1,,,,Payment,Fair,,CUST1,Dee Lee,\n` +
      `2026-09-13,10:02:11,${zone},Prints,Fern,1.0,Regular,FERN,,$12.00,$0.00,$12.00,$0.96,SQA,P1,,,,Payment,Fair,,CUST1,Dee Lee,\n` +
      `2026-09-13,11:00:00,${zone},Prints,Fern,1.0,Regular,FERN,,$12.00,$0.00,$12.00,$0.96,SQB,P3,,,,Payment,Fair,,,,\n` +
      `2026-09-14,11:00:00,${zone},Prints,Fern,1.0,Regular,FERN,,$12.00,$0.00,$12.00,$0.96,SQC,P4,,,,Payment,Fair,,CUST2,Ann,ann@x.example\n`,
    { defaultCurrency: 'USD', timeZone: 'America/New_York' },
  );
  expect(ordersOf(staged)).toMatchObject([
    { number: 'SQC', email: 'ann@x.example', key: 'CUST2' },
    {
      number: 'SQA',
      email: null,
      key: 'CUST1',
      placedAtMs: Date.UTC(2026, 8, 13, 14, 2, 11),
      lines: [
        { sku: 'FERN', category: 'Prints', total: 1200n, refunded: 0n },
        { sku: 'MUG', total: 101_800n, discount: 300n, refunded: 0n, quantityMilli: 2000 },
      ],
      tax: 216n,
      refunds: [
        {
          refundId: 'P2 2026-09-20 09:00:00',
          at: { kind: 'local', local: '2026-09-20T09:00:00.000' },
          lines: [{ id: '1', amount: 1200n }],
        },
      ],
    },
    { number: 'SQB', email: null, key: null },
  ]);
  expect(staged.errors).toEqual([]);
});

test('asks for the currency that Square does not tell', async () => {
  const staged = await stage(
    `${squareHeader}2026-09-13,10:02:11,X,C,Mug,1,R,M,,$5.00,$0.00,$5.00,$0.00,SQ,P,,,,Payment,L,,C1,Dee,\n`,
  );
  expect(staged.errors).toMatchObject([{ line: 2, reason: expect.stringContaining('currency') }]);
});

test('reads Etsy sold order items', async () => {
  const staged = await stage(
    'Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,' +
      'Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Order ID,SKU\n' +
      '08/14/25,Sunset Fox | Card,coolbuyer42,2,$5.00,,,,,$4.50,$0.62,$10.00,USD,4001,9001,08/14/25,08/15/25,Jane Doe,#3001,FOX\n' +
      '08/14/25,Sunset Fox | Sticker,coolbuyer42,1,$3.00,,,$0.50,,$0.00,$0.00,$3.00,USD,4002,9002,08/14/25,08/15/25,Jane Doe,#3001,FOX-ST\n',
  );
  expect(staged).toMatchObject({ till: 'etsy', errors: [] });
  expect(ordersOf(staged)).toMatchObject([
    {
      number: '#3001',
      email: null,
      key: 'coolbuyer42',
      placedAt: { kind: 'date', date: '2025-08-14' },
      deliveredAt: { kind: 'date', date: '2025-08-15' },
      shipping: 450n,
      tax: 62n,
      lines: [{ total: 1000n }, { total: 300n, discount: 50n }],
    },
  ]);
});

test('reads an unknown file by a map', async () => {
  const map = parseColumnMap({
    source: 'till-2',
    columns: {
      order_number: 'Bon Nr',
      placed_at: 'Datum',
      customer_email: 'E-Mail',
      unit_price: 'Preis',
      quantity: 'Menge',
      status: 'Stand',
    },
    defaults: { currency: 'EUR' },
    statuses: { bezahlt: 'delivered' },
    decimalComma: true,
    dateFormat: 'DD.MM.YYYY',
  });
  const staged = await stage(
    'Bon Nr;Datum;E-Mail;Preis;Menge;Stand\n17;1.3.2026;ann@x.example;1.234,50 €;2;bezahlt\n18;30.02.2026;ann@x.example;1,00;1;bezahlt\n',
    { map },
  );
  expect(ordersOf(staged)).toMatchObject([
    {
      source: 'till-2',
      number: '17',
      placedAt: { date: '2026-03-01' },
      status: 'delivered',
      lines: [{ total: 246_900n }],
    },
  ]);
  expect(staged.errors).toMatchObject([{ line: 3, order: '18', reason: expect.stringContaining('Datum') }]);
});

test.each([
  ['no object', 7, 'expected object'],
  ['an unknown key', { columns: {}, colour: 1 }, 'colour'],
  ['a missing column', { columns: { order_number: 'Nr' } }, 'columns.placed_at: name the header'],
  ['a bad date format', { columns: {}, dateFormat: 'DD.MM' }, 'dateFormat: must be made of'],
  ['a bad currency', { columns: {}, defaults: { currency: 'EURO' } }, '"EURO" is not a currency'],
])('refuses a map with %s', (_name, json, message) => {
  expect(() => parseColumnMap(json)).toThrow(message);
});

test('refuses a map of headers that are not there', () => {
  const map = parseColumnMap({
    columns: { order_number: 'Nr', placed_at: 'D', customer_email: 'E', currency: 'C', line_total: 'T' },
  });
  expect(() => recogniseTill(['Nr', 'D', 'E', 'C'], { defaultCurrency: null, map })).toThrow(
    'does not have: T',
  );
});

test('says of unknown headers what is missing, what is there, and how to go on', () => {
  const unknown = () =>
    recogniseTill(['Name', 'Email', 'Lineitem name', 'currency'], { defaultCurrency: null });
  expect(unknown).toThrow('missing: order_number, placed_at, line_total');
  expect(unknown).toThrow('The file has: Name, Email, Lineitem name, currency.');
  expect(unknown).toThrow('Shopify orders export, which also has: Financial Status');
  expect(unknown).toThrow('--map FILE');
});

import { describe, expect, test } from 'vitest';
import { ordersOf } from '../import-file.ts';
import { rowOf, tellFile } from '../told-order.ts';

/** The columns of Admin > Orders > Export, without addresses. */
const header =
  'Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,' +
  'Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,' +
  'Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Shipping Name,Notes,Cancelled at,' +
  'Payment Method,Payment Reference,Refunded Amount,Vendor,Id,Tags,Risk Level,Source,Lineitem discount,Tax 1 Name,Tax 1 Value,Duties';

const placed = { Name: '#1001', Email: 'ann@x.example', 'Created at': '2026-03-01 10:00:00 -0500' };
const mug = {
  'Lineitem quantity': '1',
  'Lineitem name': 'Mug',
  'Lineitem price': '60.00',
  'Lineitem sku': 'MUG',
};
const bowl = {
  'Lineitem quantity': '2',
  'Lineitem name': 'Bowl',
  'Lineitem price': '20.00',
  'Lineitem sku': 'BOWL',
};
const paid = {
  'Financial Status': 'paid',
  'Fulfillment Status': 'fulfilled',
  'Fulfilled at': '2026-03-02 09:00:00 -0500',
  Currency: 'EUR',
  Subtotal: '60.00',
  Shipping: '0.00',
  Taxes: '0.00',
  Total: '60.00',
  'Discount Amount': '0.00',
  'Refunded Amount': '0.00',
  'Lineitem discount': '0.00',
};
const first = (cells: Record<string, string> = {}) => rowOf(header, { ...placed, ...mug, ...paid, ...cells });
const both = { Subtotal: '100.00', Total: '100.00' };
const tell = async (...rows: string[]) => (await tellFile({ header, rows })).orders;

describe('a Shopify order', () => {
  test.each<[string, Record<string, string>, string]>([
    ['without tax', {}, '6000 - 0 + 0 + 0 = 6000 EUR, back 0, delivered'],
    [
      'with tax on top: Total = Subtotal + Shipping + Taxes',
      { Shipping: '5.00', Taxes: '4.00', Total: '69.00' },
      '6000 - 0 + 500 + 400 = 6900 EUR, back 0, delivered',
    ],
    [
      'with tax inside: Total = Subtotal + Shipping',
      { Shipping: '1.20', Taxes: '5.12', Total: '61.20' },
      '6000 - 0 + 120 + 0 (tax 512 inside) = 6120 EUR, back 0, delivered',
    ],
    [
      'with a discount on the order',
      { 'Discount Amount': '6.00', Subtotal: '54.00', Total: '54.00' },
      '6000 - 600 + 0 + 0 = 5400 EUR, back 0, delivered',
    ],
    [
      'with a discount on the line, told of the order as well',
      { 'Lineitem discount': '6.00', 'Discount Amount': '6.00', Subtotal: '54.00', Total: '54.00' },
      '6000 - 600 + 0 + 0 = 5400 EUR, back 0, delivered',
    ],
    [
      'with discounts on the line and on the order',
      { 'Lineitem discount': '6.00', 'Discount Amount': '10.00', Subtotal: '50.00', Total: '50.00' },
      '6000 - 1000 + 0 + 0 = 5000 EUR, back 0, delivered',
    ],
    [
      'whose shipping was given away by a code',
      { Shipping: '15.00', 'Discount Amount': '15.00', 'Discount Code': 'FREESHIP' },
      '6000 - 0 + 0 + 0 = 6000 EUR, back 0, delivered',
    ],
    [
      'whose shipping was given away, with tax on top',
      { Shipping: '15.00', 'Discount Amount': '15.00', Taxes: '4.80', Total: '64.80' },
      '6000 - 0 + 0 + 480 = 6480 EUR, back 0, delivered',
    ],
    [
      'with duties',
      { Shipping: '5.00', Duties: '3.00', Taxes: '4.00', Total: '72.00' },
      '6000 - 0 + 800 + 400 = 7200 EUR, back 0, delivered',
    ],
    [
      'partly refunded',
      { 'Financial Status': 'partially_refunded', 'Refunded Amount': '20.00' },
      '6000 - 0 + 0 + 0 = 6000 EUR, back 2000, delivered',
    ],
    [
      'refunded with its shipping: all goods are back',
      { 'Financial Status': 'refunded', Shipping: '5.00', Total: '65.00', 'Refunded Amount': '65.00' },
      '6000 - 0 + 500 + 0 = 6500 EUR, back 6000, delivered',
    ],
    [
      'refunded, in a file without the amount',
      { 'Financial Status': 'refunded', 'Refunded Amount': '' },
      '6000 - 0 + 0 + 0 = 6000 EUR, back 6000, delivered',
    ],
    [
      'cancelled and refunded',
      {
        'Financial Status': 'refunded',
        'Fulfillment Status': 'unfulfilled',
        'Cancelled at': '2026-03-03 10:00:00 -0500',
        'Refunded Amount': '60.00',
      },
      '6000 - 0 + 0 + 0 = 6000 EUR, back 6000, cancelled',
    ],
    [
      'voided',
      { 'Financial Status': 'voided', 'Fulfillment Status': '' },
      '6000 - 0 + 0 + 0 = 6000 EUR, back 0, cancelled',
    ],
    [
      'not paid yet',
      { 'Financial Status': 'pending', 'Fulfillment Status': 'unfulfilled' },
      '6000 - 0 + 0 + 0 = 6000 EUR, back 0, placed',
    ],
    [
      'paid and not sent yet',
      { 'Fulfillment Status': 'unfulfilled' },
      '6000 - 0 + 0 + 0 = 6000 EUR, back 0, confirmed',
    ],
    ['sent in part', { 'Fulfillment Status': 'partial' }, '6000 - 0 + 0 + 0 = 6000 EUR, back 0, confirmed'],
    [
      'given away whole',
      { 'Discount Amount': '60.00', Subtotal: '0.00', Total: '0.00' },
      '6000 - 6000 + 0 + 0 = 0 EUR, back 0, delivered',
    ],
    [
      'paid by gift card: money like any other',
      { 'Payment Method': 'gift_card' },
      '6000 - 0 + 0 + 0 = 6000 EUR, back 0, delivered',
    ],
    [
      'of yen, which has no decimals',
      {
        Currency: 'JPY',
        'Lineitem price': '6000',
        Subtotal: '6000',
        Shipping: '0',
        Taxes: '545',
        Total: '6000',
        'Discount Amount': '0',
        'Refunded Amount': '0',
        'Lineitem discount': '0',
      },
      '6000 - 0 + 0 + 0 (tax 545 inside) = 6000 JPY, back 0, delivered',
    ],
  ])('%s', async (_name, cells, told) => {
    expect(await tell(first(cells))).toEqual({ '#1001': told });
  });

  test.each<[string, Record<string, string>]>([
    ['nothing but the number', { Name: '#1001' }],
    ['number and email', { Name: '#1001', Email: 'ann@x.example' }],
    ['number, email and time', placed],
    ['also the currency', { ...placed, Currency: 'EUR' }],
    ['everything that belongs to the order', { ...placed, ...paid, ...both }],
  ])('of two rows, the second with %s', async (_name, cells) => {
    const rows = [first(both), rowOf(header, { ...cells, ...bowl })];
    const whole = '10000 - 0 + 0 + 0 = 10000 EUR, back 0, delivered';
    expect(await tell(...rows)).toEqual({ '#1001': whole });
    expect(await tell(...rows.toReversed())).toEqual({ '#1001': whole });
  });

  test('from which goods were taken before it was paid', async () => {
    const gone = rowOf(header, { ...placed, ...bowl, 'Lineitem quantity': '0' });
    expect(await tell(first({ Taxes: '4.00', Total: '64.00' }), gone)).toEqual({
      '#1001': '6000 - 0 + 0 + 400 = 6400 EUR, back 0, delivered',
    });
  });

  test('that sold a gift card', async () => {
    const card = {
      ...placed,
      ...bowl,
      'Lineitem name': 'Gift Card - 20',
      'Lineitem requires shipping': 'false',
    };
    const { file } = await tellFile({ header, rows: [first(both), rowOf(header, card)] });
    expect(ordersOf(file)[0]?.lines.map(({ product, isGiftCard }) => [product, isGiftCard])).toEqual([
      ['Gift Card - 20', true],
      ['Mug', false],
    ]);
  });

  test('each in its own currency', async () => {
    expect(
      await tell(
        first(),
        first({ Name: '#1002', Currency: 'USD' }),
        first({ Name: '1003/a', Currency: 'GBP' }),
      ),
    ).toEqual({
      '#1001': '6000 - 0 + 0 + 0 = 6000 EUR, back 0, delivered',
      '#1002': '6000 - 0 + 0 + 0 = 6000 USD, back 0, delivered',
      '1003/a': '6000 - 0 + 0 + 0 = 6000 GBP, back 0, delivered',
    });
  });
});

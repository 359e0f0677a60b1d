import { describe } from 'vitest';
import { checkTill } from '../till-table.ts';

const all = [
  ...[
    'amazon-order-id',
    'merchant-order-id',
    'purchase-date',
    'last-updated-date',
    'order-status',
    'fulfillment-channel',
  ],
  ...[
    'sales-channel',
    'order-channel',
    'ship-service-level',
    'product-name',
    'sku',
    'asin',
    'item-status',
    'quantity',
  ],
  ...[
    'currency',
    'item-price',
    'item-tax',
    'shipping-price',
    'shipping-tax',
    'gift-wrap-price',
    'gift-wrap-tax',
  ],
  ...['item-promotion-discount', 'ship-promotion-discount', 'ship-city', 'ship-state', 'ship-postal-code'],
  ...['ship-country', 'promotion-ids', 'is-business-order', 'purchase-order-number', 'price-designation'],
];

const item: Record<string, string> = {
  'amazon-order-id': '058-1',
  'purchase-date': '2026-01-05T18:53:56+00:00',
  'last-updated-date': '2026-01-07T10:00:00+00:00',
  'order-status': 'Shipped',
  'fulfillment-channel': 'Amazon',
  'sales-channel': 'Amazon.com',
  'product-name': 'Truffles',
  sku: 'TRU',
  'item-status': 'Shipped',
  quantity: '1',
  currency: 'USD',
  'item-price': '15.00',
  'item-tax': '1.05',
};

const rowOf =
  (names: readonly string[], base: Record<string, string>) =>
  (about: Record<string, string> = {}) => {
    const cells = { ...base, ...about };
    return names.map((name) => cells[name] ?? '').join('\t');
  };
const row = rowOf(all, item);
const bonbons = { 'product-name': 'Bonbons', sku: 'BON' };
const gone = { 'item-status': 'Cancelled', quantity: '0', 'item-price': '', 'item-tax': '', currency: '' };
const shippedAt = '2026-01-07T10:00:00Z';
const header = all.join('\t');
const at = '2026-01-05T18:53:56Z';
const truffles = `058-1 nobody ${at} delivered 2026-01-07T10:00:00Z: Truffles 15.00`;

describe('Amazon all orders report', () => {
  checkTill(header, [
    { name: 'tax of the United States comes on top', rows: [row()], orders: [`${truffles} | tax 1.05 USD`] },
    {
      name: 'shipping, gift wrap and tax of several items add up',
      rows: [
        row({ 'shipping-price': '4.00', 'shipping-tax': '0.28', 'ship-promotion-discount': '1.00' }),
        row({
          'product-name': 'Bars',
          sku: 'BAR',
          quantity: '2',
          'item-price': '8.00',
          'item-tax': '0.56',
          'gift-wrap-price': '3.50',
          'gift-wrap-tax': '0.25',
        }),
      ],
      orders: [
        `058-1 nobody ${at} delivered 2026-01-07T10:00:00Z: 2 Bars 8.00; Truffles 15.00 | shipping 6.50, tax 2.14 USD`,
      ],
    },
    {
      name: 'a promotion is taken off its item',
      rows: [row({ 'item-promotion-discount': '2.00' })],
      orders: [`${truffles} -2.00 | tax 1.05 USD`],
    },
    {
      name: 'a pending order has no price yet, and is an order once it is shipped',
      files: [
        `${header}\n${row({ 'order-status': 'Pending', 'item-status': 'Unshipped', 'item-price': '', currency: '' })}\n`,
        `${header}\n${row()}\n`,
      ],
      orders: [`${truffles} | tax 1.05 USD`],
      leftOut: ['1 × pending order without a price'],
    },
    {
      name: 'an order that is not shipped yet waits',
      rows: [row({ 'order-status': 'Unshipped', 'item-status': 'Unshipped' })],
      orders: [`058-1 nobody ${at} confirmed: Truffles 15.00 | tax 1.05 USD`],
    },
    {
      name: 'an order that was cancelled later, told without amounts',
      files: [
        `${header}\n${row({ 'order-status': 'Unshipped' })}\n`,
        `${header}\n${row({ 'order-status': 'Cancelled', 'item-status': 'Cancelled', quantity: '0', 'item-price': '', currency: '' })}\n`,
      ],
      orders: [`058-1 nobody ${at} cancelled: Truffles 15.00 | tax 1.05 USD`],
    },
    {
      name: 'an order that was cancelled before anybody told it is none',
      rows: [row({ 'order-status': 'Cancelled', quantity: '0', 'item-price': '', currency: '' })],
      orders: [],
      leftOut: ['1 × failed or cancelled before it was told'],
    },
    {
      name: 'an item that was cancelled, and one of quantity 0, are no lines',
      rows: [
        row(),
        row({ sku: 'B', 'item-status': 'Cancelled', quantity: '0', 'item-price': '' }),
        row({ sku: 'C', quantity: '0', 'item-price': '' }),
      ],
      orders: [`${truffles} | tax 1.05 USD`],
      leftOut: ['1 × item that was cancelled', '1 × item of which nothing was sold'],
    },
    {
      name: 'an item that was cancelled after its price was told is given back, alone and once',
      files: [
        `${header}\n${row()}\n${row({ ...bonbons, 'item-price': '8.00', 'shipping-price': '2.00' })}\n`,
        `${header}\n${row()}\n${row({ ...bonbons, ...gone })}\n`,
        `${header}\n${row({ ...bonbons, ...gone })}\n`,
        `${header}\n${row()}\n${row({ ...bonbons, 'item-price': '8.00', 'shipping-price': '2.00' })}\n`,
      ],
      orders: [
        `058-1 nobody ${at} delivered ${shippedAt}: Bonbons 8.00 back 8.00; Truffles 15.00 | shipping 2.00, tax 2.10 USD`,
      ],
      leftOut: ['1 × item that was cancelled', '1 × item that was cancelled'],
    },
    {
      name: 'an item that a later report tells alone and cancelled is given back',
      files: [
        `${header}\n${row()}\n${row({ ...bonbons, 'item-price': '8.00' })}\n`,
        `${header}\n${row({ ...bonbons, ...gone })}\n`,
      ],
      orders: [
        `058-1 nobody ${at} delivered ${shippedAt}: Bonbons 8.00 back 8.00; Truffles 15.00 | tax 2.10 USD`,
      ],
      leftOut: ['1 × item that was cancelled'],
    },
    {
      name: 'of two items alike the one that was cancelled is given back',
      files: [
        `${header}\n${row()}\n${row()}\n`,
        `${header}\n${row()}\n${row({ ...gone, quantity: '0', 'item-status': '' })}\n`,
      ],
      orders: [
        `058-1 nobody ${at} delivered ${shippedAt}: Truffles 15.00; Truffles 15.00 back 15.00 | tax 2.10 USD`,
      ],
      leftOut: ['1 × item of which nothing was sold'],
    },
    {
      name: 'goods that came back to the seller are refunded',
      files: [
        `${header}\n${row()}\n`,
        `${header}\n${row({ 'order-status': 'Shipped - Returned to Seller' })}\n`,
      ],
      orders: [`${truffles} back 15.00 | tax 1.05 USD`],
    },
    {
      name: 'orders of another shop that Amazon only ships are left out',
      rows: [row({ 'sales-channel': 'Non-Amazon US', 'item-price': '' })],
      orders: [],
      leftOut: ['1 × order of another shop that Amazon only ships'],
    },
    {
      name: 'times with the spaces of the help are read',
      rows: [
        row({
          'purchase-date': '2026-01-05T18:53:56+ 00 :00',
          'last-updated-date': '2026-01-07T10:00:00+ 00:00',
        }),
      ],
      orders: [`${truffles} | tax 1.05 USD`],
    },
    {
      name: 'two times of the last change: the later counts',
      rows: [
        row(),
        row({ sku: 'BAR', 'product-name': 'Bars', 'last-updated-date': '2026-01-09T10:00:00+00:00' }),
      ],
      orders: [
        `058-1 nobody ${at} delivered 2026-01-09T10:00:00Z: Bars 15.00; Truffles 15.00 | tax 2.10 USD`,
      ],
    },
  ]);
});

const report = [
  ...[
    'order-id',
    'order-item-id',
    'purchase-date',
    'payments-date',
    'buyer-email',
    'buyer-name',
    'buyer-phone-number',
  ],
  ...[
    'sku',
    'product-name',
    'quantity-purchased',
    'currency',
    'item-price',
    'item-tax',
    'shipping-price',
    'shipping-tax',
  ],
  ...[
    'ship-service-level',
    'recipient-name',
    'item-promotion-discount',
    'ship-promotion-discount',
    'sales-channel',
  ],
];
const sold = rowOf(report, {
  'order-id': '736-1',
  'order-item-id': '0583',
  'purchase-date': '2026-01-05T18:53:56+00:00',
  'payments-date': '2026-01-05T19:00:00+00:00',
  'buyer-email': 'a222d34b@marketplace.amazon.co.uk',
  'buyer-name': 'Joe Smith',
  sku: 'SNOW',
  'product-name': 'Snowboard',
  'quantity-purchased': '1',
  currency: 'GBP',
  'item-price': '349.99',
  'item-tax': '58.33',
  'shipping-price': '19.99',
});
const pounds = { currency: 'GBP', timeZone: 'Europe/London' };
const buyer = 'a222d34b';
const board = `736-1 ${buyer} ${at} delivered 2026-01-05T19:00:00Z: Snowboard 349.99 | shipping 19.99, tax_included 58.33 GBP`;

describe('Amazon order report', () => {
  checkTill(report.join('\t'), [
    {
      name: 'what was paid for earns, for the buyer behind the forwarding address',
      rows: [sold()],
      orders: [board],
      earned: 3400,
      ...pounds,
    },
    {
      name: 'rows that go on with the one above are no lines',
      rows: [
        sold(),
        sold({
          'order-item-id': '',
          sku: '',
          'quantity-purchased': '',
          'item-price': '',
          'item-promotion-discount': '1.00',
        }),
      ],
      orders: [board],
      leftOut: ['1 × row that goes on with the one above'],
      ...pounds,
    },
    {
      name: 'the same row twice counts once',
      rows: [sold(), sold()],
      orders: [board],
      earned: 3400,
      ...pounds,
    },
    {
      name: 'tax of the United States comes on top of the price',
      rows: [sold({ currency: 'USD' })],
      orders: [board.replace('tax_included', 'tax').replace('GBP', 'USD')],
      ...pounds,
    },
    {
      name: 'several items are one order, whose shipping, gift wrap and tax add up',
      rows: [
        sold(),
        sold({
          'order-item-id': '0584',
          sku: 'WAX',
          'product-name': 'Wax',
          'quantity-purchased': '2',
          'item-price': '10.00',
          'item-tax': '1.67',
          'shipping-price': '2.00',
          'ship-promotion-discount': '1.00',
        }),
      ],
      orders: [
        board
          .replace('Snowboard 349.99', 'Snowboard 349.99; 2 Wax 10.00')
          .replace('19.99, tax_included 58.33', '20.99, tax_included 60.00'),
      ],
      ...pounds,
    },
    {
      name: 'a promotion is taken off its item',
      rows: [sold({ 'item-promotion-discount': '20.00' })],
      orders: [board.replace('349.99', '349.99 -20.00')],
      earned: 3200,
      ...pounds,
    },
    {
      name: 'an item of which nothing was sold is no line',
      rows: [sold(), sold({ 'order-item-id': '0585', 'quantity-purchased': '0', 'item-price': '0.00' })],
      orders: [board],
      leftOut: ['1 × item of which nothing was sold'],
      ...pounds,
    },
    {
      name: 'another currency is kept and not counted',
      rows: [sold({ currency: 'EUR' })],
      orders: [board.replace('GBP', 'EUR')],
      earned: 0,
      ...pounds,
    },
    {
      name: 'an order paid for in a later report earns from then on',
      files: [
        `${report.join('\t')}\n${sold({ 'payments-date': '' })}\n`,
        `${report.join('\t')}\n${sold()}\n`,
      ],
      orders: [board],
      earned: 3400,
      ...pounds,
    },
    {
      name: 'an address of the buyer’s own is taken',
      rows: [sold({ 'buyer-email': 'joe@x.example' })],
      orders: [board.replace(buyer, 'joe@x.example')],
      ...pounds,
    },
    {
      name: 'an amount that is none leaves the order out',
      rows: [sold({ 'item-price': 'free' })],
      orders: [],
      rejected: ['item-price'],
      ...pounds,
    },
    {
      name: 'what was not paid for yet waits',
      rows: [sold({ 'payments-date': '' })],
      orders: [board.replace(' delivered 2026-01-05T19:00:00Z', ' placed')],
      earned: 0,
      ...pounds,
    },
  ]);
});

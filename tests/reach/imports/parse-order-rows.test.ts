import { expect, test } from 'vitest';
import { emptyRow, type TillRow } from '../../../functions/reach/imports/columns.ts';
import { parseOrderRow } from '../../../functions/reach/imports/parse-order-rows.ts';
import { reasonText } from '../../../functions/reach/imports/reason.ts';

function parse(cells: Partial<TillRow>): ReturnType<typeof parseOrderRow> {
  const row = {
    ...emptyRow,
    order_number: 'A-1',
    placed_at: '2026-03-01',
    customer_email: 'ann@x.example',
    currency: 'EUR',
    line_total: '12.50',
    ...cells,
  };
  return parseOrderRow(row, { line: 7, nameOf: (column) => column });
}

test('fills in what a row may leave out', () => {
  expect(parse({})).toEqual({
    ok: true,
    staged: {
      line: 7,
      source: 'csv',
      number: 'A-1',
      email: 'ann@x.example',
      name: null,
      account: null,
      department: null,
      currency: 'EUR',
      placedAt: { ok: true, kind: 'date', date: '2026-03-01' },
      sku: null,
      product: null,
      category: null,
      quantityMilli: 1000,
      total: 1250n,
      discount: 0n,
      refunded: 0n,
      lineTax: null,
      lineShipping: null,
      rowId: null,
      isWithoutLine: false,
      leftMilli: null,
      unitPrice: null,
      isGiftCard: false,
      isRefund: false,
      refundId: null,
      refundedAt: null,
      isCredit: false,
      refundedOrder: null,
      isTaxInside: false,
      isCancelled: false,
      isSum: false,
      key: null,
      shipping: null,
      tax: null,
      status: null,
      deliveredAt: null,
      promisedBy: null,
      carrier: null,
      trackingNumber: null,
      orderDiscount: null,
      orderSubtotal: null,
      orderRefunded: null,
      taxIncluded: null,
      orderTotal: null,
    },
  });
});

test.each<[string, Partial<TillRow>, object]>([
  [
    'an email in capitals and composed letters',
    { customer_email: ' JOSE\u0301@X.example ' },
    { email: 'josé@x.example' },
  ],
  ['yen', { currency: 'JPY', line_total: '1250' }, { total: 1250n }],
  ['dinars', { currency: 'KWD', line_total: '1.250' }, { total: 1250n }],
  ['a quantity in thousandths', { quantity: '1.125' }, { quantityMilli: 1125 }],
  ['a status in capitals', { status: 'Shipped' }, { status: 'shipped' }],
  ['a day promised', { promised_by: '2026-03-05' }, { promisedBy: '2026-03-05' }],
  [
    'an instant',
    { placed_at: '2026-03-01 10:00:00 -0500' },
    { placedAt: { ok: true, kind: 'instant', ms: Date.UTC(2026, 2, 1, 15) } },
  ],
  ['the largest amount', { line_total: '100000000000.00' }, { total: 10n ** 13n }],
  [
    'a price and a quantity, rounded half up',
    { line_total: '', unit_price: '3.335', quantity: '3' },
    { total: 1001n },
  ],
  [
    'everything refunded',
    { line_discount: '2.50', refunded_total: '10.00' },
    { discount: 250n, refunded: 1000n },
  ],
])('reads %s', (_name, cells, expected) => {
  expect(parse(cells)).toMatchObject({ ok: true, staged: expected });
});

test.each<[string, Partial<TillRow>, string]>([
  ['no order number', { order_number: ' ' }, 'order_number'],
  ['a long order number', { order_number: 'x'.repeat(201) }, 'longer than 200'],
  ['a control character in the order number', { order_number: 'A\u0007' }, 'control character'],
  [
    'two at signs',
    { customer_email: 'a@b@c.example' },
    'customer_email "a@b@c.example": is not an email address',
  ],
  ['a name with the email', { customer_email: 'Ann <ann@x.example>' }, 'is not an email address'],
  ['a long email', { customer_email: `${'a'.repeat(250)}@x.example` }, 'at most 254'],
  ['no time', { placed_at: '' }, 'placed_at is empty'],
  ['30 February', { placed_at: '2026-02-30' }, 'placed_at "2026-02-30": is no day or time that exists'],
  ['an American date', { placed_at: '3/1/2026' }, 'write it like 2026-03-01'],
  ['an unknown currency', { currency: 'EURO' }, 'currency "EURO"'],
  ['a currency in small letters', { currency: 'eur' }, 'ISO 4217'],
  ['no total', { line_total: '' }, 'line_total is empty'],
  ['a decimal comma', { line_total: '12,50' }, 'line_total "12,50": use a point as the decimal separator'],
  ['three decimals of a euro', { line_total: '12.505' }, 'EUR has 2 decimals'],
  ['decimals of a yen', { currency: 'JPY', line_total: '12.5' }, 'JPY has no decimals'],
  ['a negative total', { line_total: '-1.00' }, 'may not be negative'],
  ['an exponent', { line_total: '1e308' }, 'is not an amount'],
  ['an amount above the limit', { line_total: '100000000000.01' }, 'is more than 100000000000.00 EUR'],
  [
    'a discount above the total',
    { line_discount: '12.51' },
    'line_discount "12.51": is more than the total of the row, 12.50',
  ],
  [
    'a refund above what was paid',
    { line_discount: '2.50', refunded_total: '10.01' },
    'is more than what was paid for the row, 10.00',
  ],
  ['a quantity of nothing', { quantity: '0' }, 'a quantity is more than 0'],
  ['four decimals of a quantity', { quantity: '1.0001' }, 'at most 3 decimals'],
  ['an unknown status', { status: 'lost' }, 'status "lost": is not a status; use one of placed, confirmed'],
  ['a status that follows from refunds', { status: 'refunded' }, 'follows from refunded_total'],
  ['a promise with a time', { promised_by: '2026-03-05T10:00' }, 'without a time'],
  ['a department of nobody', { department: 'Paris' }, 'department "Paris": belongs to an account'],
  ['an endless cell', { product: 'x'.repeat(10_001) }, 'longer than 10000'],
])('refuses %s', (_name, cells, reason) => {
  const parsed = parse(cells);
  expect(parsed).toMatchObject({ ok: false, error: { line: 7 } });
  expect(parsed.ok ? '' : reasonText(parsed.error.reason)).toContain(reason);
});

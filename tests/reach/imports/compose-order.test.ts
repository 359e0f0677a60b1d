import { expect, test } from 'vitest';
import type { FieldTerms } from '../../../functions/reach/imports/merge-fields.ts';
import { reasonText } from '../../../functions/reach/imports/reason.ts';
import type { StagedLine, StagedMoment } from '../../../functions/reach/imports/staged-line.ts';
import { composeOrder, type StagedOrder } from '../../../functions/reach/imports/staged-order.ts';

const day = (date: string): StagedMoment => ({ ok: true, kind: 'date', date });
const till: FieldTerms = { nameOf: (column) => column, several: {} };

/** A row of 10.00 EUR for one CD, on line 2 of a file. */
function aRow(parts: Partial<StagedLine> = {}): StagedLine {
  return {
    line: 2,
    source: 'till',
    number: 'A-1',
    email: 'ann@x.example',
    key: null,
    name: null,
    account: null,
    department: null,
    currency: 'EUR',
    placedAt: day('2026-03-01'),
    sku: 'CD',
    product: null,
    category: null,
    quantityMilli: 1000,
    total: 1000n,
    discount: 0n,
    refunded: 0n,
    lineTax: null,
    lineShipping: null,
    rowId: null,
    leftMilli: null,
    unitPrice: null,
    isGiftCard: false,
    isWithoutLine: false,
    isRefund: false,
    refundId: null,
    refundedAt: null,
    isCredit: false,
    refundedOrder: null,
    isTaxInside: false,
    isCancelled: false,
    isSum: false,
    shipping: null,
    tax: null,
    status: null,
    deliveredAt: null,
    promisedBy: null,
    carrier: null,
    trackingNumber: null,
    taxIncluded: null,
    orderDiscount: null,
    orderSubtotal: null,
    orderRefunded: null,
    orderTotal: null,
    ...parts,
  };
}

function compose(rows: StagedLine[], terms: Partial<FieldTerms> = {}) {
  const outcome = composeOrder(rows, 0, { ...till, ...terms });
  if (outcome.ok) return outcome;
  return { ...outcome, error: { ...outcome.error, reason: reasonText(outcome.error.reason) } } as const;
}

function composed(rows: StagedLine[], terms: Partial<FieldTerms> = {}): StagedOrder {
  const outcome = compose(rows, terms);
  if (!outcome.ok) throw new Error(outcome.error.reason);
  return outcome.order;
}

const lines = ({ lines }: StagedOrder) => lines.map(({ id, sku, total }) => `${id} ${sku} ${total}`);

test('lines are numbered by what they sell, in whatever sequence the file has them', () => {
  const rows = [
    aRow({ line: 2, sku: 'MUG', total: 500n }),
    aRow({ line: 3, sku: 'CD' }),
    aRow({ line: 4, sku: 'CD', total: 900n }),
  ];
  const expected = ['1 CD 900', '2 CD 1000', '3 MUG 500'];
  expect(lines(composed(rows))).toEqual(expected);
  expect(lines(composed(rows.toReversed()))).toEqual(expected);
});

test('lines alike keep their numbers when a later file gives money back for one of them', () => {
  const sold = [aRow({ line: 2 }), aRow({ line: 3 })];
  const refunded = [aRow({ line: 2, refunded: 400n }), aRow({ line: 3 })];
  expect(lines(composed(sold))).toEqual(lines(composed(refunded)));
  expect(composed(refunded).lines.map((line) => line.refunded)).toEqual([0n, 400n]);
});

test.each<[string, Partial<StagedLine>, number, string]>([
  [
    'another buyer',
    { email: 'bob@x.example' },
    3,
    'customer_email "bob@x.example" contradicts "ann@x.example"',
  ],
  ['no buyer', { email: null }, 3, 'customer_email nothing contradicts "ann@x.example"'],
  ['another currency', { currency: 'USD' }, 3, 'currency "USD" contradicts "EUR"'],
  ['another day', { placedAt: day('2026-03-02') }, 3, 'placed_at "2026-03-02" contradicts "2026-03-01"'],
  ['another department', { department: 'Lviv' }, 3, 'department "Lviv" contradicts nothing'],
  ['another shipping', { shipping: 300n }, 3, 'shipping "3.00" contradicts "4.50"'],
  ['another status', { status: 'shipped' }, 3, 'status "shipped" contradicts "delivered"'],
])('rows that contradict each other refuse the whole order: %s', (_name, parts, line, reason) => {
  const outcome = compose([
    aRow({ shipping: 450n, status: 'delivered' }),
    aRow({ line: 3, sku: 'MUG', ...parts }),
  ]);
  expect(outcome).toEqual({
    ok: false,
    error: { line, order: 'A-1', reason: `${reason} on line 2 of the same order` },
  });
});

test('what one row says of the order holds for all of it; silence contradicts nothing', () => {
  const order = composed([
    aRow({ promisedBy: '2026-03-10' }),
    aRow({ line: 3, sku: 'MUG', shipping: 450n, carrier: 'DHL', trackingNumber: 'T1' }),
  ]);
  expect(order).toMatchObject({
    shipping: 450n,
    carrier: 'DHL',
    trackingNumber: 'T1',
    promisedBy: '2026-03-10',
  });
});

test('an order is delivered when it was placed, where the file says nothing else', () => {
  expect(composed([aRow()])).toMatchObject({ status: 'delivered', deliveredAt: day('2026-03-01') });
  expect(composed([aRow({ deliveredAt: day('2026-03-04') })]).deliveredAt).toEqual(day('2026-03-04'));
  expect(composed([aRow({ status: 'shipped' })])).toMatchObject({ status: 'shipped', deliveredAt: null });
});

test('where a map says which of several values counts, they are no contradiction', () => {
  const rows = [
    aRow({ placedAt: day('2026-03-01'), status: 'shipped', deliveredAt: day('2026-03-05') }),
    aRow({
      line: 3,
      sku: 'MUG',
      placedAt: day('2026-03-02'),
      status: 'delivered',
      deliveredAt: day('2026-03-04'),
    }),
  ];
  const last = composed(rows, { several: { placed_at: 'last', status: 'last', delivered_at: 'last' } });
  expect(last).toMatchObject({
    placedAt: day('2026-03-02'),
    status: 'delivered',
    deliveredAt: day('2026-03-05'),
  });
  const first = composed(rows, { several: { placed_at: 'first', status: 'first', delivered_at: 'first' } });
  expect(first).toMatchObject({
    placedAt: day('2026-03-01'),
    status: 'shipped',
    deliveredAt: day('2026-03-04'),
  });
});

test('rows that give back sell nothing; alone they are no order', () => {
  const back = aRow({ line: 3, isRefund: true, total: 400n });
  const order = composed([aRow(), back]);
  expect([lines(order), order.lines[0]?.refunded]).toEqual([['1 CD 1000'], 400n]);
  expect(compose([back])).toMatchObject({
    ok: false,
    error: { line: 3, reason: 'takes back goods of a sale that is not in this file' },
  });
});

test('a refund with a name stays apart, so that it is known again', () => {
  const at = day('2026-03-07');
  const order = composed([
    aRow(),
    aRow({ line: 3, isRefund: true, total: 400n, refundId: 're_1', refundedAt: at }),
  ]);
  expect(order.refunds).toEqual([{ refundId: 're_1', at, lines: [{ id: '1', amount: 400n }] }]);
  expect(order.lines[0]?.refunded).toBe(0n);
});

test('a row that stands in two exports counts once, by its id', () => {
  const twice = [aRow({ rowId: 'r1' }), aRow({ line: 9, rowId: 'r1' })];
  expect(lines(composed(twice))).toEqual(['1 CD 1000']);
  expect(composed([aRow(), aRow({ line: 9 })]).lines).toHaveLength(2);
});

test('goods that were cancelled are told beside the lines, and sell nothing', () => {
  const order = composed([aRow(), aRow({ line: 3, sku: 'MUG', isCancelled: true })]);
  expect([lines(order), order.cancelledGoods]).toEqual([['1 CD 1000'], [{ sku: 'MUG', product: null }]]);
});

test('a row about the order as a whole sells nothing, and says what belongs to all of it', () => {
  const order = composed([
    aRow(),
    aRow({ line: 3, isWithoutLine: true, sku: null, total: 0n, shipping: 450n }),
  ]);
  expect([lines(order), order.shipping]).toEqual([['1 CD 1000'], 450n]);
});

test('no order is worth more than an amount may be', () => {
  const half = 5n * 10n ** 12n;
  expect(compose([aRow({ total: half }), aRow({ line: 3, total: half })]).ok).toBe(true);
  expect(compose([aRow({ total: half }), aRow({ line: 3, total: half + 1n })])).toMatchObject({
    ok: false,
    error: { line: 2, reason: expect.stringContaining('line_total') },
  });
});

test('the name of who is known by no email is the first by the alphabet, whatever the sequence', () => {
  const rows = [
    aRow({ email: null, key: 'k', name: 'Robin' }),
    aRow({ line: 3, email: null, key: 'k', name: 'Mira' }),
  ];
  expect([composed(rows).customerName, composed(rows.toReversed()).customerName]).toEqual(['Mira', 'Mira']);
  expect(composed([aRow({ name: 'Ann' })]).customerName).toBeNull();
});

import { expect, test } from 'vitest';
import { findContradiction } from '../../../functions/money/orders/find-contradiction.ts';
import { type Order, type OrderDraft, sumLineId } from '../../../functions/money/orders/order.ts';
import { stateOf } from '../../../functions/money/orders/order-state.ts';
import { refusalText } from '../../../functions/money/orders/refusal-words.ts';
import { contradiction, findOverRefund, sentence } from '../../../functions/money/orders/refusals.ts';
import { aDraft, aKeptOrder, aLine, aRefund, march } from './builders.ts';

const cd = aLine({ lineId: '1', sku: 'CD' });
const mug = aLine({ lineId: '2', product: 'Mug', totalMinor: 500n });
const all = (totalMinor: bigint, discountMinor = 0n) => [
  aLine({ lineId: sumLineId, totalMinor, discountMinor }),
];

test.each<[string, Partial<Order>, Partial<OrderDraft>]>([
  ['the same', {}, {}],
  ['shipping that was not known', {}, { shippingMinor: 450n }],
  ['shipping that is not told now', { shippingMinor: 450n }, {}],
  ['lines in another sequence', { lines: [cd, mug] }, { lines: [mug, cd] }],
  [
    'what another product is called',
    { lines: [mug] },
    { lines: [{ ...mug, product: 'Cup', category: 'Kitchen' }] },
  ],
  ['items and what they are together', { lines: [cd, mug] }, { lines: all(10_500n) }],
  ['a sum and its items', { lines: all(10_500n, 100n) }, { lines: [cd, { ...mug, discountMinor: 100n }] }],
  ['the same sum again', { lines: all(10_500n) }, { lines: all(10_500n) }],
  [
    'a bare day that is the same',
    { placedAt: { at: 1, day: '2026-03-01' } },
    { placedAt: { at: 2, day: '2026-03-01' } },
  ],
])('nothing is contradicted by %s', (_name, kept, told) => {
  expect(findContradiction(aKeptOrder(kept), aDraft(told))).toBeNull();
});

test.each<[string, Partial<Order>, Partial<OrderDraft>, [column: string, message: string]]>([
  ['currency', {}, { currency: 'USD' }, ['currency', 'the currency is USD, but EUR was recorded']],
  [
    'time',
    {},
    { placedAt: march(2) },
    [
      'placed_at',
      'the time of the order is 2026-03-02T12:00:00.000Z, but 2026-03-01T12:00:00.000Z was recorded',
    ],
  ],
  [
    'day',
    { placedAt: { at: 1, day: '2026-03-01' } },
    { placedAt: { at: 1, day: '2026-03-02' } },
    ['placed_at', 'the time of the order is 2026-03-02, but 2026-03-01 was recorded'],
  ],
  [
    'shipping',
    { shippingMinor: 450n },
    { shippingMinor: 0n },
    ['shipping', 'shipping is 0.00, but 4.50 was recorded'],
  ],
  ['tax', { taxMinor: 450n }, { taxMinor: 451n }, ['tax', 'tax is 4.51, but 4.50 was recorded']],
  [
    'tax inside',
    { taxIncludedMinor: 450n },
    { taxIncludedMinor: 451n },
    ['tax_included', 'tax inside the prices is 4.51, but 4.50 was recorded'],
  ],
  [
    'article',
    { lines: [cd] },
    { lines: [{ ...cd, sku: 'LP' }] },
    ['sku', 'the article of line 1 (LP) is LP, but CD was recorded'],
  ],
  [
    'article where there was none',
    { lines: [aLine()] },
    { lines: [cd] },
    ['sku', 'the article of line 1 (CD) is CD, but – was recorded'],
  ],
  [
    'article where none is told',
    { lines: [cd] },
    { lines: [aLine()] },
    ['sku', 'the article of line 1 is –, but CD was recorded'],
  ],
  [
    'total of a line, by its product',
    { lines: [mug] },
    { lines: [{ ...mug, totalMinor: 501n }] },
    ['line_total', 'the total of line 2 (Mug) is 5.01, but 5.00 was recorded'],
  ],
  [
    'discount of a line',
    { lines: [cd] },
    { lines: [{ ...cd, discountMinor: 1n }] },
    ['line_discount', 'the discount of line 1 (CD) is 0.01, but 0.00 was recorded'],
  ],
  [
    'quantity of a line',
    { lines: [cd] },
    { lines: [{ ...cd, quantityMilli: 2_500 }] },
    ['quantity', 'the quantity of line 1 (CD) is 2.5, but 1 was recorded'],
  ],
  [
    'gift card',
    { lines: [cd] },
    { lines: [{ ...cd, isGiftCard: true }] },
    ['line_total', 'line 1 (CD) for 100.00 was recorded as line 1, or otherwise as a gift card'],
  ],
  [
    'name of a line',
    { lines: [cd] },
    { lines: [{ ...cd, lineId: '9' }] },
    ['line_total', 'line 9 (CD) for 100.00 was recorded as line 1, or otherwise as a gift card'],
  ],
  [
    'line of the same name, compared before others',
    { lines: [cd, mug] },
    { lines: [{ ...cd, lineId: '9' }, { ...mug, totalMinor: 1n }, cd] },
    ['line_total', 'the total of line 2 (Mug) is 0.01, but 5.00 was recorded'],
  ],
  [
    'line more',
    { lines: [cd] },
    { lines: [cd, mug] },
    ['line_total', 'line 2 (Mug) for 5.00 was not recorded'],
  ],
  [
    'line less',
    { lines: [cd, mug] },
    { lines: [cd] },
    ['line_total', 'line 2 (Mug) for 5.00 is not among those told now'],
  ],
  [
    'sum of items',
    { lines: [cd, mug] },
    { lines: all(10_499n) },
    ['line_total', 'the total of all goods is 104.99, but 105.00 was recorded'],
  ],
  [
    'discount of a sum',
    { lines: all(10_500n, 100n) },
    { lines: [cd, mug] },
    ['line_discount', 'the discount of all goods is 0.00, but 1.00 was recorded'],
  ],
  [
    'amount of a currency without decimals',
    { currency: 'JPY', shippingMinor: 450n },
    { currency: 'JPY', shippingMinor: 451n },
    ['shipping', 'shipping is 451, but 450 was recorded'],
  ],
])('an order told again contradicts by another %s', (_name, kept, told, [column, message]) => {
  const found = findContradiction(aKeptOrder(kept), aDraft(told));
  expect(found).toMatchObject({ kind: 'contradicts', column });
  expect(found && refusalText(found.reason)).toBe(message);
});

test('long names of goods are cut off', () => {
  const long = aLine({ product: 'x'.repeat(61) });
  const found = findContradiction(aKeptOrder({ lines: [] }), aDraft({ lines: [long] }));
  expect(found && refusalText(found.reason)).toBe(`line 1 (${'x'.repeat(60)}) for 100.00 was not recorded`);
});

test.each<[string, Partial<Order>, string | null]>([
  ['nothing', {}, null],
  ['all of it', { refunds: [aRefund(10_000n)] }, null],
  ['a cent more', { refunds: [aRefund(10_000n), aRefund(1n)] }, '1'],
  ['what a discount left', { lines: [aLine({ discountMinor: 500n })], refunds: [aRefund(9_500n)] }, null],
  ['a cent of the discount', { lines: [aLine({ discountMinor: 500n })], refunds: [aRefund(9_501n)] }, '1'],
  [
    'of the second line more than it cost',
    { lines: [cd, mug], refunds: [aRefund(0n, { lines: [{ lineId: '2', amountMinor: 501n }] })] },
    '2',
  ],
])('refunded beyond its price: %s', (_name, parts, line) => {
  const order = aKeptOrder(parts);
  const found = findOverRefund(order, stateOf(order));
  if (line === null) expect(found).toBeNull();
  else
    expect(found).toMatchObject({
      code: 'refund_exceeds_line',
      message: `line ${line} is refunded beyond its price`,
    });
  expect(found === null ? null : found.column).toEqual(line === null ? null : 'refunded_total');
});

test('a contradiction rejects a draft, in the words that name it', () => {
  expect(
    contradiction({ column: 'tax', reason: { code: 'kept_tax', of: { told: '1', kept: '2' } } }),
  ).toMatchObject({
    ...{ kind: 'rejected', code: 'order_contradicts', column: 'tax' },
    message: 'tax is 1, but 2 was recorded',
  });
  expect(sentence('tax is 1')).toBe('Tax is 1.');
});

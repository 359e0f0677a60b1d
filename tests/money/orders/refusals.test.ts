import { expect, test } from 'vitest';
import type { Order } from '../../../functions/money/orders/order.ts';
import { stateOf } from '../../../functions/money/orders/order-state.ts';
import {
  contradiction,
  findOverRefund,
  mayBeMoved,
  rejected,
  sentence,
} from '../../../functions/money/orders/refusals.ts';
import { aKeptOrder, aLine, aRefund } from './builders.ts';

const two = [aLine(), aLine({ lineId: '2', totalMinor: 500n, discountMinor: 100n })];
const ofLine = (lineId: string, amountMinor: bigint) =>
  aRefund(amountMinor, { refundId: `${lineId} ${amountMinor}`, lines: [{ lineId, amountMinor }] });

test.each<[string, Partial<Order>, string | null]>([
  ['nothing was given back', {}, null],
  ['all of a line', { refunds: [aRefund(10_000n)] }, null],
  ['a cent more than a line', { refunds: [aRefund(10_001n)] }, '1'],
  ['all that a discount left', { lines: two, refunds: [ofLine('2', 400n)] }, null],
  ['a cent more than a discount left', { lines: two, refunds: [ofLine('2', 401n)] }, '2'],
  ['a cent more in two refunds', { lines: two, refunds: [ofLine('2', 400n), ofLine('2', 1n)] }, '2'],
  [
    'too much of both: the first is named',
    { lines: two, refunds: [ofLine('2', 401n), ofLine('1', 10_001n)] },
    '1',
  ],
])('a file gave back more of a line than was left, or not: %s', (_name, parts, line) => {
  const order = aKeptOrder(parts);
  const found = findOverRefund(order, stateOf(order));
  if (line === null) expect(found).toBeNull();
  else
    expect(found).toMatchObject({
      kind: 'rejected',
      code: 'refund_exceeds_line',
      reason: { code: 'over_refunded', of: { line } },
      message: expect.stringContaining(line),
      column: 'refunded_total',
    });
});

test('a contradiction refuses the order and names the column', () => {
  const reason = { code: 'over_refunded', of: { line: '1' } } as const;
  const refused = contradiction({ column: 'currency', reason });
  expect(refused).toEqual(rejected('order_contradicts', reason, 'currency'));
  expect(refused).toMatchObject({ kind: 'rejected', code: 'order_contradicts', reason, column: 'currency' });
});

test.each([
  ['order_contradicts', true],
  ['order_of_another_account', true],
  ['refund_exceeds_line', false],
  ['validation_failed', false],
] as const)('a draft that was refused as %s may be of an order that staff moved: %s', (code, expected) => {
  expect(mayBeMoved(code)).toBe(expected);
});

test.each([
  ['the currency has to be EUR', 'The currency has to be EUR.'],
  ['a', 'A.'],
  ['', '.'],
])('the middle of a sentence becomes a whole one: %o', (text, expected) => {
  expect(sentence(text)).toBe(expected);
});

import { expect, test } from 'vitest';
import { nameLinesAsKept, takeGoods, withItemsTold } from '../../../functions/money/orders/lines-as-kept.ts';
import { type OrderDraft, type OrderLine, sumLineId } from '../../../functions/money/orders/order.ts';
import { aDraft, aKeptOrder, aLine, aRefund } from './builders.ts';

const cd = aLine({ lineId: 'a', sku: 'CD' });
const mug = aLine({ lineId: 'b', sku: 'MUG', totalMinor: 5_000n });
const two = aLine({ lineId: 'a', quantityMilli: 2_000 });

/** What comes back of which kept line, by what a file tells. */
function comesBack(lines: OrderLine[], told: Partial<OrderDraft>): [string, bigint][] {
  const read = nameLinesAsKept(aKeptOrder({ lines }), aDraft({ refundedByLine: new Map(), ...told }));
  return [...(read.refundedByLine ?? [])];
}

test.each<[string, OrderLine[], Partial<OrderDraft>, [string, bigint][]]>([
  [
    'goods that are gone are not those that the file still tells of',
    [cd, { ...cd, lineId: 'c', totalMinor: 4_000n }],
    { lines: [{ ...cd, lineId: '1' }], cancelledGoods: [{ sku: 'CD', product: null }] },
    [['c', 4_000n]],
  ],
  [
    'two goods that are gone, each by its price, beside a refund',
    [cd, mug, { ...mug, lineId: 'c', totalMinor: 700n }],
    {
      lines: [{ ...cd, lineId: '1' }],
      refundedByLine: new Map([['1', 500n]]),
      cancelledGoods: [
        { sku: 'MUG', product: null },
        { sku: 'MUG', product: null },
      ],
    },
    [
      ['a', 500n],
      ['b', 5_000n],
      ['c', 700n],
    ],
  ],
  [
    'a sum is shared out by what was paid, less discounts',
    [cd, { ...mug, discountMinor: 500n }],
    {
      lines: [aLine({ lineId: sumLineId, totalMinor: 15_000n, discountMinor: 500n })],
      refundedByLine: new Map([[sumLineId, 14_500n]]),
    },
    [
      ['a', 10_000n],
      ['b', 4_500n],
    ],
  ],
  [
    'half of a quantity is half of what was paid',
    [{ ...two, discountMinor: 1_000n }],
    { lines: [aLine({ totalMinor: 5_000n })], leftByLine: new Map([['1', 1_000]]) },
    [['a', 4_500n]],
  ],
  [
    'more left than was sold is no such order',
    [cd],
    {
      lines: [{ ...cd, lineId: '1', quantityMilli: 2_000, totalMinor: 20_000n }],
      leftByLine: new Map([['1', 2_000]]),
    },
    [],
  ],
  [
    'money beyond the goods is taken from what is left, line by line',
    [two, mug],
    {
      lines: [aLine({ totalMinor: 5_000n }), { ...mug, lineId: '2' }],
      leftByLine: new Map([['1', 1_000]]),
      refundedByLine: new Map([['1', 12_000n]]),
    },
    [
      ['a', 10_000n],
      ['b', 2_000n],
    ],
  ],
])('what comes back of an order: %s', (_name, lines, told, expected) => {
  expect(comesBack(lines, told)).toEqual(expected);
});

test('goods without an article are those of the product, not the first without an article', () => {
  const lines = [aLine({ lineId: 'a', product: 'Milk' }), aLine({ lineId: 'b', product: 'Tea' })];
  expect(takeGoods(lines, { sku: null, product: 'Tea' }).map(({ lineId }) => lineId)).toEqual(['b']);
});

test('refunds of what was one sum fill each item up to its price, to the cent', () => {
  const items = [aLine({ lineId: '1', totalMinor: 100n }), aLine({ lineId: '2', totalMinor: 50n })];
  const ofSum = (amountMinor: bigint) =>
    aRefund(amountMinor, { lines: [{ lineId: sumLineId, amountMinor }] });
  const kept = aKeptOrder({
    lines: [aLine({ lineId: sumLineId, totalMinor: 150n })],
    refunds: [ofSum(1n), ofSum(149n)],
  });
  expect(withItemsTold(kept, aDraft({ lines: items })).refunds.map(({ lines }) => lines)).toEqual([
    [{ lineId: '1', amountMinor: 1n }],
    [
      { lineId: '1', amountMinor: 99n },
      { lineId: '2', amountMinor: 50n },
    ],
  ]);
});

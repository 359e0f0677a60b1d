import { expect, test } from 'vitest';
import { nameLinesAsKept, takeGoods, withItemsTold } from '../../../functions/money/orders/lines-as-kept.ts';
import { type OrderLine, type Refund, sumLineId } from '../../../functions/money/orders/order.ts';
import { aDraft, aKeptOrder, aLine, aRefund } from './builders.ts';

const cd = aLine({ lineId: 'a', sku: 'CD' });
const mug = aLine({ lineId: 'b', sku: 'MUG', totalMinor: 5_000n });
const sum = (totalMinor: bigint, discountMinor = 0n) =>
  aLine({ lineId: sumLineId, totalMinor, discountMinor });
/** A refund of some lines by their amounts. */
const gaveBack = (amounts: Record<string, bigint>): Refund =>
  aRefund(0n, { lines: Object.entries(amounts).map(([lineId, amountMinor]) => ({ lineId, amountMinor })) });

interface Told {
  lines: OrderLine[];
  refunded?: [line: string, amount: bigint][];
  left?: [line: string, quantity: number][];
}

/** What a file's lines and refunds are called once they are read as those of the kept order. */
function named(kept: { lines: OrderLine[]; refunds?: Refund[] }, { lines, refunded = [], left }: Told) {
  const leftByLine = left === undefined ? null : new Map(left);
  const draft = aDraft({ lines, refundedByLine: new Map(refunded), leftByLine });
  const read = nameLinesAsKept(aKeptOrder(kept), draft);
  return { lines: read.lines.map(({ lineId }) => lineId), refunded: [...(read.refundedByLine ?? [])] };
}

test.each<[string, { lines: OrderLine[]; refunds?: Refund[] }, Told, ReturnType<typeof named>]>([
  [
    'by content, in another sequence',
    { lines: [cd, mug] },
    {
      lines: [
        { ...mug, lineId: '1' },
        { ...cd, lineId: '2' },
      ],
      refunded: [['1', 500n]],
    },
    { lines: ['a', 'b'], refunded: [['b', 500n]] },
  ],
  [
    'of lines alike, the one more is refunded of is the one more was refunded of before',
    { lines: [cd, { ...cd, lineId: 'c' }], refunds: [gaveBack({ a: 700n })] },
    {
      lines: [
        { ...cd, lineId: '1' },
        { ...cd, lineId: '2' },
      ],
      refunded: [
        ['1', 0n],
        ['2', 900n],
      ],
    },
    {
      lines: ['a', 'c'],
      refunded: [
        ['c', 0n],
        ['a', 900n],
      ],
    },
  ],
  [
    'not where a line is of another price',
    { lines: [cd] },
    { lines: [{ ...cd, lineId: '1', totalMinor: 9_999n }], refunded: [['1', 500n]] },
    { lines: ['1'], refunded: [['1', 500n]] },
  ],
  [
    'not where the file tells a line more',
    { lines: [cd] },
    {
      lines: [
        { ...cd, lineId: '1' },
        { ...cd, lineId: '2' },
      ],
    },
    { lines: ['1', '2'], refunded: [] },
  ],
  [
    'not where the file tells a line less',
    { lines: [cd, mug] },
    { lines: [{ ...cd, lineId: '1' }] },
    { lines: ['1'], refunded: [] },
  ],
  [
    'one sum for the items that are kept, its refund shared out by their prices',
    { lines: [cd, mug] },
    { lines: [sum(15_000n)], refunded: [[sumLineId, 3_000n]] },
    {
      lines: ['a', 'b'],
      refunded: [
        ['a', 2_000n],
        ['b', 1_000n],
      ],
    },
  ],
  [
    'one sum of nothing refunded',
    { lines: [cd, mug] },
    { lines: [sum(15_000n)] },
    { lines: ['a', 'b'], refunded: [] },
  ],
  [
    'not a sum that is a cent less',
    { lines: [cd, mug] },
    { lines: [sum(14_999n)] },
    { lines: [sumLineId], refunded: [] },
  ],
  [
    'not a sum of another discount',
    { lines: [cd, mug] },
    { lines: [sum(15_000n, 1n)] },
    { lines: [sumLineId], refunded: [] },
  ],
  [
    'what is left of a quantity: the rest came back',
    { lines: [aLine({ lineId: 'a', quantityMilli: 4_000 })] },
    { lines: [aLine({ quantityMilli: 1_000, totalMinor: 2_500n })], left: [['1', 1_000]] },
    { lines: ['a'], refunded: [['a', 7_500n]] },
  ],
  [
    'all of a quantity left',
    { lines: [aLine({ lineId: 'a', quantityMilli: 4_000 })] },
    { lines: [aLine({ quantityMilli: 4_000 })], left: [['1', 4_000]] },
    { lines: ['a'], refunded: [] },
  ],
  [
    'what is left, and money beyond the goods that came back',
    { lines: [aLine({ lineId: 'a', quantityMilli: 2_000 })] },
    {
      lines: [aLine({ quantityMilli: 1_000, totalMinor: 5_000n })],
      left: [['1', 1_000]],
      refunded: [['1', 5_700n]],
    },
    { lines: ['a'], refunded: [['a', 5_700n]] },
  ],
  [
    'what is left is rounded to the nearest cent: two thirds of 1.00',
    { lines: [aLine({ lineId: 'a', quantityMilli: 3_000, totalMinor: 100n })] },
    { lines: [aLine({ quantityMilli: 1_000, totalMinor: 33n })], left: [['1', 1_000]] },
    { lines: ['a'], refunded: [['a', 67n]] },
  ],
  [
    'of two lines of one price, the smaller that has as much left',
    {
      lines: [
        aLine({ lineId: 'a', quantityMilli: 3_000, totalMinor: 3_000n }),
        aLine({ lineId: 'b', totalMinor: 1_000n }),
      ],
    },
    {
      lines: [
        aLine({ totalMinor: 1_000n }),
        aLine({ lineId: '2', quantityMilli: 2_000, totalMinor: 2_000n }),
      ],
      left: [
        ['1', 1_000],
        ['2', 2_000],
      ],
    },
    { lines: ['a', 'b'], refunded: [['a', 1_000n]] },
  ],
  [
    'not what is left of another article',
    { lines: [cd] },
    { lines: [aLine({ sku: 'LP' })], left: [['1', 1_000]] },
    { lines: ['1'], refunded: [] },
  ],
])('a file’s lines are read as those that are kept: %s', (_name, kept, told, expected) => {
  expect(named(kept, told)).toEqual(expected);
});

test('a source that names its lines keeps their names', () => {
  const draft = aDraft({ lines: [aLine({ lineId: '1' })], refundedByLine: null });
  expect(nameLinesAsKept(aKeptOrder({ lines: [cd] }), draft)).toBe(draft);
});

test('refunds that a file names are of the kept lines, too', () => {
  const draft = aDraft({
    lines: [{ ...cd, lineId: '1' }],
    refundedByLine: new Map(),
    refunds: [gaveBack({ 1: 700n })],
  });
  expect(nameLinesAsKept(aKeptOrder({ lines: [cd] }), draft).refunds).toEqual([gaveBack({ a: 700n })]);
});

test.each<[string, OrderLine[], [string, bigint][]]>([
  ['by their article', [cd, mug], [['b', 5_000n]]],
  ['less their discount', [cd, { ...mug, discountMinor: 500n }], [['b', 4_500n]]],
  ['not where the file still tells of them', [cd], []],
])('goods that are no longer part of an order come back whole, %s', (_name, lines, refunded) => {
  const draft = aDraft({
    lines: [{ ...cd, lineId: '1' }],
    refundedByLine: new Map(),
    cancelledGoods: [{ sku: 'MUG', product: null }],
    ...{ shippingMinor: 1n, taxMinor: 2n, taxIncludedMinor: 3n },
  });
  const read = nameLinesAsKept(aKeptOrder({ lines }), draft);
  expect([...(read.refundedByLine ?? [])]).toEqual(refunded);
  const money = [read.shippingMinor, read.taxMinor, read.taxIncludedMinor];
  expect(money).toEqual(refunded.length === 0 ? [1n, 2n, 3n] : [null, null, null]);
});

test.each<[string, { sku: string | null; product: string | null }, string[]]>([
  ['by the article, whatever the product', { sku: 'MUG', product: 'CD' }, ['b']],
  ['by the product where there is no article', { sku: null, product: 'Tea' }, ['c']],
  ['nothing of that kind', { sku: 'LP', product: 'Tea' }, []],
])('goods are taken %s', (_name, goods, expected) => {
  const lines = [cd, mug, aLine({ lineId: 'c', product: 'Tea' }), aLine({ lineId: 'd', product: 'Tea' })];
  expect(takeGoods(lines, goods).map(({ lineId }) => lineId)).toEqual(expected);
  expect(lines).toHaveLength(4 - expected.length);
});

test.each<[string, Refund[], Record<string, bigint>[]]>([
  ['nothing given back', [], []],
  ['shared out by price', [gaveBack({ [sumLineId]: 3_000n })], [{ 1: 2_000n, 2: 1_000n }]],
  [
    'two refunds one after the other, never beyond a price',
    [gaveBack({ [sumLineId]: 3_000n }), gaveBack({ [sumLineId]: 12_000n })],
    [
      { 1: 2_000n, 2: 1_000n },
      { 1: 8_000n, 2: 4_000n },
    ],
  ],
])('items told of what was one sum: %s', (_name, refunds, expected) => {
  const items = [aLine({ lineId: '1' }), aLine({ lineId: '2', totalMinor: 5_000n })];
  const order = withItemsTold(aKeptOrder({ lines: [sum(15_000n)], refunds }), aDraft({ lines: items }));
  expect([order.lines, order.refunds]).toEqual([items, expected.map((amounts) => gaveBack(amounts))]);
});

test.each<[string, OrderLine[], OrderLine[]]>([
  ['it was told of items before', [cd], [cd]],
  ['they are not the sum', [sum(9_999n)], [cd]],
  ['their discounts are not its discount', [sum(10_000n, 1n)], [cd]],
  ['they are a sum again', [sum(10_000n)], [sum(10_000n)]],
  ['nothing is kept', [], [cd]],
])('an order stays as it is where %s', (_name, kept, told) => {
  const order = aKeptOrder({ lines: kept });
  expect(withItemsTold(order, aDraft({ lines: told }))).toBe(order);
});

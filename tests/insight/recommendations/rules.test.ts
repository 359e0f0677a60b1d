import { describe, expect, it } from 'vitest';
import { median } from '../../../functions/insight/facts/median.ts';
import { BASKET_MAX, basketProduct, keepLatest } from '../../../functions/insight/recommendations/basket.ts';
import { chunkOf, readChunk } from '../../../functions/insight/recommendations/chunk.ts';
import { knownOf } from '../../../functions/insight/recommendations/hit-rate.ts';
import { isProductPattern, productPageOf } from '../../../functions/insight/recommendations/product-page.ts';
import { sizeClass, stockOf } from '../../../functions/insight/recommendations/stock.ts';
import {
  type Cell,
  pairCells,
  SURPRISE_MIN,
  surprise,
  surpriseNeeded,
} from '../../../functions/insight/recommendations/surprise.ts';
import { chanceOf, isOneWay } from '../../../functions/insight/recommendations/weigh.ts';
import { namedProduct, productKey } from '../../../functions/money/catalogue/product-key.ts';

describe('G² against chance', () => {
  it.each<[string, Cell[], number]>([
    // 2·(30·ln(30/10) + 70·ln(70/90)), worked out by hand.
    [
      'speaks for what three times as many did',
      [
        [30, 10],
        [70, 90],
      ],
      30.732,
    ],
    [
      'says nothing of what as many did',
      [
        [10, 10],
        [90, 90],
      ],
      0,
    ],
    [
      'takes what everybody did',
      [
        [8, 4],
        [0, 4],
      ],
      11.09,
    ],
    [
      'is bounded where chance has none',
      [
        [2, 0],
        [0, 2],
      ],
      5.545,
    ],
    // Dunning's own table, "the swift" of his bigrams: 110, 2442, 111 and 29114.
    [
      'is that of the paper',
      pairCells({ accounts: 31777, first: 2552, second: 221, together: 110, chance: (2552 * 221) / 31777 }),
      270.72,
    ],
  ])('%s', (_, cells, expected) => {
    expect(surprise(cells)).toBeCloseTo(expected, 2);
  });

  it('has to be more the more pairs are tried, and one in a thousand at least', () => {
    expect([0, 1, 224].map(surpriseNeeded)).toEqual([SURPRISE_MIN, SURPRISE_MIN, SURPRISE_MIN]);
    expect(surpriseNeeded(225)).toBeCloseTo(2 * Math.log(225), 9);
  });
});

describe('chance', () => {
  const sizes = (...of: [accounts: number, entries: number][]) => ({
    sizes: of.map(([accounts, entries]) => ({ accounts, entries })),
  });

  it.each([
    ['who bought one thing has no pair', [5], [5], sizes([10, 10]), 0],
    // 10 accounts of two things each: 4 · 6 / 10, and a half since nobody takes the same place twice.
    ['of two things one is left for the other', [4], [6], sizes([10, 20]), 1.2],
    // Ten who buy little, two who buy 40 things: both products are bought by those two alone.
    ['who buys much has most pairs by chance', [0, 2], [0, 2], sizes([10, 20], [2, 80]), 1.95],
    ['a class without accounts counts for nothing', [0, 4], [0, 6], sizes([0, 0], [10, 20]), 1.2],
  ])('%s', (_, a, b, of, expected) => {
    expect(chanceOf({ bySize: a }, { bySize: b }, of)).toBeCloseTo(expected, 9);
  });

  it('compares with accounts that buy about as much', () => {
    expect([1, 2, 3, 4, 5, 6, 40, 41, 60].map(sizeClass)).toEqual([0, 1, 2, 3, 3, 4, 8, 9, 9]);
  });
});

describe('a direction', () => {
  it.each([
    ['needs five accounts', 4, 0, false],
    ['needs to be no chance', 7, 0, false],
    ['is there when eight of eight went that way', 8, 0, true],
    ['is not there when less than three in four did', 73, 27, false],
    ['is there when three in four did', 75, 25, true],
    ['is not the other one', 0, 30, false],
  ])('%s', (_, oneWay, otherWay, expected) => {
    expect(isOneWay(oneWay, otherWay)).toBe(expected);
  });
});

describe('baskets', () => {
  it('keep each day once, and the products bought last', () => {
    expect(basketProduct({ key: 'n:x', name: 'x', days: [20, 10, 20, 40] })).toEqual({
      ...{
        key: 'n:x',
        name: 'x',
        category: null,
        days: [10, 20, 40],
        firstDay: 10,
        lastDay: 40,
        halfDays: 30,
      },
    });
    const many = Array.from({ length: BASKET_MAX + 2 }, (_, n) =>
      basketProduct({ key: `n:${n}`, name: null, days: [n] }),
    );
    expect(keepLatest(many).map(({ key }) => key)).not.toContain('n:1');
    expect(keepLatest(many)).toHaveLength(BASKET_MAX);
  });

  it('have a middle', () => {
    expect([median([3]), median([1, 9, 2]), median([4, 1, 2, 3])]).toEqual([3, 2, 2.5]);
  });

  it('come back from their text as they were, names as the newest line says', () => {
    const of = (name: string, ...days: number[]) => basketProduct({ key: 's:A', name, days });
    const chunk = chunkOf([[of('Old', 1)], [of('New', 5, 9)]]);
    expect(readChunk(JSON.stringify(chunk))).toEqual(chunk);
    const { products } = knownOf(stockOf([chunk]));
    expect(products.get('s:A')).toMatchObject({ name: 'New', buyers: 2, again: 1, halfDays: 8, lastDay: 9 });
  });
});

describe('what goes together', () => {
  /** Twenty who bought the machine and the filter a month later, forty who bought one thing and tea. */
  const machines = Array.from({ length: 20 }, () => [
    basketProduct({ key: 'n:machine', name: null, days: [0] }),
    basketProduct({ key: 'n:filter', name: null, days: [30] }),
  ]);
  const others = Array.from({ length: 40 }, (_, n) => [
    basketProduct({ key: `n:${n % 20}`, name: null, days: [0] }),
    basketProduct({ key: 'n:tea', name: null, days: [0] }),
  ]);

  it('is told in its direction only, and not of what everybody buys', () => {
    const { pairs } = knownOf(stockOf([chunkOf([...machines, ...others])]));
    expect(pairs).toEqual([expect.objectContaining({ key: 'n:machine', other: 'n:filter', kind: 'onward' })]);
    expect(pairs[0]).toMatchObject({ together: 20, later: 20 });
  });

  it('is told both ways of what is bought at once', () => {
    const together = machines.map((basket) => basket.map((one) => basketProduct({ ...one, days: [0] })));
    const { pairs } = knownOf(stockOf([chunkOf([...together, ...others])]));
    expect(pairs.map(({ key, other, kind }) => [key, other, kind])).toEqual([
      ['n:filter', 'n:machine', 'with'],
      ['n:machine', 'n:filter', 'with'],
    ]);
  });

  it('is not told of four accounts', () => {
    expect(knownOf(stockOf([chunkOf([...machines.slice(0, 4), ...others])])).pairs).toEqual([]);
  });
});

describe('a product', () => {
  it.each([
    ['goes by its SKU', { sku: 'A', name: 'Pot' }, 's:A'],
    ['goes by its name without one', { sku: null, name: 'Pot' }, 'n:Pot'],
    ['is none without both', { sku: '', name: '' }, null],
  ])('%s', (_, told, expected) => {
    expect(productKey(told)).toBe(expected);
  });

  it('is called by its SKU where no name was told', () => {
    expect(namedProduct('s:A', null)).toEqual({ key: 's:A', sku: 'A', name: 'A' });
    expect(namedProduct('n:s:A', 's:A')).toEqual({ key: 'n:s:A', sku: null, name: 's:A' });
  });

  it.each([
    ['off', null],
    ['https://shop.example/p/{sku}', 'https://shop.example/p/A%2F1'],
    ['https://shop.example/s?q={product}', 'https://shop.example/s?q=Pot%20%26%20lid'],
  ])('has its page by %s', (pattern, expected) => {
    expect(productPageOf(pattern, { sku: 'A/1', name: 'Pot & lid' })).toBe(expected);
  });

  it('has none by a SKU that it has not', () => {
    expect(productPageOf('https://shop.example/p/{sku}', { sku: null, name: 'Pot' })).toBeNull();
  });

  it.each([
    ['https://shop.example/p/{sku}', true],
    ['http://shop.example/p/{sku}', false],
    ['javascript:alert({sku})', false],
    ['https://shop.example/', false],
    ['https://{sku}"onclick', false],
  ])('%s is a pattern: %s', (text, expected) => {
    expect(isProductPattern(text)).toBe(expected);
  });
});

import { describe, expect, it } from 'vitest';
import { basketProduct } from '../../../functions/insight/recommendations/basket.ts';
import {
  chooseProducts,
  type KnownPair,
  nothingReason,
} from '../../../functions/insight/recommendations/choose.ts';
import { dueProduct, isConsumable } from '../../../functions/insight/recommendations/due.ts';
import type { LikedMatch } from '../../../functions/insight/recommendations/interests.ts';

describe('what is used up', () => {
  it.each([
    ['needs five accounts that bought it again', { buyers: 8, again: 4, halfDays: 60 }, false],
    ['needs one in four of its buyers', { buyers: 21, again: 5, halfDays: 60 }, false],
    ['is that by five of twenty', { buyers: 20, again: 5, halfDays: 60 }, true],
  ])('%s', (_, habit, expected) => {
    expect(isConsumable(habit)).toBe(expected);
  });

  const habit = { buyers: 20, again: 10, halfDays: 80 };
  const on = (...days: number[]) => basketProduct({ key: 's:A', name: null, days });

  it.each([
    [
      'after the own interval from the third day on',
      on(0, 10, 30),
      null,
      45,
      { everyDays: 15, isOwn: true, dueDay: 45 },
    ],
    ['after that of all before the third', on(0, 10), habit, 45, { everyDays: 40, isOwn: false, dueDay: 50 }],
    ['a quarter of it before the day', on(0), habit, 30, { dueDay: 40 }],
    ['not earlier', on(0), habit, 29, null],
    ['until it has passed once more', on(0), habit, 80, { dueDay: 40 }],
    ['no longer', on(0), habit, 81, null],
    ['never where nobody can say', on(0, 10), null, 20, null],
    ['never for what is bought every other day', on(0, 2, 4), null, 6, null],
    ['with three days before a short one', on(0, 4, 8), null, 9, { everyDays: 4, dueDay: 12 }],
  ])('is due %s', (_, bought, known, today, expected) => {
    const due = dueProduct(bought, known, today);
    if (expected === null) expect(due).toBeNull();
    else expect(due).toMatchObject(expected);
  });
});

describe('choosing', () => {
  const product = (key: string, more = {}) => ({
    ...{ key, name: key, lastDay: 1000, buyers: 95, again: 0, halfDays: null },
    ...more,
  });
  const pair = (key: string, other: string, together: number, more: Partial<KnownPair> = {}): KnownPair => ({
    ...{ key, other, kind: 'with', together, later: 0, chance: 1 },
    ...more,
  });
  const choose = (input: {
    bought: [key: string, ...days: number[]][];
    pairs?: KnownPair[];
    products?: ReturnType<typeof product>[];
    hidden?: string[];
    limit?: number;
    liked?: Record<string, LikedMatch>;
  }) =>
    chooseProducts({
      basket: input.bought.map(([key, ...days]) => basketProduct({ key, name: key, days })),
      products: new Map(
        [...['a', 'b', 'c', 'd', 'e', 'f'].map((key) => product(key)), ...(input.products ?? [])].map(
          (one) => [one.key, one],
        ),
      ),
      pairs: input.pairs ?? [],
      interests: { liked: new Map(Object.entries(input.liked ?? {})), accounts: 195 },
      hidden: new Set(input.hidden),
      ...{ today: 1000, lastDay: 1000, limit: input.limit ?? 5 },
    }).map(({ product, reason }) => [product.key, reason.code]);

  it('takes the most frequent first, each once, for the better reason', () => {
    const pairs = [pair('a', 'c', 20), pair('a', 'd', 30), pair('b', 'c', 60, { kind: 'onward', later: 50 })];
    expect(
      choose({
        bought: [
          ['a', 990],
          ['b', 990],
        ],
        pairs,
      }),
    ).toEqual([
      ['c', 'went_on_to'],
      ['d', 'bought_with'],
    ]);
  });

  it('puts what two things speak for before what one does', () => {
    const pairs = [pair('a', 'c', 40), pair('a', 'd', 35), pair('b', 'd', 30)];
    expect(
      choose({
        bought: [
          ['a', 990],
          ['b', 990],
        ],
        pairs,
      }).map(([key]) => key),
    ).toEqual(['d', 'c']);
  });

  it('decides between equals by who bought them, then by key', () => {
    const pairs = ['f', 'e', 'd'].map((other) => pair('a', other, 30));
    const products = [product('f', { buyers: 200 })];
    expect(choose({ bought: [['a', 990]], pairs, products }).map(([key]) => key)).toEqual(['f', 'd', 'e']);
  });

  it('lets what they say they like speak for it, alone or beside what they bought', () => {
    const pairs = [pair('a', 'b', 40), pair('a', 'c', 50)];
    const tea = { said: 'tea', weight: 1 };
    const products = [product('f', { buyers: 4 })];
    const liked = { a: tea, b: tea, d: tea, e: { said: 'green', weight: 0.5 }, f: tea };
    expect(choose({ bought: [['a', 990]], pairs, products, liked })).toEqual([
      ['b', 'bought_with'],
      ['c', 'bought_with'],
      ['d', 'liked'],
      ['e', 'liked'],
    ]);
    expect(choose({ bought: [], liked, hidden: ['d'] })).toEqual([
      ['a', 'liked'],
      ['b', 'liked'],
      ['f', 'liked'],
      ['e', 'liked'],
    ]);
  });

  it('leaves out what they have, never want to see, or nobody buys any more', () => {
    const pairs = ['b', 'c', 'd', 'e'].map((other) => pair('a', other, 30));
    const products = [product('d', { lastDay: 819 }), product('e', { lastDay: 820 })];
    const bought: [string, number][] = [
      ['a', 990],
      ['b', 990],
    ];
    expect(choose({ bought, pairs, products, hidden: ['c'] })).toEqual([['e', 'bought_with']]);
  });

  it('tells what is due, also of what they have, and leaves two of five places to what is new', () => {
    const days = [910, 940, 970];
    const bought: [string, ...number[]][] = ['a', 'b', 'c', 'd'].map((key) => [key, ...days]);
    const pairs = [pair('a', 'e', 9), pair('a', 'f', 8)];
    const codes = choose({ bought, pairs }).map(([, code]) => code);
    expect(codes).toEqual(['due', 'due', 'due', 'bought_with', 'bought_with']);
    expect(choose({ bought }).map(([key]) => key)).toEqual(['a', 'b', 'c', 'd']);
    expect(choose({ bought, hidden: ['a'] }).map(([key]) => key)).toEqual(['b', 'c', 'd']);
  });
});

describe('nothing to recommend', () => {
  const sold = (buyers: number, again = 0) => ({ buyers, again, halfDays: 60 });
  it.each([
    ['without a product', { products: [], pairs: 0 }, 'no_products'],
    ['of one product, however often it is bought', { products: [sold(90, 80)], pairs: 0 }, 'one_product'],
    ['before five accounts bought one', { products: [sold(4), sold(4)], pairs: 0 }, 'too_few_accounts'],
    ['where nothing goes together', { products: [sold(5), sold(5)], pairs: 0 }, 'nothing_together'],
    ['no longer with a pair', { products: [sold(5), sold(5)], pairs: 1 }, null],
    ['no longer with what is used up', { products: [sold(20, 5), sold(5)], pairs: 0 }, null],
  ])('%s', (_, counted, expected) => {
    expect(nothingReason(counted)).toBe(expected);
  });
});

import { expect, test } from 'vitest';
import { gapsOf } from '../../../functions/insight/opinions/gap.ts';
import { changeOf, noiseOf, opinionOf, type Sums } from '../../../functions/insight/opinions/opinion.ts';

const scale = { from: 1, to: 7 };
const sums = (...values: number[]): Sums => ({
  n: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  squares: values.reduce((sum, value) => sum + value ** 2, 0),
});

test('one or two contacts have a mean and no interval', () => {
  expect(opinionOf(sums(), scale)).toBe(null);
  expect(opinionOf(sums(5), scale)).toEqual({ n: 1, mean: 5, interval: null });
  expect(opinionOf(sums(5, 6), scale)).toEqual({ n: 2, mean: 5.5, interval: null });
});

test('three contacts have Student’s interval, kept within the scale', () => {
  // t(0.975, 2) = 4.302653; the standard error of 4, 5, 6 is 1/√3.
  const told = opinionOf(sums(4, 5, 6), scale);
  expect(told?.interval?.from).toBeCloseTo(5 - 4.302653 / Math.sqrt(3), 5);
  expect(told?.interval?.to).toBe(7);
});

test('contacts that all agree are not certain for all that', () => {
  const interval = opinionOf(sums(6, 6, 6, 6), scale)?.interval;
  expect(interval?.from).toBeLessThan(5);
  expect(interval?.to).toBeLessThanOrEqual(7);
});

test.each([17 / 3, 19 / 3, 5 / 3])(
  'three contacts that agree on %f are no more certain than on a whole number',
  (score) => {
    const width = (...values: number[]) => {
      const interval = opinionOf(sums(...values), { from: -100, to: 100 })?.interval;
      return (interval?.to ?? 0) - (interval?.from ?? 0);
    };
    expect(width(score, score, score)).toBeCloseTo(width(6, 6, 6), 6);
  },
);

test('of 29 people that answered twice the noise is not known, of 30 it is', () => {
  const of = (n: number) => noiseOf(sums(...Array.from({ length: n }, (_, at) => (at % 2 === 0 ? 1 : -1))));
  expect(of(29)).toBe(null);
  expect(of(30)).toMatchObject({ pairs: 30 });
  expect(of(30)?.deviation).toBeCloseTo(Math.sqrt(30 / 29), 9);
});

test.each<[string, Sums, boolean, boolean | null]>([
  ['nobody twice', sums(), false, null],
  ['one contact, noise unknown', sums(-3), false, null],
  ['one contact far beyond known noise', sums(-3), true, true],
  ['one contact within known noise', sums(-1.9), true, false],
  ['two contacts together beyond it', sums(-1.5, -1.5), true, true],
  ['three contacts by themselves, clearly', sums(-2, -2.2, -2.1), false, true],
  ['three contacts by themselves, not clearly', sums(-2, 0.1, -1), false, false],
  ['three contacts that moved by just as much, noise unknown', sums(1, 1, 1), false, null],
  [
    'three contacts that moved by two thirds each, noise unknown',
    sums(19 / 3 - 17 / 3, 13 / 3 - 11 / 3, 7 / 3 - 5 / 3),
    false,
    null,
  ],
])('a change of %s', (_, changed, isKnown, isBeyondNoise) => {
  const told = changeOf(changed, isKnown ? { pairs: 40, deviation: 1 } : null);
  expect(told?.isBeyondNoise ?? null).toBe(isBeyondNoise);
});

test('topics come by gap times importance, what cannot be told last', () => {
  const topic = (topicId: string, pairs: [number, number][]) => ({
    topicId,
    want: sums(...pairs.map(([want]) => want)),
    get: sums(...pairs.map(([, got]) => got)),
    gap: sums(...pairs.map(([want, got]) => want - got)),
  });
  const five = (pair: [number, number]) => Array.from({ length: 5 }, () => pair);
  const gaps = gapsOf(
    [
      topic('few', five([5, 1]).slice(1)),
      topic('more', [...five([2, 5]), [2, 5]]),
      topic('wide', five([2, 1])),
      topic('weighty', [...five([5, 4]), [5, 5]]),
    ],
    { least: 5 },
  );
  expect(gaps.map(({ topicId }) => topicId)).toEqual(['weighty', 'wide', 'more', 'few']);
  expect(gaps.map(({ isClear }) => isClear)).toEqual([true, false, true, null]);
  expect(gaps[3]).toMatchObject({ want: null, get: null, gap: null, weight: null });
});

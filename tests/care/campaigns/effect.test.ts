import { describe, expect, test } from 'vitest';
import { effectOf, type SpendShare } from '../../../functions/care/campaigns/result/effect.ts';
import { tQuantile975 } from '../../../functions/care/campaigns/result/t-quantile.ts';

const shareOf = (...values: number[]): SpendShare => ({
  accounts: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  sumOfSquares: values.reduce((sum, value) => sum + value ** 2, 0),
});
const repeated = (times: number, ...values: number[]) =>
  shareOf(...Array.from({ length: times }, () => values).flat());

describe('the effect of a campaign', () => {
  test.each([
    { name: 'nine told', told: repeated(9, 100), held: repeated(10, 0), state: 'too_few' },
    { name: 'nine held back', told: repeated(100, 100), held: repeated(9, 0), state: 'too_few' },
    { name: 'nobody at all', told: shareOf(), held: shareOf(), state: 'too_few' },
    {
      name: 'ten on each side that differ for certain',
      told: repeated(10, 100),
      held: repeated(10, 0),
      state: 'told',
    },
    {
      name: 'the same on both sides',
      told: repeated(10, 100),
      held: repeated(10, 100),
      state: 'cannot_tell',
    },
    { name: 'nobody bought', told: repeated(10, 0), held: repeated(10, 0), state: 'cannot_tell' },
    { name: 'less than chance', told: repeated(5, 0, 110), held: repeated(5, 0, 100), state: 'cannot_tell' },
    { name: 'less, for certain', told: repeated(20, 0, 10), held: repeated(20, 90, 100), state: 'told' },
  ])('$name: $state', ({ told, held, state }) => {
    expect(effectOf(told, held).state).toBe(state);
  });

  test('is Welch’s interval, as worked out by integrating the density of Student’s t', () => {
    const told = shareOf(27.5, 21, 19, 23.6, 17, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19, 21.7, 21.4);
    const held = shareOf(
      27.1,
      22,
      20.8,
      23.4,
      23.4,
      23.5,
      25.8,
      22,
      24.8,
      20.2,
      21.9,
      22.1,
      22.9,
      30.5,
      22.2,
    );
    const { estimate } = effectOf(told, held);
    expect(estimate?.difference).toBeCloseTo(-2.686_67, 4);
    expect(estimate?.from).toBeCloseTo(-4.7273, 2);
    expect(estimate?.to).toBeCloseTo(-0.646, 2);
  });
});

test.each([
  [5, 2.5706],
  [9, 2.2622],
  [10, 2.2281],
  [30, 2.0423],
  [100, 1.984],
  [1e9, 1.96],
])('Student’s t of %d degrees of freedom at 0.975 is %d', (freedom, quantile) => {
  expect(tQuantile975(freedom)).toBeCloseTo(quantile, 2);
});

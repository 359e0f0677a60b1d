import { expect, test } from 'vitest';
import { voucherTerms } from '../../../functions/money/redemptions/voucher-terms.ts';

const DAY_MS = 86_400_000;
/** The day after `now`, which is day 0; null when never. */
const on = (day: number | null) => (day === null ? null : day * DAY_MS);

/** `[amount, the day on which that credit ends]` of each lot that pays. */
test.each<[string, [amount: bigint, end: number | null][], { ends: number | null; returns: bigint }]>([
  ['credit that never ends', [[500n, null]], { ends: null, returns: 0n }],
  ['credit that ends later than that', [[500n, 31]], { ends: 31, returns: 0n }],
  ['credit that ends in exactly 30 days', [[500n, 30]], { ends: 30, returns: 0n }],
  ['credit that ends sooner, 30 days all the same', [[500n, 29]], { ends: 30, returns: 0n }],
  [
    'the soonest credit of several, and the rest goes back',
    [
      [500n, 40],
      [300n, 41],
      [200n, null],
    ],
    { ends: 40, returns: 500n },
  ],
  [
    'the soonest, in whatever order they pay',
    [
      [300n, 41],
      [500n, 40],
    ],
    { ends: 40, returns: 300n },
  ],
  [
    'credit of one day, and nothing goes back',
    [
      [500n, 40],
      [300n, 40],
    ],
    { ends: 40, returns: 0n },
  ],
  [
    '30 days: what ends within them does not go back',
    [
      [500n, 3],
      [300n, 30],
      [200n, 31],
    ],
    { ends: 30, returns: 200n },
  ],
])('a voucher lasts as long as %s', (_name, parts, expected) => {
  const taken = parts.map(([amount], index) => ({ lotSeq: index + 1, amount }));
  const lots = parts.map(([, end], index) => ({ seq: index + 1, expiresAt: on(end) }));
  expect(voucherTerms(taken, lots, 0)).toEqual({
    expiresAt: on(expected.ends),
    returnsMinor: expected.returns,
  });
});

test('the days are counted from now', () => {
  const terms = voucherTerms(
    [{ lotSeq: 1, amount: 1n }],
    [{ seq: 1, expiresAt: 101 * DAY_MS }],
    100 * DAY_MS,
  );
  expect(terms.expiresAt).toBe(130 * DAY_MS);
});

test('lots that pay nothing of it say nothing about it', () => {
  const lots = [
    { seq: 1, expiresAt: 31 * DAY_MS },
    { seq: 2, expiresAt: 90 * DAY_MS },
  ];
  expect(voucherTerms([{ lotSeq: 2, amount: 5n }], lots, 0)).toEqual({
    expiresAt: 90 * DAY_MS,
    returnsMinor: 0n,
  });
});

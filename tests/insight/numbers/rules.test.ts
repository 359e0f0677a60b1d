import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cohortsOf,
  type NumberedAccount,
  rfmOf,
  roundScale,
  spreadOf,
  topTenthOf,
  typicalOf,
} from '../../../functions/insight/numbers/collect.ts';
import { fifthOf, fifthsOf } from '../../../functions/insight/numbers/fifths.ts';
import { readNumbered } from '../../../functions/insight/numbers/list-numbered.ts';
import { quartilesOf } from '../../../functions/insight/numbers/quartiles.ts';

const fifths = (values: number[]) => {
  const all = values.map(BigInt);
  const starts = fifthsOf(all);
  return all.map((value) => fifthOf(value, starts)).join(' ');
};

test.each([
  ['none', [], ''],
  ['one', [7], '5'],
  ['two', [1, 2], '3 5'],
  ['three', [1, 2, 3], '2 4 5'],
  ['five', [5, 4, 3, 2, 1], '5 4 3 2 1'],
  ['ten', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], '1 1 2 2 3 3 4 4 5 5'],
  ['all the same', [4, 4, 4, 4, 4], '1 1 1 1 1'],
  ['equal ones over an edge', [1, 1, 1, 2, 3], '1 1 1 4 5'],
  ['equal ones at the top', [1, 2, 3, 3, 3], '1 2 3 3 3'],
  ['negative ones', [-2, -1, 0, 1, 2], '1 2 3 4 5'],
])('the fifths of %s', (_what, values, expected) => {
  expect(fifths(values)).toBe(expected);
});

test('a fifth is five times the place divided by their number, rounded up', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 60 }), (values) => {
      const plain = values.map((value) =>
        Math.ceil((5 * (1 + values.filter((other) => other < value).length)) / values.length),
      );
      expect(fifths(values)).toBe(plain.join(' '));
    }),
  );
});

const account = (of: Partial<NumberedAccount> = {}): NumberedAccount => ({
  ...{ kind: 'personal', firstMonth: '2026-01', lastDay: 1n, intervalHalfDays: null, spendMinor: 0n },
  ...{ yearOrders: 1n, yearDays: 1n, yearSpendMinor: 100n },
  ...of,
});

test('each account that bought in the year is in one cell, with its spend', () => {
  const all = [
    account({ lastDay: 5n, yearDays: 9n, yearSpendMinor: 900n }),
    account({ lastDay: 5n, yearDays: 1n, yearSpendMinor: 100n }),
    account({ lastDay: 1n, yearDays: 1n, yearSpendMinor: 50n }),
    account({ yearDays: 0n, yearSpendMinor: 0n }),
  ];
  const rfm = rfmOf(all);
  const filled = rfm.cells.filter(({ accounts }) => accounts > 0);
  expect(filled).toEqual([
    { recency: 4, frequency: 2, accounts: 1, spendMinor: 100n },
    { recency: 4, frequency: 5, accounts: 1, spendMinor: 900n },
    { recency: 2, frequency: 2, accounts: 1, spendMinor: 50n },
  ]);
  expect(rfm.spend.map(({ accounts }) => accounts)).toEqual([0, 1, 0, 1, 1]);
  expect(rfm.accounts).toBe(3);
});

test.each([
  [[], '0 of 0: 0 of 0'],
  [[5], '1 of 1: 5 of 5'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], '1 of 10: 10 of 55'],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], '2 of 11: 21 of 66'],
  [[0, 0, 4], '1 of 1: 4 of 4'],
])('the top tenth of %j', (values, expected) => {
  const { accounts, of, spendMinor, ofMinor } = topTenthOf(
    values.map((value) => account({ yearSpendMinor: BigInt(value) })),
  );
  expect(`${accounts} of ${of}: ${spendMinor} of ${ofMinor}`).toBe(expected);
});

test.each([
  [[], null],
  [[3], '3 3 3'],
  [[4, 1, 3, 2], '1 2 3'],
  [[5, 1, 4, 2, 3], '2 3 4'],
])('the quartiles of %j', (values, expected) => {
  const found = quartilesOf(values.map(BigInt));
  expect(found && `${found.lower} ${found.median} ${found.upper}`).toBe(expected);
});

test('a scale is of round steps, and each figure lies in one of its parts', () => {
  expect(roundScale(12_000n, 1000n)).toEqual([0n, 1000n, 2000n, 5000n, 10_000n]);
  expect(roundScale(5n, 1000n)).toEqual([0n]);
  const buckets = spreadOf([-5n, 0n, 999n, 1000n, 1999n, 99_999n], [0n, 1000n, 2000n]);
  expect(buckets.map(({ accounts }) => accounts)).toEqual([3, 2, 1]);
});

test('a cohort goes on until now, and months in which nobody came back are none', () => {
  const seen = new Map([
    ['2025-12 2025-12', 4],
    ['2025-12 2026-02', 1],
    ['2026-02 2026-02', 3],
  ]);
  expect(cohortsOf(seen, { until: '2026-03' })).toEqual([
    { month: '2025-12', accounts: 4, bought: [4, 0, 1, 0] },
    { month: '2026-02', accounts: 3, bought: [3, 0] },
  ]);
});

test('a typical account is told by those that bought in the year', () => {
  const typical = typicalOf(
    [
      account({ yearOrders: 2n, yearDays: 2n, yearSpendMinor: 300n, intervalHalfDays: 14n }),
      account({ yearOrders: 1n, yearSpendMinor: 101n }),
      account({ yearOrders: 0n, yearDays: 0n, yearSpendMinor: 0n, intervalHalfDays: 60n }),
    ],
    new Map([
      ['Tea', 750n],
      ['', 250n],
      ['Returned', 0n],
    ]),
  );
  expect(typical).toEqual({
    ...{ accounts: 2, meanSpendMinor: 200n, returning: 2 },
    basketMinor: { lower: 101n, median: 101n, upper: 150n },
    yearDays: { lower: 1n, median: 1n, upper: 2n },
    yearSpendMinor: { lower: 101n, median: 101n, upper: 300n },
    intervalHalfDays: { lower: 14n, median: 14n, upper: 60n },
    mix: [
      { category: 'Tea', bps: 7500 },
      { category: '', bps: 2500 },
    ],
  });
});

test.each([
  ['', null],
  ['by=rfm&r=6&f=1', null],
  ['by=rfm&r=5&f=1', { by: 'rfm', recency: 5, frequency: 1 }],
  ['by=fifth&m=3', { by: 'fifth', fifth: 3 }],
  ['by=spend&from=100', { by: 'spend', from: 100n, to: null }],
  ['by=spend&from=-1', null],
  ['by=interval&from=0&to=14', { by: 'interval', from: 0n, to: 14n }],
  ['by=cohort&month=2026-01&in=x', { by: 'cohort', month: '2026-01', in: null }],
  ['by=month&month=2026-13', null],
])('an address that asks for %s', (query, expected) => {
  expect(readNumbered(new URLSearchParams(query))).toEqual(expected);
});

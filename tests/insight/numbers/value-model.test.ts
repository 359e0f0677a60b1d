import fc from 'fast-check';
import { expect, test } from 'vitest';
import { likest } from '../../../functions/insight/numbers/get-typical.ts';
import { type ModelledAccount, valueModelOf } from '../../../functions/insight/numbers/value-model.ts';

/** `years` says of each that is over whether it had a purchase: `101` is the first and the third. */
const account = (years: string, of: Partial<ModelledAccount> = {}): ModelledAccount => ({
  yearSpendMinor: 10_000n,
  yearsOver: years.length,
  boughtYears: [...years].reduce((bits, year, at) => bits | (Number(year) << at), 0),
  overSpendMinor: BigInt([...years].filter((year) => year === '1').length) * 12_000n,
  expectedMinor: null,
  ...of,
});
const many = (count: number, years: string, of: Partial<ModelledAccount> = {}) =>
  Array.from({ length: count }, () => account(years, of));

test('a lifetime is 1 ÷ (1 − kept) years of what is spent in a year with a purchase', () => {
  const { kept, lifetime } = valueModelOf([...many(15, '11'), ...many(5, '10')]);
  expect(kept).toMatchObject({ of: 20, share: { expected: 0.75 } });
  expect(lifetime?.years.expected).toBeCloseTo(4);
  expect(lifetime).toMatchObject({ minor: { expected: 48_000n }, yearMinor: 12_000n });
  const { low = 0n, high = 0n } = lifetime?.minor ?? {};
  expect(low > 29_000n && low < 48_000n && high > 48_000n && high < 80_000n).toBe(true);
});

test('retention counts each year of those whose year is over', () => {
  const { retention } = valueModelOf([...many(6, '101'), ...many(6, '110'), ...many(12, '1'), account('')]);
  expect(retention).toEqual([
    { year: 0, of: 24, bought: 24 },
    { year: 1, of: 12, bought: 6 },
    { year: 2, of: 12, bought: 6 },
  ]);
});

test.each<[string, ModelledAccount[]]>([
  ['nobody', []],
  ['nine accounts', many(9, '11')],
  ['no year that another followed', many(40, '1')],
])('nothing is told of a lifetime from %s', (_what, accounts) => {
  expect(valueModelOf(accounts)).toMatchObject({ kept: null, lifetime: null });
});

test('who all came back have no end that could be told', () => {
  const { kept, lifetime } = valueModelOf(many(20, '111'));
  expect(kept).toMatchObject({ of: 40, share: { expected: 1, high: 1 } });
  expect(lifetime).toBeNull();
});

test('means have ranges of 80 per cent, and are not told of nine', () => {
  const spend = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      account('1', { yearSpendMinor: at % 2 === 0 ? 0n : 2_000n, expectedMinor: 500n }),
    );
  expect(valueModelOf(spend(9))).toMatchObject({ accounts: 9, yearSpendMinor: null, expected: null });
  const told = valueModelOf(spend(100));
  expect(told.yearSpendMinor).toEqual({ expected: 1_000n, low: 871n, high: 1_129n });
  expect(told.expected).toMatchObject({ accounts: 100, minor: { low: 500n, expected: 500n, high: 500n } });
});

test('ranges hold what they are around, and shares stay shares', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^1[01]{0,5}$/), { minLength: 10, maxLength: 60 }), (years) => {
      const { kept, lifetime } = valueModelOf(years.map((one) => account(one)));
      for (const range of [kept?.share, lifetime?.years, lifetime?.minor]) {
        if (range === undefined) continue;
        expect(range.low <= range.expected && range.expected <= range.high).toBe(true);
      }
      if (kept !== null) expect(kept.share.low >= 0 && kept.share.high <= 1).toBe(true);
      if (lifetime !== null) expect(lifetime.years.expected).toBeGreaterThanOrEqual(1);
    }),
  );
});

test('the range of a lifetime holds the true one in about eight of ten samples', () => {
  const draw = randomFrom(7);
  const sampleOf = (accounts: number) =>
    Array.from({ length: accounts }, () => {
      let years = '1';
      while (years.length < 6) years += years.endsWith('1') && draw() < 0.6 ? '1' : '0';
      return account(years);
    });
  const hits = Array.from({ length: 300 }, () => {
    const years = valueModelOf(sampleOf(200)).lifetime?.years;
    return years !== undefined && years.low <= 2.5 && years.high >= 2.5;
  }).filter(Boolean).length;
  expect(hits / 300).toBeGreaterThan(0.72);
  expect(hits / 300).toBeLessThan(0.88);
});

/** A generator of Lehmer's kind, so that the samples stay the same. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

const typical = (accounts: number, returning: number) => ({
  ...{ accounts, returning, basketMinor: null, yearDays: null, yearSpendMinor: null },
  ...{ meanSpendMinor: 0n, intervalHalfDays: null, mix: [] },
});

test.each<[string, [string, number, number][], string | null]>([
  [
    'the smallest that can tell',
    [
      ['a', 40, 30],
      ['b', 12, 10],
      ['c', 9, 9],
    ],
    'b',
  ],
  [
    'the first by id of equal ones',
    [
      ['b', 12, 10],
      ['a', 12, 11],
    ],
    'a',
  ],
  ['none where nobody came back', [['a', 40, 9]], null],
  ['none of none', [], null],
])('stands for an account: %s', (_what, segments, expected) => {
  const told = segments.map(([id, accounts, returning]) => ({ id, typical: typical(accounts, returning) }));
  expect(likest(told)?.id ?? null).toBe(expected);
});

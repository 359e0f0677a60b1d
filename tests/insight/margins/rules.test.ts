import { expect, test } from 'vitest';
import {
  type AppliedMargin,
  knownMarginOf,
  marginAhead,
  marginToCome,
  percentOf,
  readPercent,
} from '../../../functions/insight/margins/margins.ts';

test.each<[string, number | null]>([
  ['35', 3_500],
  ['27.5', 2_750],
  ['27,05', 2_705],
  ['27,5 %', 2_750],
  ['40%', 4_000],
  ['0', 0],
  ['-0', 0],
  ['-5', -500],
  ['−12.5', -1_250],
  ['100', 10_000],
  ['-100', -10_000],
  ['100.01', null],
  ['-100.01', null],
  ['1.234', null],
  ['1.2,3', null],
  ['5-', null],
  ['off', null],
  ['', null],
])('reads the per cent of %j', (text, expected) => {
  expect(readPercent(text)).toBe(expected);
});

test.each<[number, string]>([
  [3_500, '35'],
  [2_750, '27.5'],
  [2_705, '27.05'],
  [10_000, '100'],
  [5, '0.05'],
  [0, '0'],
  [-1_250, '-12.5'],
  [-50, '-0.5'],
])('writes %i as %j, and reads it back', (bps, expected) => {
  expect(percentOf(bps)).toBe(expected);
  expect(readPercent(expected)).toBe(bps);
});

const part = (kind: AppliedMargin['kind'], bps: number | null, spentMinor: bigint): AppliedMargin => ({
  ...{ kind, name: kind === 'rest' || kind === 'none' ? '' : kind, bps, spentMinor },
});

test.each<[string, AppliedMargin[], { minor: bigint; ofMinor: bigint; spentMinor: bigint }]>([
  ['nothing', [], { minor: 0n, ofMinor: 0n, spentMinor: 0n }],
  ['none known', [part('none', null, 500n)], { minor: 0n, ofMinor: 0n, spentMinor: 500n }],
  [
    'each part rounded towards zero',
    [part('category', 3_333, 100n), part('rest', 3_333, 100n)],
    { minor: 66n, ofMinor: 200n, spentMinor: 200n },
  ],
  ['sold at a loss', [part('product', -3_333, 100n)], { minor: -33n, ofMinor: 100n, spentMinor: 100n }],
  [
    'some known',
    [part('category', 4_000, 10_001n), part('none', null, 5_000n)],
    { minor: 4_000n, ofMinor: 10_001n, spentMinor: 15_001n },
  ],
])('what is left: %s', (_what, parts, expected) => {
  expect(knownMarginOf(parts)).toMatchObject(expected);
});

test('parts come by their spend, and those without any are left out', () => {
  const { parts } = knownMarginOf([
    part('rest', 100, 5n),
    part('category', 100, 0n),
    part('product', 100, 9n),
    part('none', null, 5n),
  ]);
  expect(parts.map(({ kind }) => kind)).toEqual(['product', 'none', 'rest']);
});

const ahead = { expectedMinor: 1_000n, lowMinor: 500n, highMinor: 2_000n };

test.each<[string, { minor: bigint; ofMinor: bigint; spentMinor: bigint }, typeof ahead | null]>([
  ['nothing spent', { minor: 0n, ofMinor: 0n, spentMinor: 0n }, null],
  [
    'all known',
    { minor: 40n, ofMinor: 100n, spentMinor: 100n },
    { expectedMinor: 400n, lowMinor: 200n, highMinor: 800n },
  ],
  [
    'half known',
    { minor: 20n, ofMinor: 50n, spentMinor: 100n },
    { expectedMinor: 400n, lowMinor: 200n, highMinor: 800n },
  ],
  ['less than half known', { minor: 20n, ofMinor: 49n, spentMinor: 99n }, null],
  [
    'a loss turns the range around',
    { minor: -10n, ofMinor: 100n, spentMinor: 100n },
    { expectedMinor: -100n, lowMinor: -200n, highMinor: -50n },
  ],
])('what is to come: %s', (_what, known, expected) => {
  expect(marginAhead(ahead, known)).toEqual(expected);
  expect(marginAhead(null, known)).toBeNull();
});

test('what is to come follows the year, or all spend where nothing was spent in it', () => {
  const [old, now] = [knownMarginOf([part('rest', 5_000, 100n)]), knownMarginOf([part('rest', 1_000, 10n)])];
  expect(marginToCome({ toDate: old, year: now }, ahead)?.expectedMinor).toBe(100n);
  expect(marginToCome({ toDate: old, year: knownMarginOf([]) }, ahead)?.expectedMinor).toBe(500n);
});

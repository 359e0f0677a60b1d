import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entitlement, explainEntitlement, nextTarget } from '../../../functions/money/rewards/entitlement.ts';
import type { Scheme } from '../../../functions/money/rewards/types.ts';
import { every, marginal, schemes, steps, whole } from './builders.ts';

describe('entitlement', () => {
  it.each([
    ['every, at 380.00', every, 38_000n, 1_500n],
    ['every, one cent short', every, 9_999n, 0n],
    ['every, exactly reached', every, 10_000n, 500n],
    ['every, nothing spent', every, 0n, 0n],
    ['every, negative', every, -10_000n, 0n],
    ['steps, at 380.00', steps, 38_000n, 2_000n],
    ['steps, one cent short of the first', steps, 9_999n, 0n],
    ['steps, the first reached', steps, 10_000n, 500n],
    ['steps, one cent short of the second', steps, 24_999n, 500n],
    ['steps, the second reached', steps, 25_000n, 2_000n],
    ['whole, at 380.00', whole, 38_000n, 1_900n],
    ['whole, one cent short of the second band', whole, 9_999n, 99n],
    ['whole, the second band reached', whole, 10_000n, 300n],
    ['whole, one cent short of the third', whole, 29_999n, 899n],
    ['whole, the third reached', whole, 30_000n, 1_500n],
    ['whole, negative', whole, -1n, 0n],
    ['marginal, at 380.00', marginal, 38_000n, 1_100n],
    ['marginal, one cent short of the second band', marginal, 9_999n, 99n],
    ['marginal, the second band reached', marginal, 10_000n, 100n],
    ['marginal, floored once: 1.5099 + 0.0003', marginal, 10_033n, 100n],
    ['marginal, at the third band', marginal, 30_000n, 700n],
    ['bands that begin above 0, below them', lateBand('whole'), 4_999n, 0n],
    ['whole from the first start on, on all of it', lateBand('whole'), 5_000n, 500n],
    ['marginal from the first start on, on what is above', lateBand('marginal'), 5_010n, 1n],
    ['the largest spend, without rounding', lateBand('whole'), 10n ** 13n, 10n ** 12n],
  ])('%s', (_name, scheme, spend, expected) => {
    expect(entitlement(scheme, spend)).toBe(expected);
  });

  it('never falls as the spend grows', () => {
    fc.assert(
      fc.property(anyScheme(), spends, spends, (scheme, a, b) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(entitlement(scheme, low) <= entitlement(scheme, high)).toBe(true);
      }),
    );
  });

  it('is the sum of its parts', () => {
    fc.assert(
      fc.property(anyScheme(), spends, (scheme, spend) => {
        const parts = explainEntitlement(scheme, spend);
        expect(parts.reduce((sum, part) => sum + part.amount, 0n)).toBe(entitlement(scheme, spend));
        expect(parts.every((part) => part.amount >= 0n)).toBe(true);
      }),
    );
  });
});

it('explains marginal bands by their widths', () => {
  expect(explainEntitlement(marginal, 38_000n)).toEqual([
    { kind: 'marginal_band', from: 0n, to: 10_000n, bps: 100, width: 10_000n, amount: 100n },
    { kind: 'marginal_band', from: 10_000n, to: 30_000n, bps: 300, width: 20_000n, amount: 600n },
    { kind: 'marginal_band', from: 30_000n, to: null, bps: 500, width: 8_000n, amount: 400n },
  ]);
});

describe('the next target', () => {
  const flat: Scheme = {
    kind: 'bands',
    mode: 'whole',
    bands: [
      { from: 0n, bps: 100 },
      { from: 100n, bps: 100 },
      { from: 1_000n, bps: 200 },
    ],
  };

  it.each([
    ['every, from nothing', every, 0n, { spend: 10_000n, missing: 10_000n, pays: 500n }],
    ['every, from below nothing', every, -700n, { spend: 10_000n, missing: 10_000n, pays: 500n }],
    ['every, just reached', every, 20_000n, { spend: 30_000n, missing: 10_000n, pays: 500n }],
    ['steps, between', steps, 18_000n, { spend: 25_000n, missing: 7_000n, pays: 1_500n }],
    ['steps, all reached', steps, 25_000n, null],
    ['whole: 3.00 at 100.00 less 0.50 now', whole, 5_000n, { spend: 10_000n, missing: 5_000n, pays: 250n }],
    ['whole, in the highest band', whole, 30_000n, null],
    [
      'marginal: 1.00 at 100.00 less 0.50 now',
      marginal,
      5_000n,
      { spend: 10_000n, missing: 5_000n, pays: 50n },
    ],
    ['a band of the same per cent is no target', flat, 50n, { spend: 1_000n, missing: 950n, pays: 20n }],
  ])('%s', (_name, scheme, spend, expected) => {
    expect(nextTarget(scheme, spend)).toEqual(expected);
  });
});

const spends = fc.bigInt({ min: -1_000n, max: 10n ** 7n });

function lateBand(mode: 'whole' | 'marginal'): Scheme {
  return { kind: 'bands', mode, bands: [{ from: 5_000n, bps: 1_000 }] };
}

function anyScheme(): fc.Arbitrary<Scheme> {
  const starts = fc.uniqueArray(fc.bigInt({ min: 0n, max: 10n ** 6n }), { minLength: 1, maxLength: 6 });
  const bands = fc
    .tuple(starts, fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 6, maxLength: 6 }))
    .map(([from, bps]) => {
      const rising = bps.toSorted((a, b) => a - b);
      return from
        .toSorted((a, b) => (a < b ? -1 : 1))
        .map((start, index) => ({ from: start, bps: rising[index] ?? 1 }));
    });
  return fc.oneof(
    fc.constantFrom(...Object.values(schemes)),
    fc.record({
      kind: fc.constant('bands' as const),
      mode: fc.constantFrom('whole' as const, 'marginal' as const),
      bands,
    }),
  );
}

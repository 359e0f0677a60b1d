import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EntryFacts, explainEntry, explainShare } from '../../../functions/money/rewards/explain.ts';
import { explanationText } from '../../../functions/money/rewards/explanation-text.ts';
import type { Scheme } from '../../../functions/money/rewards/types.ts';
import { aRule, every, marginal, schemes, steps, whole } from './builders.ts';

function facts(parts: Partial<EntryFacts>): EntryFacts {
  return { kind: 'earn', amount: 0n, spendAfter: null, cause: null, ...parts };
}

describe('why an entry has its amount', () => {
  const rows: [string, Scheme, Partial<EntryFacts>, [string, bigint][]][] = [
    [
      'every: the third reward',
      every,
      { amount: 500n, spendAfter: 38_000n },
      [
        ['3 times 5.00 EUR, one for each 100.00 EUR of 380.00 EUR spent', 1_500n],
        ['Less what this rule had paid before for the same period', -1_000n],
      ],
    ],
    [
      'steps: both at once',
      steps,
      { amount: 2_000n, spendAfter: 38_000n },
      [
        ['Reward for reaching 100.00 EUR with 380.00 EUR spent', 500n],
        ['Reward for reaching 250.00 EUR with 380.00 EUR spent', 1_500n],
      ],
    ],
    ['whole', whole, { amount: 1_900n, spendAfter: 38_000n }, [['5 % of 380.00 EUR spent', 1_900n]]],
    [
      'marginal',
      marginal,
      { amount: 1_100n, spendAfter: 38_000n },
      [
        ['1 % of the 100.00 EUR spent above 0.00 EUR', 100n],
        ['3 % of the 200.00 EUR spent above 100.00 EUR', 600n],
        ['5 % of the 80.00 EUR spent above 300.00 EUR', 400n],
      ],
    ],
    [
      'a return that takes all',
      every,
      { kind: 'clawback', amount: -500n, spendAfter: 9_999n },
      [['Less what this rule had paid before for the same period', -500n]],
    ],
    ['a redemption', every, { kind: 'redeem', amount: -700n }, [['Spent', -700n]]],
    [
      'an adjustment',
      every,
      { kind: 'adjust', amount: 100n, cause: 'late parcel' },
      [['Corrected by the business: late parcel', 100n]],
    ],
  ];

  it.each(rows)('%s', (_name, scheme, entry, expected) => {
    const lines = explainEntry(facts(entry), aRule({ scheme }));
    expect(lines.map((line) => [explanationText(line, { currency: 'EUR' }), line.amount])).toEqual(expected);
  });

  it('adds up to the amount, whatever was paid before', () => {
    const amounts = fc.bigInt({ min: -(10n ** 6n), max: 10n ** 6n }).filter((amount) => amount !== 0n);
    const spends = fc.bigInt({ min: 0n, max: 10n ** 7n });
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(schemes)),
        amounts,
        spends,
        (scheme, amount, spendAfter) => {
          const lines = explainEntry(
            facts({ kind: amount > 0n ? 'earn' : 'clawback', amount, spendAfter }),
            aRule({ scheme }),
          );
          expect(lines.reduce((sum, line) => sum + line.amount, 0n)).toBe(amount);
        },
      ),
    );
  });
});

it('explains what one order adds on top of the orders before', () => {
  expect(explainShare(every, 15_000n, 10_000n).map(({ code, amount }) => [code, amount])).toEqual([
    ['every', 1_000n],
    ['orders_before', -500n],
  ]);
  expect(explainShare(every, 0n, 9_999n)).toEqual([]);
});

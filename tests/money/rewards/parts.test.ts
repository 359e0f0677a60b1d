import { expect, test } from 'vitest';
import {
  type EntitlementPart,
  entitlement,
  explainEntitlement,
  nextTarget,
  reachedTarget,
} from '../../../functions/money/rewards/entitlement.ts';
import {
  type EntryFacts,
  type ExplanationLine,
  explainEntry,
  explainShare,
} from '../../../functions/money/rewards/explain.ts';
import { explanationText } from '../../../functions/money/rewards/explanation-text.ts';
import { ruleNameIn } from '../../../functions/money/rewards/rule-name.ts';
import type { Scheme } from '../../../functions/money/rewards/types.ts';
import { every, marginal, steps, whole } from './builders.ts';

/** Nothing below 50.00. */
const late: Scheme = { kind: 'bands', mode: 'whole', bands: [{ from: 5_000n, bps: 1_000 }] };

test.each<[string, Scheme, bigint, bigint]>([
  ['every: nothing spent', every, 0n, 0n],
  ['every: below nothing', every, -10_000n, 0n],
  ['every: a cent short of the first', every, 9_999n, 0n],
  ['every: the first', every, 10_000n, 10_000n],
  ['every: between the third and the fourth', every, 38_000n, 30_000n],
  ['steps: a cent short of the first', steps, 9_999n, 0n],
  ['steps: the first', steps, 10_000n, 10_000n],
  ['steps: a cent short of the second', steps, 24_999n, 10_000n],
  ['steps: the last', steps, 99_999n, 25_000n],
  ['bands: the first, from nothing on', whole, 9_999n, 0n],
  ['bands: the second', whole, 10_000n, 10_000n],
  ['bands: the last', marginal, 38_000n, 30_000n],
  ['bands: before the first', late, 4_999n, 0n],
  ['bands: the first of them', late, 5_000n, 5_000n],
])('the target reached: %s', (_name, scheme, spend, expected) => {
  expect(reachedTarget(scheme, spend)).toBe(expected);
});

test.each<[string, Scheme, bigint, EntitlementPart[]]>([
  ['nothing of nothing', every, 0n, []],
  ['nothing of less than nothing', every, -20_000n, []],
  ['nothing below the first target', every, 9_999n, []],
  [
    'every target reached, as one',
    every,
    38_000n,
    [{ kind: 'every', times: 3n, spend: 10_000n, back: 500n, amount: 1_500n }],
  ],
  ['no step below the first', steps, 9_999n, []],
  ['the first step, just reached', steps, 10_000n, [{ kind: 'step', spend: 10_000n, amount: 500n }]],
  [
    'each step that was reached',
    steps,
    25_000n,
    [
      { kind: 'step', spend: 10_000n, amount: 500n },
      { kind: 'step', spend: 25_000n, amount: 1_500n },
    ],
  ],
  ['steps of less than nothing', steps, -1n, []],
  [
    'one band on all of it',
    whole,
    38_000n,
    [{ kind: 'whole_band', from: 30_000n, bps: 500, spend: 38_000n, amount: 1_900n }],
  ],
  ['no band of nothing', whole, 0n, []],
  ['no band before the first', late, 4_999n, []],
  [
    'a band at its beginning',
    late,
    5_000n,
    [{ kind: 'whole_band', from: 5_000n, bps: 1_000, spend: 5_000n, amount: 500n }],
  ],
  [
    'by width, a band that is just full and none that is empty',
    marginal,
    10_000n,
    [{ kind: 'marginal_band', from: 0n, to: 10_000n, bps: 100, width: 10_000n, amount: 100n }],
  ],
  [
    'by width, cut off cumulatively: 0.99 and 0.01 make 1.00',
    {
      kind: 'bands',
      mode: 'marginal',
      bands: [
        { from: 0n, bps: 100 },
        { from: 9_999n, bps: 200 },
      ],
    },
    10_000n,
    [
      { kind: 'marginal_band', from: 0n, to: 9_999n, bps: 100, width: 9_999n, amount: 99n },
      { kind: 'marginal_band', from: 9_999n, to: null, bps: 200, width: 1n, amount: 1n },
    ],
  ],
])('the parts of what is owed: %s', (_name, scheme, spend, expected) => {
  expect(explainEntitlement(scheme, spend)).toEqual(expected);
  expect(entitlement(scheme, spend)).toBe(expected.reduce((sum, { amount }) => sum + amount, 0n));
});

test('before the first band it is the target', () => {
  expect(nextTarget(late, 0n)).toEqual({ spend: 5_000n, missing: 5_000n, pays: 500n });
  expect(nextTarget(late, 4_999n)).toEqual({ spend: 5_000n, missing: 1n, pays: 500n });
});

test.each<[string, EntryFacts, Scheme | null, ExplanationLine[]]>([
  [
    'an earning: what is owed, less what had been paid',
    { kind: 'earn', amount: 500n, spendAfter: 20_000n, cause: null },
    every,
    [
      { code: 'every', params: { times: 2n, spend: 10_000n, back: 500n, total: 20_000n }, amount: 1_000n },
      { code: 'already_paid', params: { total: 20_000n }, amount: -500n },
    ],
  ],
  [
    'a taking back names what came back',
    { kind: 'clawback', amount: -500n, spendAfter: 9_999n, cause: null, returned: 'Mug' },
    every,
    [{ code: 'already_paid', params: { total: 9_999n, returned: 'Mug' }, amount: -500n }],
  ],
  [
    'an earning from before spend was kept',
    { kind: 'earn', amount: 500n, spendAfter: null, cause: null },
    every,
    [{ code: 'earn', params: {}, amount: 500n }],
  ],
  [
    'an earning of a rule that is gone',
    { kind: 'earn', amount: 500n, spendAfter: 10_000n, cause: null },
    null,
    [{ code: 'earn', params: {}, amount: 500n }],
  ],
  [
    'a bonus, which is no rule’s',
    { kind: 'bonus', amount: 500n, spendAfter: 10_000n, cause: 'survey' },
    every,
    [{ code: 'bonus', params: { cause: 'survey' }, amount: 500n }],
  ],
  [
    'a band on all of it',
    { kind: 'earn', amount: 1_900n, spendAfter: 38_000n, cause: null },
    whole,
    [{ code: 'whole_band', params: { from: 30_000n, percent: '5', total: 38_000n }, amount: 1_900n }],
  ],
  [
    'bands by width, of which the last has no end',
    { kind: 'earn', amount: 1_100n, spendAfter: 38_000n, cause: null },
    marginal,
    [
      {
        code: 'marginal_band',
        params: { from: 0n, to: 10_000n, percent: '1', width: 10_000n, total: 38_000n },
        amount: 100n,
      },
      {
        code: 'marginal_band',
        params: { from: 10_000n, to: 30_000n, percent: '3', width: 20_000n, total: 38_000n },
        amount: 600n,
      },
      {
        code: 'marginal_band',
        params: { from: 30_000n, percent: '5', width: 8_000n, total: 38_000n },
        amount: 400n,
      },
    ],
  ],
  [
    'a step',
    { kind: 'earn', amount: 500n, spendAfter: 10_000n, cause: null },
    steps,
    [{ code: 'step', params: { spend: 10_000n, total: 10_000n }, amount: 500n }],
  ],
])('the lines of %s', (_name, entry, scheme, expected) => {
  expect(explainEntry(entry, scheme === null ? null : { scheme })).toStrictEqual(expected);
});

test('the lines of one order say what the orders before had earned', () => {
  expect(explainShare(every, 15_000n, 10_000n)).toEqual([
    { code: 'every', params: { times: 2n, spend: 10_000n, back: 500n, total: 25_000n }, amount: 1_000n },
    { code: 'orders_before', params: { total: 15_000n }, amount: -500n },
  ]);
});

test.each<[ExplanationLine, string]>([
  [
    { code: 'orders_before', params: { total: 15_000n }, amount: -500n },
    'Less what the orders before had earned with 150.00 EUR spent',
  ],
  [
    { code: 'already_paid', params: { returned: 'Mug' }, amount: -500n },
    'Less what this rule had paid before the return of Mug',
  ],
  [
    { code: 'already_paid', params: {}, amount: -500n },
    'Less what this rule had paid before for the same period',
  ],
  [{ code: 'step', params: {}, amount: 500n }, 'Reward for reaching  with  spent'],
  [{ code: 'forgive', params: {}, amount: 500n }, 'Debt after a return, forgiven'],
])('in words: %o', (line, expected) => {
  expect(explanationText(line, { currency: 'EUR' })).toBe(expected);
});

test.each<[string, Parameters<typeof ruleNameIn>[0], string, string]>([
  ['one name in all languages', 'Money back', 'uk', 'Money back'],
  ['the name in that language', { en: 'Money back', uk: 'Повернення' }, 'uk', 'Повернення'],
  ['the first where there is none in it', { en: 'Money back', uk: 'Повернення' }, 'de', 'Money back'],
  ['nothing where there is none at all', {}, 'de', ''],
])('a rule is called by %s', (_name, name, language, expected) => {
  expect(ruleNameIn(name, language)).toBe(expected);
});

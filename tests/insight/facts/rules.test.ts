import { expect, test } from 'vitest';
import { groupOf, premiumCount } from '../../../functions/insight/facts/group.ts';
import { intervalOf, meanInterval } from '../../../functions/insight/facts/interval.ts';
import { levelOf, type PraiseDays } from '../../../functions/insight/facts/level.ts';
import { shapeOf } from '../../../functions/insight/facts/shape.ts';

const today = '2026-03-01';
const unpraised: PraiseDays = { friend: null, quote: null, recommendation: null };

test.each([
  ['no order', 0, {}, null],
  ['no order but praise', 0, { quote: today }, null],
  ['one order', 1, {}, 'first'],
  ['two orders', 2, {}, 'repeat'],
  ['one order and praise of today', 1, { friend: today }, 'advocate friend'],
  ['praise on the first of 365 days', 2, { recommendation: '2025-03-02' }, 'advocate recommendation'],
  ['praise on the day before them', 2, { recommendation: '2025-03-01' }, 'repeat'],
  [
    'all three, one too old',
    5,
    { friend: today, quote: '2024-01-01', recommendation: today },
    'advocate friend recommendation',
  ],
])('the level of an account with %s', (_what, orderCount, praised, expected) => {
  const found = levelOf({ orderCount, praised: { ...unpraised, ...praised } }, today);
  expect(found && [found.level, ...found.praises].join(' ')).toBe(expected);
});

test.each([
  ['nothing', {}, 500n, 'enquirer null'],
  ['an order', { orderCount: 1, purchaseDays: 1 }, 500n, 'buyer null'],
  ['the club and no order', { isInClub: true }, 500n, 'premium club'],
  [
    'enough spend on three days',
    { orderCount: 3, purchaseDays: 3, yearSpendMinor: 500n },
    500n,
    'premium spend',
  ],
  ['enough spend on two days', { orderCount: 3, purchaseDays: 2, yearSpendMinor: 500n }, 500n, 'buyer null'],
  ['a cent too little', { orderCount: 3, purchaseDays: 3, yearSpendMinor: 499n }, 500n, 'buyer null'],
  ['nobody premium by spend', { orderCount: 3, purchaseDays: 3, yearSpendMinor: 500n }, null, 'buyer null'],
])('the group of an account with %s', (_what, inputs, premiumFrom, expected) => {
  const nothing = { isInClub: false, orderCount: 0, purchaseDays: 0, yearSpendMinor: 0n };
  const { group, by } = groupOf({ ...nothing, ...inputs }, premiumFrom);
  expect(`${group} ${by}`).toBe(expected);
});

test.each([
  [0, 20, 0],
  [1, 20, 1],
  [5, 20, 1],
  [6, 20, 2],
  [10, 100, 10],
  [10, 0, 0],
])('of %i accounts and a share of %i %% the highest are %i', (accounts, share, expected) => {
  expect(premiumCount(accounts, share)).toBe(expected);
});

test.each([
  [3, 2, 1, 'pyramid'],
  [2, 2, 1, 'pyramid'],
  [3, 1, 1, 'pyramid'],
  [2, 2, 2, 'other'],
  [0, 0, 0, 'other'],
  [3, 1, 2, 'hourglass'],
  [2, 3, 1, 'hexagon'],
  [2, 3, 3, 'other'],
  [1, 2, 3, 'other'],
])('%i first, %i repeat, %i advocates are a shape', (first, repeat, advocate, shape) => {
  expect(shapeOf({ first, repeat, advocate })).toBe(shape);
});

const inJanuary = (...days: number[]) => days.map((day) => `2026-01-${String(day).padStart(2, '0')}`);

test.each([
  ['no day', [], null],
  ['one day', inJanuary(1), null],
  ['two days', inJanuary(1, 8), '14 7 7'],
  ['in another order', inJanuary(8, 1), '14 7 7'],
  ['an even number of intervals', inJanuary(1, 2, 5), '4 1 3'],
  ['an odd number of intervals', inJanuary(1, 2, 5, 15), '6 1 10'],
  ['four intervals', inJanuary(1, 2, 4, 8, 16), '6 1 4'],
  ['five intervals', inJanuary(1, 2, 4, 7, 11, 16), '6 2 4'],
  ['a month between', ['2024-02-28', '2024-03-01'], '4 2 2'],
])('the interval of %s', (_what, days, expected) => {
  const own = intervalOf(days);
  expect(own && `${own.halfDays} ${own.lowerDays} ${own.upperDays}`).toBe(expected);
});

test.each([
  [1, '2026-01-01', '2026-01-01', 0],
  [2, '2026-01-01', '2026-01-08', 7],
  [4, '2026-01-01', '2026-01-11', 10 / 3],
])('the mean interval of %i days from %s to %s', (purchaseDays, firstOn, lastOn, mean) => {
  expect(meanInterval({ purchaseDays, firstOn, lastOn })).toBe(mean);
});

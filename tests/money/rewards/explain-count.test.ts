import { expect, test } from 'vitest';
import { type CountExplanation, explainCount } from '../../../functions/money/rewards/count.ts';
import type { OrderFacts, Rule } from '../../../functions/money/rewards/types.ts';
import { anOrder, aProgramme, aStanding, aVersion } from './builders.ts';

const noon = Date.parse('2026-03-01T12:00:00Z');
const counts = { shipping: true, tax: true, vouchers: false };

function explained(
  order: OrderFacts,
  rule: Partial<Omit<Rule, 'counts'>> = {},
): CountExplanation | undefined {
  const programme = aProgramme([aVersion(3, { ...rule, counts: { ...counts, excludeSkus: ['TV'] } })]);
  return explainCount(order, programme, aStanding())[0];
}

test.each<[string, Parameters<typeof anOrder>[0], [line: string, counted: bigint][]]>([
  ['goods alone, where shipping and tax are nothing', {}, [['1', 10_000n]]],
  [
    'shipping, tax and what a voucher paid, each by itself',
    { shipping: 450n, tax: 100n, voucherPaid: 2_000n },
    [
      ['1', 10_000n],
      ['shipping', 450n],
      ['tax', 100n],
      ['voucher', -2_000n],
    ],
  ],
  [
    'a voucher of no more than what counts',
    { voucherPaid: 99_999n },
    [
      ['1', 10_000n],
      ['voucher', -10_000n],
    ],
  ],
  [
    'shipping beside one line that counts and one that does not',
    { shipping: 450n, lines: [{ sku: 'TV' }, {}] },
    [
      ['1', 0n],
      ['2', 10_000n],
      ['shipping', 450n],
    ],
  ],
  [
    'no shipping where no line counts',
    { shipping: 450n, voucherPaid: 1n, lines: [{ sku: 'TV' }] },
    [['1', 0n]],
  ],
])('what an order counts, line by line: %s', (_name, order, expected) => {
  const found = explained(anOrder(order));
  expect(found?.lines.map(({ lineId, counted }) => [lineId, counted])).toEqual(expected);
  expect(found?.counted).toBe(expected.reduce((sum, [, counted]) => sum + counted, 0n));
});

test('it says under which version, in which period, and when it settles', () => {
  expect(explained(anOrder(), { period: 'month', settleAfterDays: 14 })).toMatchObject({
    ...{ ruleId: 'back', version: 3, isForOthers: false },
    period: { start: '2026-03-01', end: '2026-04-01' },
    settlesAt: Date.parse('2026-03-15T12:00:00Z'),
  });
  expect(explained(anOrder({ deliveredAt: null }))).toMatchObject({ version: 3, settlesAt: null });
});

test('an order outside the days of a rule has no version and no period', () => {
  expect(explained(anOrder({ placedAt: noon }), { from: '2026-03-02' })).toEqual({
    ...{ ruleId: 'back', version: null, period: null, counted: 0n, settlesAt: null, isForOthers: false },
    lines: [{ lineId: '1', counted: 0n, reason: 'outside_dates' }],
  });
});

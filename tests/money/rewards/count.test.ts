import { describe, expect, it } from 'vitest';
import { countedOf, explainCount } from '../../../functions/money/rewards/count.ts';
import type { OrderFacts, Rule, Standing } from '../../../functions/money/rewards/types.ts';
import { anOrder, aProgramme, aStanding, aVersion } from './builders.ts';

const noon = Date.parse('2026-03-01T12:00:00Z');
const goods = { total: 10_000n, discount: 500n, refunded: 1_500n };

type Case = [
  name: string,
  order: OrderFacts,
  counts: Partial<Rule['counts']>,
  counted: bigint,
  lines: unknown[],
];

const cases: Case[] = [
  ['total less discount less refunds', anOrder({ lines: [goods] }), {}, 8_000n, [['1', 8_000n, null]]],
  [
    'a line refunded in full counts nothing and is not left out',
    anOrder({ lines: [{ refunded: 10_000n }] }),
    {},
    0n,
    [['1', 0n, null]],
  ],
  [
    'shipping and tax are left alone',
    anOrder({ shipping: 700n, tax: 300n }),
    {},
    10_000n,
    [['1', 10_000n, null]],
  ],
  [
    'unless the rule counts them',
    anOrder({ shipping: 700n, tax: 300n }),
    { shipping: true, tax: true },
    11_000n,
    [
      ['1', 10_000n, null],
      ['shipping', 700n, null],
      ['tax', 300n, null],
    ],
  ],
  [
    'but never without a line that counts',
    anOrder({ shipping: 700n, lines: [{ isGiftCard: true }] }),
    { shipping: true },
    0n,
    [['1', 0n, 'gift_card']],
  ],
  [
    'what a voucher paid counts like money',
    anOrder({ voucherPaid: 2_000n }),
    {},
    10_000n,
    [['1', 10_000n, null]],
  ],
  [
    'unless the rule says otherwise',
    anOrder({ voucherPaid: 2_000n }),
    { vouchers: false },
    8_000n,
    [
      ['1', 10_000n, null],
      ['voucher', -2_000n, null],
    ],
  ],
  [
    'a voucher takes no more than what counts',
    anOrder({ voucherPaid: 12_000n }),
    { vouchers: false },
    0n,
    [
      ['1', 10_000n, null],
      ['voucher', -10_000n, null],
    ],
  ],
  [
    'excluded categories, in any case and spacing',
    anOrder({ lines: [{ category: ' Gift CARDS ' }, { category: 'Music' }, {}] }),
    { excludeCategories: ['gift cards'] },
    20_000n,
    [
      ['1', 0n, 'excluded_category'],
      ['2', 10_000n, null],
      ['3', 10_000n, null],
    ],
  ],
  [
    'excluded SKUs',
    anOrder({ lines: [{ sku: 'cd-1' }, { sku: 'CD-11' }] }),
    { excludeSkus: ['CD-1'] },
    10_000n,
    [
      ['1', 0n, 'excluded_sku'],
      ['2', 10_000n, null],
    ],
  ],
  [
    'the first reason is the one told',
    anOrder({
      lines: [
        { isGiftCard: true, category: 'X', sku: 'Y' },
        { category: 'X', sku: 'Y' },
      ],
    }),
    { excludeCategories: ['x'], excludeSkus: ['y'] },
    0n,
    [
      ['1', 0n, 'gift_card'],
      ['2', 0n, 'excluded_category'],
    ],
  ],
  [
    'cancelled comes before everything',
    anOrder({ isCancelled: true, isHeld: true, currency: 'USD', lines: [{ isGiftCard: true }] }),
    {},
    0n,
    [['1', 0n, 'cancelled']],
  ],
  ['held before currency', anOrder({ isHeld: true, currency: 'USD' }), {}, 0n, [['1', 0n, 'on_hold']]],
  ['another currency', anOrder({ currency: 'USD' }), {}, 0n, [['1', 0n, 'other_currency']]],
  [
    'before the first day, before gift cards',
    anOrder({ placedAt: Date.parse('1999-12-31T21:59:59Z'), lines: [{ isGiftCard: true }] }),
    {},
    0n,
    [['1', 0n, 'outside_dates']],
  ],
];

describe('what an order counts', () => {
  it.each(cases)('%s', (_name, order, counts, counted, lines) => {
    const programme = aProgramme([aVersion(1, { counts })]);
    const [explained] = explainCount(order, programme, aStanding());
    expect(explained?.lines.map((line) => [line.lineId, line.counted, line.reason])).toEqual(lines);
    expect(explained?.counted).toBe(counted);
    expect(countedOf(order, programme, aStanding()).map((row) => row.counted)).toEqual(
      counted === 0n ? [] : [counted],
    );
  });
});

it('counts for every rule, in its own period, in the programme’s order', () => {
  const programme = aProgramme([
    aVersion(1, { id: 'b', period: 'month' }),
    aVersion(1, { id: 'a', period: 'year', counts: { excludeCategories: ['Tea'] } }),
  ]);
  const order = anOrder({ lines: [{ category: 'Tea', total: 300n }, { total: 200n }] });
  expect(countedOf(order, programme, aStanding())).toEqual([
    {
      ruleId: 'b',
      version: 1,
      period: { start: '2026-03-01', end: '2026-04-01' },
      counted: 500n,
      settlesAt: noon,
    },
    {
      ruleId: 'a',
      version: 1,
      period: { start: '2026-01-01', end: '2027-01-01' },
      counted: 200n,
      settlesAt: noon,
    },
  ]);
});

it('counts an order near midnight in the business’s month', () => {
  const programme = aProgramme([aVersion(1, { period: 'month' })]);
  const startOf = (placedAt: string) =>
    countedOf(anOrder({ placedAt: Date.parse(placedAt) }), programme, aStanding())[0]?.period.start;
  expect(startOf('2026-03-31T20:59:59.999Z')).toBe('2026-03-01');
  expect(startOf('2026-03-31T21:00:00Z')).toBe('2026-04-01');
});

it('settles when the waiting days after delivery are over', () => {
  const programme = aProgramme([aVersion(1, { settleAfterDays: 14 })]);
  const settlesAt = (deliveredAt: number | null) =>
    countedOf(anOrder({ deliveredAt }), programme, aStanding())[0]?.settlesAt;
  expect(settlesAt(null)).toBeNull();
  expect(settlesAt(Date.parse('2026-03-20T10:00:00Z'))).toBe(Date.parse('2026-04-03T09:00:00Z'));
});

describe('a rule for the club', () => {
  const programme = aProgramme([
    aVersion(1, { id: 'all' }),
    aVersion(1, { id: 'extra', audience: 'club' }),
    aVersion(2, { id: 'extra', audience: 'everyone', from: '2026-06-01', period: 'month' }),
  ]);
  const [order] = [anOrder({ lines: [{}, { isGiftCard: true }] })];
  const counted = (club: Standing['club']) =>
    countedOf(order, programme, aStanding({ club })).map(({ ruleId }) => ruleId);

  const spans: [name: string, club: Standing['club'], isCounted: boolean][] = [
    ['never in the club', [], false],
    ['in it since that moment', [{ since: noon, until: null }], true],
    ['in it since later', [{ since: noon + 1, until: null }], false],
    ['in it until that moment', [{ since: 0, until: noon }], false],
    ['in it until later', [{ since: 0, until: noon + 1 }], true],
    [
      'between two times',
      [
        { since: 0, until: 5 },
        { since: noon + 1, until: null },
      ],
      false,
    ],
    [
      'within the second of two',
      [
        { since: 0, until: 5 },
        { since: noon, until: noon + 1 },
      ],
      true,
    ],
    ['in it for no time at all', [{ since: noon, until: noon }], false],
  ];
  it.each(spans)('%s', (_name, club, isCounted) => {
    expect(counted(club)).toEqual(isCounted ? ['all', 'extra'] : ['all']);
    const [, extra] = explainCount(order, programme, aStanding({ club }));
    expect(extra?.lines.map(({ reason }) => reason)).toEqual(
      isCounted ? [null, 'gift_card'] : ['other_audience', 'other_audience'],
    );
  });

  it('names what comes before it', () => {
    const [, extra] = explainCount(anOrder({ isHeld: true }), programme, aStanding());
    expect(extra?.lines.map(({ reason }) => reason)).toEqual(['on_hold']);
  });

  it('counts everyone under the version that is for everyone', () => {
    const july = anOrder({ placedAt: Date.parse('2026-07-01T12:00:00Z') });
    expect(countedOf(july, programme, aStanding()).map(({ version }) => version)).toEqual([1, 2]);
  });
});

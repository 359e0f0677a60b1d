import { expect, test } from 'vitest';
import { pendingOf, type SettledRow, settle, type Total } from '../../../functions/money/rewards/settle.ts';
import type { Counted } from '../../../functions/money/rewards/types.ts';
import { aProgramme, aVersion, steps } from './builders.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const day = 86_400_000;
const order = { id: 'o', source: 'till', number: 'A-1' };

/** 5.00 for every 100.00, by the month. */
const programme = aProgramme([
  aVersion(1, { period: 'month' }),
  aVersion(2, { period: 'month', from: '2026-02-01' }),
]);

/** What an order of March counts; settled a day ago. */
function aRow(counted: bigint, parts: Partial<SettledRow> = {}): SettledRow {
  const period = { start: '2026-03-01', end: '2026-04-01' };
  return { ruleId: 'back', version: 1, period, counted, settlesAt: now - day, isSettled: true, ...parts };
}

const nothing: Total = { spend: 0n, settled: 0n, posted: 0n };
const april = { period: { start: '2026-04-01', end: '2026-05-01' } };

interface Case {
  total?: Total;
  before?: SettledRow[];
  after?: Counted[];
  posts?: [kind: string, amount: bigint, spendAfter: bigint, at: number][];
  becomes?: Total | null;
}

test.each<[string, Case]>([
  [
    'a target reached at once pays when the order settled',
    {
      after: [aRow(10_000n)],
      posts: [['earn', 500n, 10_000n, now - day]],
      becomes: { spend: 10_000n, settled: 10_000n, posted: 500n },
    },
  ],
  [
    'a cent short of it pays nothing, and is counted',
    { after: [aRow(9_999n)], becomes: { spend: 9_999n, settled: 9_999n, posted: 0n } },
  ],
  [
    'the order that reaches it pays, on top of others',
    {
      total: { spend: 9_999n, settled: 9_999n, posted: 0n },
      after: [aRow(1n)],
      posts: [['earn', 500n, 10_000n, now - day]],
      becomes: { spend: 10_000n, settled: 10_000n, posted: 500n },
    },
  ],
  [
    'what settles now is settled',
    {
      after: [aRow(10_000n, { settlesAt: now })],
      posts: [['earn', 500n, 10_000n, now]],
      becomes: { spend: 10_000n, settled: 10_000n, posted: 500n },
    },
  ],
  [
    'what settles a moment later waits',
    { after: [aRow(10_000n, { settlesAt: now + 1 })], becomes: { spend: 10_000n, settled: 0n, posted: 0n } },
  ],
  [
    'what is not delivered waits',
    { after: [aRow(10_000n, { settlesAt: null })], becomes: { spend: 10_000n, settled: 0n, posted: 0n } },
  ],
  [
    'what waited pays once its days are over',
    {
      total: { spend: 10_000n, settled: 0n, posted: 0n },
      before: [aRow(10_000n, { isSettled: false })],
      after: [aRow(10_000n)],
      posts: [['earn', 500n, 10_000n, now - day]],
      becomes: { spend: 10_000n, settled: 10_000n, posted: 500n },
    },
  ],
  [
    'a return of what still waits takes nothing back',
    {
      total: { spend: 20_000n, settled: 10_000n, posted: 500n },
      before: [aRow(10_000n, { isSettled: false, settlesAt: null })],
      after: [],
      becomes: { spend: 10_000n, settled: 10_000n, posted: 500n },
    },
  ],
  [
    'a return below a target takes back what it paid, dated by the return',
    {
      total: { spend: 20_000n, settled: 20_000n, posted: 1_000n },
      before: [aRow(20_000n)],
      after: [aRow(19_999n)],
      posts: [['clawback', -500n, 19_999n, now]],
      becomes: { spend: 19_999n, settled: 19_999n, posted: 500n },
    },
  ],
  [
    'a return that leaves every target reached takes nothing back',
    {
      total: { spend: 20_001n, settled: 20_001n, posted: 1_000n },
      before: [aRow(20_001n)],
      after: [aRow(20_000n)],
      becomes: { spend: 20_000n, settled: 20_000n, posted: 1_000n },
    },
  ],
  [
    'a cancelled order takes back all that it paid',
    {
      total: { spend: 10_000n, settled: 10_000n, posted: 500n },
      before: [aRow(10_000n)],
      posts: [['clawback', -500n, 0n, now]],
      becomes: nothing,
    },
  ],
  [
    'what was posted otherwise is put right, though the spend stays',
    {
      total: { spend: 10_000n, settled: 10_000n, posted: 0n },
      before: [aRow(10_000n)],
      after: [aRow(10_000n)],
      posts: [['earn', 500n, 10_000n, now - day]],
      becomes: { spend: 10_000n, settled: 10_000n, posted: 500n },
    },
  ],
  [
    'an order that did not change moves nothing',
    {
      total: { spend: 10_000n, settled: 10_000n, posted: 500n },
      before: [aRow(10_000n)],
      after: [aRow(10_000n)],
      becomes: null,
    },
  ],
])('settling: %s', (_name, { total = nothing, before = [], after = [], posts = [], becomes = null }) => {
  const settlement = settle({
    programme,
    totals: new Map([['back@1/2026-03-01', total]]),
    changes: [{ order, before, after, effectiveAt: now }],
    now,
  });
  expect(settlement.entries).toEqual(
    posts.map(([kind, amount, spendAfter, effectiveAt]) => ({
      ...{ kind, amount, spendAfter, effectiveAt, order, ruleId: 'back', version: 1 },
      period: { start: '2026-03-01', end: '2026-04-01' },
    })),
  );
  expect([...settlement.totals]).toEqual(becomes === null ? [] : [['back@1/2026-03-01', becomes]]);
});

test('the rows it answers say of each whether it is settled', () => {
  const after = [
    aRow(1n),
    aRow(2n, { ...april, settlesAt: now + 1 }),
    aRow(3n, { version: 2, settlesAt: null }),
  ];
  const { rows } = settle({
    programme,
    totals: new Map(),
    changes: [{ order, before: [], after, effectiveAt: now }],
    now,
  });
  expect(rows.map((own) => own.map(({ counted, isSettled }) => [counted, isSettled]))).toEqual([
    [
      [1n, true],
      [2n, false],
      [3n, false],
    ],
  ]);
});

test('changes of one account follow each other: the second starts from what the first left', () => {
  const other = { id: 'p', source: 'till', number: 'A-2' };
  const { entries, totals } = settle({
    programme,
    totals: new Map([['back@1/2026-03-01', { spend: 4_000n, settled: 4_000n, posted: 0n }]]),
    changes: [
      { order, before: [], after: [aRow(6_000n)], effectiveAt: now },
      { order: other, before: [], after: [aRow(9_999n)], effectiveAt: now },
      { order: other, before: [aRow(9_999n)], after: [aRow(10_000n)], effectiveAt: now },
    ],
    now,
  });
  expect(entries.map((entry) => [entry.order.number, entry.amount, entry.spendAfter])).toEqual([
    ['A-1', 500n, 10_000n],
    ['A-2', 500n, 20_000n],
  ]);
  expect([...totals.values()]).toEqual([{ spend: 20_000n, settled: 20_000n, posted: 1_000n }]);
});

test.each<[string, SettledRow[], SettledRow[], [version: number, start: string][]]>([
  [
    'the earlier period first',
    [aRow(10_000n, april)],
    [aRow(10_000n)],
    [
      [1, '2026-03-01'],
      [1, '2026-04-01'],
    ],
  ],
  [
    'also told the other way round',
    [aRow(10_000n)],
    [aRow(10_000n, april)],
    [
      [1, '2026-03-01'],
      [1, '2026-04-01'],
    ],
  ],
  [
    'the earlier version before an earlier period',
    [aRow(10_000n, { version: 2 })],
    [aRow(10_000n, april)],
    [
      [1, '2026-04-01'],
      [2, '2026-03-01'],
    ],
  ],
])('an order that moves between periods posts %s', (_name, before, after, expected) => {
  const posted = { spend: 10_000n, settled: 10_000n, posted: 500n };
  const { entries } = settle({
    programme,
    totals: new Map(before.map((row) => [`back@${row.version}/${row.period.start}`, posted])),
    changes: [{ order, before, after, effectiveAt: now }],
    now,
  });
  expect(entries.map(({ version, period }) => [version, period.start])).toEqual(expected);
  expect(entries.reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
});

test.each<[string, Total, bigint]>([
  ['nothing spent', nothing, 0n],
  ['nothing settled', { spend: 25_000n, settled: 0n, posted: 0n }, 2_000n],
  ['a target settled, one to come', { spend: 25_000n, settled: 10_000n, posted: 500n }, 1_500n],
  ['a cent short of the next', { spend: 24_999n, settled: 10_000n, posted: 500n }, 0n],
  ['all settled', { spend: 25_000n, settled: 25_000n, posted: 2_000n }, 0n],
])('pending, by steps of 5.00 at 100.00 and 15.00 at 250.00: %s', (_name, total, expected) => {
  const version = aProgramme([aVersion(1, { scheme: steps })]).versionByKey.get('back@1');
  expect(version && pendingOf(version, total)).toBe(expected);
});

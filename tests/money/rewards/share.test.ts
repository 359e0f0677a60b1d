import { expect, test } from 'vitest';
import type { SettledRow, Total } from '../../../functions/money/rewards/settle.ts';
import { sharesOf } from '../../../functions/money/rewards/share.ts';
import { aProgramme, aVersion, steps, whole } from './builders.ts';

/** 5.00 for every 100.00, and rules of bands and steps beside. */
const programme = aProgramme([
  aVersion(1),
  aVersion(1, { id: 'bands', scheme: whole }),
  aVersion(1, { id: 'steps', scheme: steps }),
]);
const period = { start: '2000-01-01', end: null };

function aRow(counted: bigint, parts: Partial<SettledRow> = {}): SettledRow {
  return { ruleId: 'back', version: 1, period, counted, settlesAt: 0, isSettled: true, ...parts };
}

const waiting = { isSettled: false, settlesAt: null };

test.each<
  [string, SettledRow, Total, SettledRow[], { earned: bigint; pending: bigint; spendBefore: bigint }]
>([
  [
    'the only one earns all of it',
    aRow(25_000n),
    { spend: 25_000n, settled: 25_000n, posted: 1_000n },
    [],
    { earned: 1_000n, pending: 0n, spendBefore: 0n },
  ],
  [
    'the last one earns what it added',
    aRow(10_000n),
    { spend: 25_000n, settled: 25_000n, posted: 1_000n },
    [],
    { earned: 500n, pending: 0n, spendBefore: 15_000n },
  ],
  [
    'what comes after is not its own',
    aRow(9_999n),
    { spend: 10_000n, settled: 10_000n, posted: 500n },
    [aRow(1n)],
    { earned: 0n, pending: 0n, spendBefore: 0n },
  ],
  [
    'what comes after in another period says nothing',
    aRow(10_000n),
    { spend: 10_000n, settled: 10_000n, posted: 500n },
    [aRow(5_000n, { period: { start: '2026-01-01', end: null } }), aRow(5_000n, { ruleId: 'bands' })],
    { earned: 500n, pending: 0n, spendBefore: 0n },
  ],
  [
    'one that waits has earned nothing yet',
    aRow(10_000n, waiting),
    { spend: 10_000n, settled: 0n, posted: 0n },
    [],
    { earned: 0n, pending: 500n, spendBefore: 0n },
  ],
  [
    'one that settled before an earlier one: its part of all spend stays the same',
    aRow(5_000n),
    { spend: 10_000n, settled: 5_000n, posted: 0n },
    [],
    { earned: 0n, pending: 500n, spendBefore: 5_000n },
  ],
  [
    'a later one that waits is no settled spend',
    aRow(10_000n),
    { spend: 20_000n, settled: 10_000n, posted: 500n },
    [aRow(10_000n, waiting)],
    { earned: 500n, pending: 0n, spendBefore: 0n },
  ],
])('the share of an order: %s', (_name, own, total, later, expected) => {
  const [share, ...more] = sharesOf(programme, [own], new Map([['back@1/2000-01-01', total]]), later);
  expect(more).toEqual([]);
  expect(share).toEqual({ row: own, ...expected });
});

test('pending is below zero where it settled into a target that an earlier order reaches once it settles', () => {
  const own = aRow(10_000n, { ruleId: 'steps' });
  const totals = new Map([['steps@1/2000-01-01', { spend: 20_000n, settled: 10_000n, posted: 500n }]]);
  expect(sharesOf(programme, [own], totals, [])).toEqual([
    { row: own, earned: 500n, pending: -500n, spendBefore: 10_000n },
  ]);
});

test('each rule has a share of its own, and rules that are gone or count nothing have none', () => {
  const totals = new Map<string, Total>([
    ['back@1/2000-01-01', { spend: 10_000n, settled: 10_000n, posted: 500n }],
    ['bands@1/2000-01-01', { spend: 10_000n, settled: 10_000n, posted: 300n }],
    ['gone@1/2000-01-01', { spend: 10_000n, settled: 10_000n, posted: 300n }],
  ]);
  const rows = ['back', 'bands', 'gone'].map((ruleId) => aRow(10_000n, { ruleId }));
  const shares = sharesOf(programme, [...rows, aRow(1n, { version: 9 })], totals, []);
  expect(shares.map(({ row, earned }) => [row.ruleId, earned])).toEqual([
    ['back', 500n],
    ['bands', 300n],
  ]);
  expect(sharesOf(programme, rows, new Map(), [])).toEqual([]);
});

import { expect, test } from 'vitest';
import {
  buildBalance,
  openLots,
  pendingSum,
  progressNow,
} from '../../../functions/money/accounts/build-balance.ts';
import { chainHash } from '../../../functions/money/accounts/chain.ts';
import { newRoot, type RuleTotal } from '../../../functions/money/accounts/root.ts';
import type { Entry } from '../../../functions/money/rewards/lots.ts';
import type { RuleVersion } from '../../../functions/money/rewards/types.ts';
import { portal } from '../../../src/portal.config.ts';
import { aProgramme, aVersion, steps } from '../rewards/builders.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const root = { ...newRoot('a', 1), firstPlacedAt: now };

function aBusiness(versions: RuleVersion[] | null) {
  return {
    ...{ currency: 'EUR', timeZone: 'Europe/Kyiv', isTimeZoneSet: true, revision: 1, programme: null },
    compiled: versions === null ? null : aProgramme(versions),
    settings: new Map<string, string>(),
    texts: new Map(),
    identity: portal,
  };
}

function aTotal(parts: Partial<RuleTotal> = {}): RuleTotal {
  const period = { start: '2000-01-01', end: null };
  return { ruleId: 'back', version: 1, period, spend: 0n, settled: 0n, posted: 0n, ...parts };
}

const lot = (seq: number, remaining: bigint, expiresAt: number | null = null) => ({
  seq,
  remaining,
  expiresAt,
});
const seqs = (lots: { seq: number }[]) => lots.map(({ seq }) => seq);

test.each<[string, ReturnType<typeof lot>[], number[]]>([
  ['nothing that is spent', [lot(1, 0n), lot(2, 1n)], [2]],
  ['nothing that ends now', [lot(1, 1n, now), lot(2, 1n, now + 1)], [2]],
  [
    'the soonest end first, what never ends last',
    [lot(1, 1n), lot(2, 1n, now + 2), lot(3, 1n, now + 1)],
    [3, 2, 1],
  ],
  ['the older of one end first', [lot(3, 1n, now + 1), lot(1, 1n, now + 1), lot(2, 1n, now + 1)], [1, 2, 3]],
  ['the older of those that never end first', [lot(2, 1n), lot(1, 1n)], [1, 2]],
])('the lots that can be spent: %s', (_name, lots, expected) => {
  expect(seqs(openLots(lots, now))).toEqual(expected);
});

test.each<[string, RuleTotal[], bigint]>([
  ['nothing', [], 0n],
  ['what is spent and not settled', [aTotal({ spend: 25_000n, settled: 10_000n, posted: 500n })], 500n],
  [
    'of all rules and periods',
    [
      aTotal({ spend: 10_000n }),
      aTotal({ spend: 20_000n, settled: 10_000n, period: { start: '2026-01-01', end: null } }),
      aTotal({ spend: 25_000n, ruleId: 'steps' }),
    ],
    3_000n,
  ],
  ['nothing of a version that is gone', [aTotal({ spend: 10_000n, version: 9 })], 0n],
])('pending is %s', (_name, totals, expected) => {
  const business = aBusiness([aVersion(1), aVersion(1, { id: 'steps', scheme: steps })]);
  const byKey = new Map(totals.map((total, index) => [String(index), total]));
  expect(pendingSum(byKey, business)).toBe(expected);
  expect(pendingSum(byKey, aBusiness(null))).toBe(0n);
});

test('a balance says what can be spent, what is owed, and how far it is to the next target', () => {
  const totals = new Map([['back@1/2000-01-01', aTotal({ spend: 13_000n, settled: 3_000n })]]);
  const lots = [lot(1, 300n), lot(2, 200n, Date.parse('2026-04-01T00:00:00Z')), lot(3, 100n, now)];
  const parts = { root: { ...root, balanceMinor: 500n }, currency: 'EUR', spendMinor: 13_000n, totals, lots };
  const money = (amount: number) => ({ amount, currency: 'EUR' });
  expect(buildBalance(parts, aBusiness([aVersion(1)]), now)).toEqual({
    accountId: 'a',
    spend: money(13_000),
    available: money(500),
    pending: money(500),
    debt: money(0),
    lots: [
      { remaining: money(200), expiresAt: '2026-04-01T00:00:00Z' },
      { remaining: money(300), expiresAt: null },
    ],
    progress: [
      {
        ...{ rule: 'back', version: 1, period: { from: '2000-01-01', to: null } },
        ...{ spend: money(13_000), nextTarget: money(20_000), missing: money(7_000), pays: money(500) },
      },
    ],
  });
});

test.each<[string, bigint, number]>([
  ['below nothing is a debt', -300n, 300],
  ['of nothing is none', 0n, 0],
  ['above nothing is none', 300n, 0],
])('a balance %s', (_name, balanceMinor, debt) => {
  const parts = {
    root: { ...root, balanceMinor },
    currency: 'EUR',
    spendMinor: 0n,
    totals: new Map(),
    lots: [],
  };
  expect(buildBalance(parts, aBusiness(null), now)).toMatchObject({ debt: { amount: debt }, progress: [] });
});

test('past the last target there is no next one', () => {
  const totals = new Map([
    ['back@1/2000-01-01', aTotal({ spend: 25_000n, settled: 25_000n, posted: 2_000n })],
  ]);
  const business = aBusiness([aVersion(1, { scheme: steps })]);
  const parts = { root, currency: 'EUR', spendMinor: 25_000n, totals, lots: [] };
  expect(buildBalance(parts, business, now).progress).toMatchObject([
    { nextTarget: null, missing: null, pays: null },
  ]);
  expect(progressNow({ root, totals }, aBusiness(null), now)).toEqual([]);
});

const entry: Entry = {
  ...{ seq: 1, kind: 'earn', amount: 500n, ruleId: 'back', version: 1 },
  period: { start: '2026-01-01', end: null },
  order: { id: 'o', source: 'till', number: 'A-1' },
  ...{ effectiveAt: 1, recordedAt: 2, expiresAt: 3, lotSeq: 4, causeSeq: 5, cause: 'c', spendAfter: 6n },
  balanceAfter: 500n,
};

test.each<[string, Partial<Entry>]>([
  ['place', { seq: 2 }],
  ['kind', { kind: 'bonus' }],
  ['amount', { amount: 501n }],
  ['balance after', { balanceAfter: 501n }],
  ['time', { effectiveAt: 2 }],
  ['rule', { ruleId: null }],
  ['version', { version: null }],
  ['period', { period: null }],
  ['spend after', { spendAfter: null }],
  ['source of the order', { order: { id: 'o', source: 'web', number: 'A-1' } }],
  ['number of the order', { order: { id: 'o', source: 'till', number: 'A-2' } }],
  ['order at all', { order: null }],
  ['lot', { lotSeq: null }],
  ['cause', { causeSeq: null }],
  ['end', { expiresAt: null }],
  ['rule among others', { ruleId: 'other' }],
  ['version among others', { version: 2 }],
  ['period among others', { period: { start: '2027-01-01', end: null } }],
  ['spend after among others', { spendAfter: 7n }],
  ['lot among others', { lotSeq: 5 }],
  ['cause among others', { causeSeq: 6 }],
  ['end among others', { expiresAt: 4 }],
])('the hash of an entry is of its %s', (_name, other) => {
  expect(chainHash('', 'a', 'EUR', { ...entry, ...other })).not.toBe(chainHash('', 'a', 'EUR', entry));
});

test('the hash of an entry is of the one before, the account and the currency, and of nothing about people', () => {
  const hash = chainHash('', 'a', 'EUR', entry);
  expect(chainHash('', 'a', 'EUR', { ...entry, recordedAt: 9, cause: 'Ann' })).toBe(hash);
  const others = [
    chainHash('x', 'a', 'EUR', entry),
    chainHash('', 'b', 'EUR', entry),
    chainHash('', 'a', 'USD', entry),
  ];
  expect(others).not.toContain(hash);
  expect(hash).toMatch(/^[\w-]{43}$/);
});

/** SHA-256 over the JSON list of the facts as texts, an absent one as an empty text; worked out apart from our code. */
test('the hash of an entry is what it has always been', () => {
  const bare = { ruleId: null, version: null, period: null, order: null, spendAfter: null };
  const none = { lotSeq: null, causeSeq: null, expiresAt: null };
  expect(chainHash('', 'a', 'EUR', { ...entry, ...bare, ...none })).toBe(
    '3uilvA79zz_h0YZ2SzTi51s4AY4iQ0Xbd2-nLxyepMI',
  );
});

import { expect, test } from 'vitest';
import {
  type AccountDraft,
  type AccountPlan,
  type LedgerChange,
  planChange,
  settleDraft,
  type Terms,
} from '../../../functions/money/accounts/plan-change.ts';
import { newRoot, type RuleTotal } from '../../../functions/money/accounts/root.ts';
import { applyEntries, emptyBook } from '../../../functions/money/rewards/lots.ts';
import { type SettledRow, totalKey } from '../../../functions/money/rewards/settle.ts';
import { portal } from '../../../src/portal.config.ts';
import { aProgramme, aVersion } from '../rewards/builders.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const root = { ...newRoot('a', 1), historySeq: 4, ledgerSeq: 2, ledgerHash: 'h', withdrawnAt: 5 };
const business = {
  ...{ currency: 'EUR', timeZone: 'Europe/Kyiv', isTimeZoneSet: true, revision: 3, programme: null },
  compiled: aProgramme([aVersion(1), aVersion(1, { id: 'more' })]),
  settings: new Map<string, string>(),
  texts: new Map(),
  identity: portal,
};
const terms: Terms = { business, now, actor: 'key:till' };

function aRow(counted: bigint, parts: Partial<SettledRow> = {}): SettledRow {
  const period = { start: '2000-01-01', end: null };
  return { ruleId: 'back', version: 1, period, counted, settlesAt: 0, isSettled: true, ...parts };
}

function aDraft(before: SettledRow[], after: SettledRow[], parts: Partial<AccountDraft> = {}): AccountDraft {
  const order = { id: 'o', source: 'till', number: 'A-1' };
  return {
    root,
    totals: new Map(before.map((row) => [totalKey(row), totalOf(row)])),
    changes: [{ order, placedAt: 7, before, after, effectiveAt: now }],
    spend: new Map([['EUR', { minor: 10_000n, orders: 1 }]]),
    history: { kind: 'order_created', orderId: 'o', detail: { number: 'A-1' } },
    isStale: false,
    ...parts,
  };
}

/** What a period has that nothing but this row was counted in. */
function totalOf({ ruleId, version, period, counted }: SettledRow): RuleTotal {
  return { ruleId, version, period, spend: counted, settled: counted, posted: 0n };
}

const nothingBooked: LedgerChange = { book: emptyBook, entries: [], lots: [], statements: [], issued: [] };

function plan(draft: AccountDraft, change: LedgerChange = nothingBooked): AccountPlan {
  return planChange(draft, settleDraft(draft, terms), change, terms);
}

/** What is done to which table, in this order. */
const acts = ({ statements }: AccountPlan) =>
  statements.map(({ sql }) => {
    const [, act, table] = /^(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)/.exec(sql) ?? [];
    return `${act?.split(' ')[0]?.toLowerCase()} ${table}`;
  });

test('an order that counts: the lock in the history first, the account’s own row last', () => {
  const planned = plan(aDraft([], [aRow(10_000n)]));
  expect(acts(planned)).toEqual([
    ...[
      'insert history',
      'insert account_spend',
      'insert counted_spend',
      'insert period_totals',
      'update accounts',
    ],
  ]);
  expect([...planned.totals]).toEqual([
    ['back@1/2000-01-01', { ...aNamed, spend: 10_000n, settled: 10_000n, posted: 500n }],
  ]);
});

const aNamed = { ruleId: 'back', version: 1, period: { start: '2000-01-01', end: null } };

test('the account goes on by one row of history, under the programme of now, and is there again', () => {
  expect(plan(aDraft([], [])).root).toEqual({
    ...root,
    historySeq: 5,
    settledRevision: 3,
    withdrawnAt: null,
  });
});

test('an account that has to be counted again is marked', () => {
  expect(plan(aDraft([], [], { isStale: true })).root.settledRevision).toBe(-1);
});

test('entries chain on, and the balance is that of the book', () => {
  const draft = { kind: 'adjust', amount: 500n, effectiveAt: now } as const;
  const booked = applyEntries({ ...emptyBook, nextSeq: 3 }, [draft], { debtPolicy: 'carry', now });
  const planned = plan(aDraft([], []), { ...booked, statements: [], issued: [] });
  expect(planned.root).toMatchObject({ ledgerSeq: 3, balanceMinor: 500n });
  expect(planned.root.ledgerHash).toMatch(/^[\w-]{43}$/);
  expect(acts(planned).slice(2)).toEqual(['insert ledger', 'insert lots', 'update accounts']);
  expect(planned.entries).toEqual(booked.entries);
});

test.each<[string, SettledRow[], SettledRow[], string[]]>([
  ['a row that stays is saved', [aRow(1n)], [aRow(2n)], ['insert']],
  ['a row that is gone is dropped', [aRow(1n)], [], ['delete']],
  [
    'of two rules, the one that is gone',
    [aRow(1n), aRow(1n, { ruleId: 'more' })],
    [aRow(1n)],
    ['delete', 'insert'],
  ],
  [
    'another period of one rule takes the place of the first',
    [aRow(1n)],
    [aRow(1n, { period: { start: '2026-01-01', end: null } })],
    ['insert'],
  ],
])('counted rows: %s', (_name, before, after, expected) => {
  const counted = acts(plan(aDraft(before, after))).filter((act) => act.endsWith('counted_spend'));
  expect(counted.map((act) => act.split(' ')[0])).toEqual(expected);
});

test('the row of another version is dropped beside the one that follows', () => {
  const versions = aProgramme([aVersion(1), aVersion(2, { from: '2026-01-01' })]);
  const under = { ...terms, business: { ...business, compiled: versions } };
  const draft = aDraft([aRow(1n)], [aRow(1n, { version: 2 })]);
  const planned = planChange(draft, settleDraft(draft, under), nothingBooked, under);
  expect(acts(planned).filter((act) => act.endsWith('counted_spend'))).toEqual([
    'delete counted_spend',
    'insert counted_spend',
  ]);
});

test('totals that do not change are answered, and not written', () => {
  const total = { ...aNamed, ruleId: 'more', spend: 1n, settled: 1n, posted: 0n };
  const planned = plan(aDraft([], [aRow(10_000n)], { totals: new Map([['more@1/2000-01-01', total]]) }));
  expect([...planned.totals.keys()]).toEqual(['more@1/2000-01-01', 'back@1/2000-01-01']);
  expect(acts(planned).filter((act) => act === 'insert period_totals')).toHaveLength(1);
});

test('while there is no programme nothing settles', () => {
  const draft = aDraft([], [aRow(10_000n)]);
  const settlement = settleDraft(draft, { ...terms, business: { ...business, compiled: null } });
  expect(settlement).toEqual({ entries: [], totals: new Map(), rows: [[]] });
});

test.each<[bigint, boolean]>([
  [9_007_199_254_740_991n, true],
  [9_007_199_254_740_992n, false],
  [-9_007_199_254_740_992n, false],
])('a balance of %s can be kept: %s', (balance, isKept) => {
  const attempt = () => plan(aDraft([], []), { ...nothingBooked, book: { ...emptyBook, balance } });
  if (isKept) expect(attempt().root.balanceMinor).toBe(balance);
  else expect(attempt).toThrow();
});

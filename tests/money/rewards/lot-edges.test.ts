import { expect, test } from 'vitest';
import { compileProgramme } from '../../../functions/money/rewards/compile.ts';
import {
  type AppliedDraft,
  applyEntries,
  draftOf,
  type Entry,
  emptyBook,
  type LotBook,
  redeem,
  replay,
  returnLapsed,
  reverseRedeem,
} from '../../../functions/money/rewards/lots.ts';
import { recomputeAccount } from '../../../functions/money/rewards/recompute.ts';
import type { Posting } from '../../../functions/money/rewards/settle.ts';
import { anOrder, aProgramme, aStanding, aVersion } from './builders.ts';

const day = 86_400_000;
const carry = { debtPolicy: 'carry', now: 0 } as const;

/** Of rule `back`; `ends` in days. */
function earn(amount: bigint, ends: number | null = null): AppliedDraft {
  const expiresAt = ends === null ? null : ends * day;
  return { kind: 'earn', amount, ruleId: 'back', version: 1, effectiveAt: 0, expiresAt };
}

function clawback(amount: bigint): AppliedDraft {
  return { kind: 'clawback', amount: -amount, ruleId: 'back', version: 1, effectiveAt: 0 };
}

function aBook(...drafts: AppliedDraft[]): LotBook {
  return applyEntries(emptyBook, drafts, carry).book;
}

function spend(book: LotBook, amount: bigint) {
  const spent = redeem(book, { amount, now: 0 });
  if (!spent.ok) throw new Error(spent.reason);
  return { ...spent, seq: spent.entry.seq };
}

const brief = ({ seq, kind, amount }: Entry) => `${seq} ${kind} ${amount}`;
const left = ({ lots }: LotBook) => lots.map(({ remaining }) => remaining);

test('what has ended is closed before a taking back, which brings it back by an entry', () => {
  const { entries } = applyEntries(aBook(earn(5n, 1)), [clawback(3n)], { ...carry, now: 2 * day });
  expect(entries.map(brief)).toEqual(['2 expire -5', '3 unexpire 3', '4 clawback -3']);
});

test('what has ended is closed before a redemption is reversed or returned', () => {
  const { book, taken, seq } = spend(aBook(earn(5n, 1), earn(3n, 9)), 6n);
  const about = { redeemSeq: seq, taken, now: 20 * day };
  expect(reverseRedeem(book, about).entries.map(brief)).toEqual(['4 expire -2', '5 reversal 6']);
  const returned = returnLapsed(book, { ...about, endedAt: day, cause: 'v' });
  expect(returned.entries.map(brief)).toEqual(['4 expire -2', '5 reversal 6', '6 expire -5']);
});

test('nothing is available where there is a debt', () => {
  expect(redeem(aBook(clawback(3n)), { amount: 1n, now: 0 })).toEqual({
    ok: false,
    reason: 'insufficient_balance',
    available: 0n,
  });
});

test('a redemption of nothing is refused in words', () => {
  expect(() => redeem(aBook(earn(5n)), { amount: 0n, now: 0 })).toThrow('of more than nothing');
});

test('credit that is no rule’s is spent in the same order as any other', () => {
  const bonus: AppliedDraft = { kind: 'bonus', amount: 5n, effectiveAt: 0 };
  expect(spend(aBook(bonus, earn(5n, 9)), 6n).taken).toEqual([
    { lotSeq: 2, amount: 5n },
    { lotSeq: 1, amount: 1n },
  ]);
});

test('a lot that holds nothing is no part of what a redemption took', () => {
  const { book } = spend(aBook(earn(5n, 9), earn(5n)), 5n);
  const again = spend(book, 1n);
  expect([again.taken, again.lots.map(({ seq }) => seq)]).toEqual([[{ lotSeq: 2, amount: 1n }], [2]]);
});

test('a reversed redemption settles a debt from what ends soonest, and touches no other lot', () => {
  const first = spend(aBook(earn(5n), earn(5n, 60), earn(5n, 50)), 5n);
  const { book, taken, seq } = spend(first.book, 10n);
  const owing = applyEntries(book, [clawback(3n)], carry).book;
  const back = reverseRedeem(owing, { redeemSeq: seq, taken, now: day, cause: 'r' });
  expect([left(back.book), back.book.balance]).toEqual([[5n, 2n, 0n], 7n]);
  expect(back.lots.map(({ seq: lot }) => lot).sort()).toEqual([1, 2]);
  expect(back.entry.cause).toBe('r');
});

test('an entry keeps the spend that explains it', () => {
  const { entries } = applyEntries(emptyBook, [{ ...earn(5n), spendAfter: 10_000n }, earn(5n)], carry);
  expect(entries.map(({ spendAfter }) => spendAfter)).toEqual([10_000n, null]);
});

test('an entry that names a lot between two others, which the book lacks, changes neither', () => {
  const { entries } = applyEntries(emptyBook, [earn(1n), earn(2n, 1), earn(4n)], { ...carry, now: day });
  const [first, , third, closing] = entries;
  const without = [first, third, closing].filter((entry) => entry !== undefined);
  expect(() => replay(without)).toThrow('The lot book has no lot 2.');
});

test('what is told again from entries alone took what it took, also beside what was forgiven', () => {
  const earned = applyEntries(emptyBook, [earn(5n)], carry);
  const taken = applyEntries(earned.book, [clawback(8n)], { debtPolicy: 'forgive', now: 0 });
  const again = replay([...earned.entries, ...taken.entries]);
  expect([...again.takenBy]).toEqual([[2, [{ lotSeq: 1, amount: 5n }]]]);
  expect(again.book).toEqual(taken.book);
});

test.each<['earn' | 'clawback', number | null]>([
  ['earn', 9],
  ['clawback', null],
])('of postings only an earning has an end: %s', (kind, expected) => {
  const order = { id: 'o', source: 'till', number: 'A-1' };
  const period = { start: '2026-01-01', end: null };
  const amounts = { amount: kind === 'earn' ? 5n : -5n, effectiveAt: 1, spendAfter: 2n };
  const posting: Posting = { kind, ruleId: 'back', version: 1, period, order, ...amounts };
  expect(draftOf(posting, 9)).toEqual({ ...posting, expiresAt: expected });
});

test.each<[string, string | null, string | null, [newer: string | null, older: string | null]]>([
  ['neither', null, null, [null, null]],
  ['the newer', null, '2026-04-01', ['2026-04-01', '2026-04-01']],
  ['the older', '2026-03-01', null, [null, '2026-03-01']],
  ['both, the older first', '2026-03-01', '2026-04-01', ['2026-04-01', '2026-03-01']],
  ['both, the newer first', '2026-05-01', '2026-04-01', ['2026-04-01', '2026-04-01']],
])('of two versions of a rule ended: %s', (_name, older, newer, expected) => {
  const [rule] = aProgramme([aVersion(1, {}, older), aVersion(2, { from: '2026-02-01' }, newer)]).rules;
  expect(rule?.newestFirst.map(({ until }) => until)).toEqual(expected);
});

test.each<[string, Parameters<typeof aVersion>[1][], { club: boolean; membership: boolean }]>([
  ['no rule', [], { club: false, membership: false }],
  ['rules for everyone, by the month', [{ period: 'month' }], { club: false, membership: false }],
  ['one version for the club', [{ audience: 'club' }, {}], { club: true, membership: false }],
  [
    'one version by the membership year',
    [{}, { period: 'membership-year' }],
    { club: false, membership: true },
  ],
])('what a programme follows: %s', (_name, versions, { club, membership }) => {
  const programme = compileProgramme({
    ...{ revision: 1, currency: 'EUR', timeZone: 'UTC', debt: 'carry' },
    versions: versions.map((parts, index) => aVersion(index + 1, parts)),
  });
  expect(programme.followsClub).toBe(club);
  expect(programme.rules.some(({ followsMembership }) => followsMembership)).toBe(membership);
});

test.each<[string, number, bigint]>([
  ['a moment before its days are over', -1, 0n],
  ['when they are over', 0, 500n],
])('counted from nothing, an order is settled %s', (_name, later, posted) => {
  const order = anOrder();
  const totals = recomputeAccount([order], aProgramme([aVersion(1)]), aStanding(), order.placedAt + later);
  expect([...totals.values()]).toMatchObject([{ spend: 10_000n, entitlement: 500n, posted }]);
});

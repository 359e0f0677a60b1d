import { expect, test } from 'vitest';
import {
  type AppliedDraft,
  applyEntries,
  availableAt,
  debtOf,
  type Entry,
  emptyBook,
  expireDue,
  type LotBook,
  redeem,
  replay,
  returnLapsed,
  reverseRedeem,
  type Taken,
} from '../../../functions/money/rewards/lots.ts';

const day = 86_400_000;
const carry = { debtPolicy: 'carry', now: 0 } as const;

/** `ends` and `dated` in days. */
interface EarnParts {
  ends?: number;
  dated?: number;
  rule?: string;
}

function earn(amount: bigint, { ends, dated = 0, rule = 'back' }: EarnParts = {}): AppliedDraft {
  const expiresAt = ends === undefined ? null : ends * day;
  return { kind: 'earn', amount, ruleId: rule, version: 1, effectiveAt: dated * day, expiresAt };
}

function clawback(amount: bigint, parts: Partial<AppliedDraft> = {}): AppliedDraft {
  return { kind: 'clawback', amount: -amount, ruleId: 'back', version: 1, effectiveAt: 0, ...parts };
}

function aBook(...drafts: AppliedDraft[]): LotBook {
  return applyEntries(emptyBook, drafts, carry).book;
}

function spend(book: LotBook, amount: bigint, now = 0): { book: LotBook; taken: Taken[]; seq: number } {
  const spent = redeem(book, { amount, now });
  if (!spent.ok) throw new Error(spent.reason);
  return { book: spent.book, taken: spent.taken, seq: spent.entry.seq };
}

const brief = ({ seq, kind, amount, balanceAfter }: Entry) => `${seq} ${kind} ${amount} → ${balanceAfter}`;
const left = ({ lots }: LotBook) => lots.map(({ remaining }) => remaining);
const ends = ({ lots }: LotBook) =>
  lots.map(({ expiresAt }) => (expiresAt === null ? null : expiresAt / day));
const takenOf = (taken: readonly Taken[]) => taken.map(({ lotSeq, amount }) => `${lotSeq}: ${amount}`);

test.each<[string, AppliedDraft[], bigint, string[]]>([
  [
    'what ends sooner, though it is younger',
    [earn(5n, { ends: 9 }), earn(5n, { ends: 8, dated: 1 })],
    6n,
    ['2: 5', '1: 1'],
  ],
  [
    'what ends at all before what never ends',
    [earn(5n), earn(5n, { ends: 9, dated: 1 })],
    6n,
    ['2: 5', '1: 1'],
  ],
  [
    'the older of two that end together',
    [earn(5n, { ends: 9, dated: 2 }), earn(5n, { ends: 9, dated: 1 })],
    6n,
    ['2: 5', '1: 1'],
  ],
  ['the older of two that never end', [earn(5n, { dated: 2 }), earn(5n, { dated: 1 })], 6n, ['2: 5', '1: 1']],
  ['the first of two alike', [earn(5n), earn(5n), earn(5n)], 11n, ['1: 5', '2: 5', '3: 1']],
  ['a lot to the last cent, and no other', [earn(5n), earn(5n)], 5n, ['1: 5']],
])('a redemption takes %s', (_name, drafts, amount, expected) => {
  expect(takenOf(spend(aBook(...drafts), amount).taken)).toEqual(expected);
});

test.each<[string, number, bigint]>([
  ['a moment before its end', 8 * day - 1, 7n],
  ['at its end', 8 * day, 2n],
  ['after it', 9 * day, 2n],
])('a lot counts %s', (_name, now, available) => {
  const book = aBook(earn(5n, { ends: 8 }), earn(2n));
  expect(availableAt(book, now)).toBe(available);
  expect(redeem(book, { amount: available, now }).ok).toBe(true);
  expect(redeem(book, { amount: available + 1n, now })).toEqual({
    ok: false,
    reason: 'insufficient_balance',
    available,
  });
});

test('lots close soonest first, each for what is left and at its own end', () => {
  const book = aBook(
    earn(1n, { ends: 3 }),
    earn(2n, { ends: 2 }),
    earn(4n, { ends: 9 }),
    earn(8n, { ends: 1 }),
  );
  const { book: after, taken } = spend(book, 8n);
  expect(takenOf(taken)).toEqual(['4: 8']);
  const closing = expireDue(after, 3 * day);
  expect(
    closing.entries.map(({ lotSeq, amount, effectiveAt }) => [lotSeq, amount, effectiveAt / day]),
  ).toEqual([
    [2, -2n, 2],
    [1, -1n, 3],
  ]);
  expect([left(closing.book), closing.book.balance]).toEqual([[0n, 0n, 4n, 0n], 4n]);
});

test.each<[string, number | undefined, number | null]>([
  ['ends before', 39, 40],
  ['ends in exactly that time', 40, 40],
  ['ends later', 41, 41],
  ['never ends', undefined, null],
])('a redemption reversed on day 10 gives back a lot for 30 days at least: it %s', (_name, end, expected) => {
  const { book, taken, seq } = spend(aBook(earn(5n, { ends: end })), 5n);
  const back = reverseRedeem(book, { redeemSeq: seq, taken, now: 10 * day });
  expect([left(back.book), ends(back.book)]).toEqual([[5n], [expected]]);
  expect(back.entries.map(brief)).toEqual(['3 reversal 5 → 5']);
});

test.each<[string, bigint, { left: bigint; debt: bigint }]>([
  ['less than the debt', 2n, { left: 0n, debt: 1n }],
  ['as much as the debt', 3n, { left: 0n, debt: 0n }],
  ['more than the debt', 4n, { left: 1n, debt: 0n }],
])('an open debt of 3 takes of the next earning, which is %s', (_name, amount, expected) => {
  const owing = applyEntries(emptyBook, [clawback(3n)], carry).book;
  const { book } = applyEntries(owing, [earn(amount)], carry);
  expect({ left: left(book)[0], debt: debtOf(book) }).toEqual(expected);
  expect(availableAt(book, 0)).toBe(expected.left);
});

test.each<[string, bigint, string[], bigint[]]>([
  ['its own rule’s lots alone', 3n, ['4 clawback -3 → 9'], [2n, 0n, 7n]],
  ['all of them, soonest first', 5n, ['4 clawback -5 → 7'], [0n, 0n, 7n]],
  ['then another rule’s', 6n, ['4 clawback -6 → 6'], [0n, 0n, 6n]],
  ['all there is', 12n, ['4 clawback -12 → 0'], [0n, 0n, 0n]],
  ['and the rest is a debt', 14n, ['4 clawback -14 → -2'], [0n, 0n, 0n]],
])('a taking back takes %s', (_name, amount, entries, expected) => {
  const book = aBook(earn(2n), earn(3n, { ends: 8 }), earn(7n, { rule: 'other', ends: 1 }));
  const change = applyEntries(book, [clawback(amount)], carry);
  expect([change.entries.map(brief), left(change.book)]).toEqual([entries, expected]);
});

test.each<[string, bigint, string[]]>([
  ['nothing where the rule still has enough', 1n, ['7 clawback -1 → 9']],
  ['what is missing, from what ended first', 3n, ['7 unexpire 2 → 12', '8 clawback -3 → 9']],
  [
    'of the next one only what is missing',
    6n,
    ['7 unexpire 4 → 14', '8 unexpire 1 → 15', '9 clawback -6 → 9'],
  ],
  ['no more than had ended', 20n, ['7 unexpire 4 → 14', '8 unexpire 2 → 16', '9 clawback -20 → -4']],
])('what has ended comes back for a taking back: %s', (_name, amount, expected) => {
  const book = aBook(earn(2n, { ends: 2 }), earn(4n, { ends: 1 }), earn(1n), earn(9n, { rule: 'other' }));
  const ended = expireDue(book, 2 * day).book;
  expect(ended.balance).toBe(10n);
  expect(applyEntries(ended, [clawback(amount)], { ...carry, now: 2 * day }).entries.map(brief)).toEqual(
    expected,
  );
});

test('what comes back from a closed lot names the lot, its rule, and what caused it', () => {
  const order = { id: 'o', source: 'till', number: 'A-1' };
  const period = { start: '2026-01-01', end: null };
  const ended = expireDue(aBook(earn(5n, { ends: 1 })), day).book;
  const draft = clawback(3n, { order, period, effectiveAt: 2 * day });
  const [back] = applyEntries(ended, [draft], { ...carry, now: 3 * day }).entries;
  expect(back).toMatchObject({
    ...{ kind: 'unexpire', amount: 3n, ruleId: 'back', version: 1, lotSeq: 1, order, period },
    ...{ effectiveAt: 2 * day, recordedAt: 3 * day, expiresAt: null, causeSeq: null },
  });
});

test('what is forgiven names the rule, period and order of the return', () => {
  const order = { id: 'o', source: 'till', number: 'A-1' };
  const period = { start: '2026-01-01', end: null };
  const draft = clawback(3n, { order, period, effectiveAt: 2 * day });
  const { entries, book } = applyEntries(aBook(earn(1n)), [draft], { debtPolicy: 'forgive', now: 3 * day });
  expect(entries.map(brief)).toEqual(['2 clawback -3 → -2', '3 forgive 2 → 0']);
  expect(entries[1]).toMatchObject({ ruleId: 'back', version: 1, order, period, effectiveAt: 2 * day });
  expect([left(book), debtOf(book)]).toEqual([[0n], 0n]);
});

/** A voucher of 10.00, bought on day 0 with 5.00 that ends on day 10, 3.00 on day 40 and 2.00 that never ends. */
function aVoucher() {
  return spend(aBook(earn(5_00n, { ends: 10 }), earn(3_00n, { ends: 40 }), earn(2_00n)), 10_00n);
}

test.each<[string, number, string[], { left: bigint[]; ends: (number | null)[] }]>([
  [
    'what lasts longer comes back, for 30 days at least',
    30,
    ['5 reversal 1000 → 1000', '6 expire -500 → 500'],
    { left: [0n, 3_00n, 2_00n], ends: [61, 61, null] },
  ],
  [
    'what ends with it lapses, too',
    40,
    ['5 reversal 1000 → 1000', '6 expire -500 → 500', '7 expire -300 → 200'],
    { left: [0n, 0n, 2_00n], ends: [61, 61, null] },
  ],
  [
    'all comes back where it lasts longer',
    9,
    ['5 reversal 1000 → 1000'],
    { left: [5_00n, 3_00n, 2_00n], ends: [61, 61, null] },
  ],
])('a voucher that ended unused: %s', (_name, endedOn, entries, expected) => {
  const { book, taken, seq } = aVoucher();
  const about = { redeemSeq: seq, taken, now: 31 * day, endedAt: endedOn * day, cause: 'v' };
  const back = returnLapsed(book, about);
  expect(back.entries.map(brief)).toEqual(entries);
  expect({ left: left(back.book), ends: ends(back.book) }).toEqual(expected);
  expect(back.entry).toMatchObject({ kind: 'reversal', causeSeq: 4, cause: 'v', effectiveAt: endedOn * day });
  expect(back.entries.slice(1).every(({ effectiveAt }) => effectiveAt === endedOn * day)).toBe(true);
});

test('a voucher that ended unused settles an open debt first, and only what is left of it lapses', () => {
  const { book, taken, seq } = aVoucher();
  const owing = applyEntries(book, [clawback(4_00n)], carry).book;
  const about = { redeemSeq: seq, taken, now: 31 * day, endedAt: 30 * day, cause: 'v' };
  const back = returnLapsed(owing, about);
  expect(back.entries.map(brief)).toEqual(['6 reversal 1000 → 600', '7 expire -100 → 500']);
  expect(left(back.book)).toEqual([0n, 3_00n, 2_00n]);
});

test('nothing lapses of a voucher whose whole ending credit went to a debt', () => {
  const { book, taken, seq } = aVoucher();
  const owing = applyEntries(book, [clawback(5_00n)], carry).book;
  const back = returnLapsed(owing, { redeemSeq: seq, taken, now: 31 * day, endedAt: 30 * day, cause: 'v' });
  expect(back.entries.map(brief)).toEqual(['6 reversal 1000 → 500']);
});

test('the lots that a change answers are those that it changed', () => {
  const book = aBook(earn(5n, { ends: 8 }), earn(5n));
  const spent = redeem(book, { amount: 3n, now: 0 });
  expect(spent.ok && spent.lots.map(({ seq, remaining }) => [seq, remaining])).toEqual([[1, 2n]]);
  expect(expireDue(book, day).lots).toEqual([]);
});

test('the same lots follow from the entries alone, with what a return brought back', () => {
  const { book, taken, seq } = aVoucher();
  const first = applyEntries(
    emptyBook,
    [earn(5_00n, { ends: 10 }), earn(3_00n, { ends: 40 }), earn(2_00n)],
    carry,
  );
  const spent = redeem(first.book, { amount: 10_00n, now: 0 });
  if (!spent.ok) throw new Error(spent.reason);
  const back = returnLapsed(book, { redeemSeq: seq, taken, now: 31 * day, endedAt: 30 * day, cause: 'v' });
  const again = replay([...first.entries, ...spent.entries, ...back.entries]);
  expect(again.book).toEqual(back.book);
  expect([...again.takenBy]).toEqual([[4, taken]]);
});

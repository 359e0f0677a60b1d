import { expect, test } from 'vitest';
import {
  bookPostings,
  type OpenVoucher,
  readTaken,
} from '../../../functions/money/accounts/book-postings.ts';
import type { LedgerChange, Terms } from '../../../functions/money/accounts/plan-change.ts';
import { newRoot } from '../../../functions/money/accounts/root.ts';
import { emptyBook, type LotBook } from '../../../functions/money/rewards/lots.ts';
import type { Posting } from '../../../functions/money/rewards/settle.ts';
import type { DebtPolicy, Rule } from '../../../functions/money/rewards/types.ts';
import { portal } from '../../../src/portal.config.ts';
import { aProgramme, aVersion } from '../rewards/builders.ts';

const now = Date.parse('2026-03-10T12:00:00Z');
const DAY_MS = 86_400_000;
const root = { ...newRoot('account', 1), firstPlacedAt: Date.parse('2026-01-01T12:00:00Z') };
/** A voucher of 5.00 for three months from the end of which it is told. */
const inVouchers: Pick<Rule, 'pays'> = { pays: { voucher: { months: 3, minimum: 2000n } } };

function termsOf(rule: Partial<Rule>, debt: DebtPolicy = 'carry'): Terms {
  const compiled = aProgramme([aVersion(1, { id: 'credit', ...rule })], { debt });
  const business = {
    currency: 'EUR',
    timeZone: 'Europe/Kyiv',
    isTimeZoneSet: true,
    revision: 1,
    programme: null,
    compiled,
    settings: new Map<string, string>(),
    texts: new Map(),
    identity: portal,
  };
  return { business, now, actor: 'system:test' };
}

function aPosting(amount: bigint, parts: Partial<Posting> = {}): Posting {
  return {
    kind: amount < 0n ? 'clawback' : 'earn',
    ruleId: 'credit',
    version: 1,
    period: { start: '1970-01-01', end: null },
    amount,
    order: { id: 'o', source: 'till', number: 'A-1' },
    effectiveAt: now - DAY_MS,
    spendAfter: 0n,
    ...parts,
  };
}

/** Books postings one after the other, each time with the vouchers that are still open. */
function book(
  postings: Posting[],
  rule: Partial<Rule> = {},
  { debt, start = emptyBook, open = [], earnsFirst = false }: Partial<Start> = {},
): LedgerChange {
  return bookPostings(start, postings, open, { root, terms: termsOf(rule, debt), earnsFirst });
}

interface Start {
  debt: DebtPolicy;
  start: LotBook;
  open: OpenVoucher[];
  earnsFirst: boolean;
}

const brief = ({ entries }: LedgerChange) =>
  entries.map(({ seq, kind, amount, balanceAfter }) => `${seq} ${kind} ${amount} → ${balanceAfter}`);
const left = ({ book: { lots } }: LedgerChange) =>
  lots.filter(({ remaining }) => remaining > 0n).map(({ seq, remaining }) => `${seq}: ${remaining}`);
const amounts = ({ issued }: LedgerChange) => issued.map(({ amountMinor }) => amountMinor);

test('an earning is a lot, which a return takes from', () => {
  const earned = book([aPosting(500n)], { expires: { months: 12 } });
  expect(brief(earned)).toEqual(['1 earn 500 → 500']);
  expect(earned.lots).toMatchObject([{ remaining: 500n, expiresAt: Date.parse('2027-03-31T21:00:00Z') }]);
  const returned = book([aPosting(-200n)], {}, { start: earned.book });
  expect(brief(returned)).toEqual(['2 clawback -200 → 300']);
  expect(left(returned)).toEqual(['1: 300']);
});

test('what is owed after a return is carried on, and paid by the next earning', () => {
  const owing = book([aPosting(-200n)]);
  expect(brief(owing)).toEqual(['1 clawback -200 → -200']);
  const earned = book([aPosting(500n)], {}, { start: owing.book });
  expect(brief(earned)).toEqual(['2 earn 500 → 300']);
  expect(left(earned)).toEqual(['2: 300']);
});

test('or forgiven at once, where the programme says so', () => {
  expect(brief(book([aPosting(-200n)], {}, { debt: 'forgive' }))).toEqual([
    '1 clawback -200 → -200',
    '2 forgive 200 → 0',
  ]);
});

test('what is over is closed on the way, before and after', () => {
  const earned = book([aPosting(500n, { effectiveAt: now - 400 * DAY_MS })], { expires: { months: 12 } });
  expect(brief(earned)).toEqual(['1 earn 500 → 500', '2 expire -500 → 0']);
  expect(left(earned)).toEqual([]);
});

test('a rule that pays in vouchers spends each earning on one', () => {
  const change = book([aPosting(500n), aPosting(1000n)], inVouchers);
  expect(brief(change)).toEqual([
    '1 earn 500 → 500',
    '2 redeem -500 → 0',
    '3 earn 1000 → 1000',
    '4 redeem -1000 → 0',
  ]);
  expect(change.issued).toMatchObject([
    { amountMinor: 500n, minimumMinor: 2000n, currency: 'EUR', ruleId: 'credit', taken: '[[1,500]]' },
    { amountMinor: 1000n, taken: '[[3,1000]]' },
  ]);
  expect(change.issued[0]?.expiresAt).toBe(Date.parse('2026-06-30T21:00:00Z'));
  expect(change.issued[0]?.code).not.toBe(change.issued[1]?.code);
});

test('a voucher is for what an open debt leaves of the earning', () => {
  const owing = book([aPosting(-300n)], inVouchers);
  expect(amounts(book([aPosting(500n)], inVouchers, { start: owing.book }))).toEqual([200n]);
  const all = book([aPosting(300n)], inVouchers, { start: owing.book });
  expect([amounts(all), brief(all)]).toEqual([[], ['2 earn 300 → 0']]);
});

test('a return takes an unused voucher back, and issues one for the rest that ends with it', () => {
  const earned = book([aPosting(500n)], inVouchers);
  const [voucher] = earned.issued;
  const returned = book([aPosting(-200n)], inVouchers, { start: earned.book, open: earned.issued });
  expect(brief(returned)).toEqual(['3 reversal 500 → 500', '4 clawback -200 → 300', '5 redeem -300 → 0']);
  expect(returned.issued).toMatchObject([{ amountMinor: 300n, expiresAt: voucher?.expiresAt }]);
  expect(returned.issued[0]?.code).not.toBe(voucher?.code);
});

test('a return of all takes it back and issues none', () => {
  const earned = book([aPosting(500n)], inVouchers);
  const returned = book([aPosting(-500n)], inVouchers, { start: earned.book, open: earned.issued });
  expect(brief(returned)).toEqual(['3 reversal 500 → 500', '4 clawback -500 → 0']);
  expect(returned.issued).toEqual([]);
});

test('one voucher after the other, and no more than it needs', () => {
  const earned = book([aPosting(500n), aPosting(500n), aPosting(500n)], inVouchers);
  const returned = book([aPosting(-600n)], inVouchers, { start: earned.book, open: earned.issued });
  expect(brief(returned)).toEqual([
    '7 reversal 500 → 500',
    '8 reversal 500 → 1000',
    '9 clawback -600 → 400',
    '10 redeem -400 → 0',
  ]);
  expect(amounts(returned)).toEqual([400n]);
});

test('two returns in one change: the second takes the rest of the first', () => {
  const earned = book([aPosting(500n)], inVouchers);
  const returned = book([aPosting(-200n), aPosting(-100n)], inVouchers, {
    start: earned.book,
    open: earned.issued,
  });
  expect(amounts(returned)).toEqual([300n, 200n]);
  expect(returned.book.balance).toBe(0n);
});

test('a voucher that was used cannot be taken back: what it paid is owed', () => {
  const earned = book([aPosting(500n)], inVouchers);
  const returned = book([aPosting(-200n)], inVouchers, { start: earned.book, open: [] });
  expect(brief(returned)).toEqual(['3 clawback -200 → -200']);
});

test('vouchers of another period are left alone', () => {
  const earned = book([aPosting(500n)], inVouchers);
  const other = { start: '2027-01-01', end: null };
  const returned = book([aPosting(-200n, { period: other })], inVouchers, {
    start: earned.book,
    open: earned.issued,
  });
  expect(brief(returned)).toEqual(['3 clawback -200 → -200']);
  expect(returned.issued).toEqual([]);
});

test('where spend only moves between periods, what one gets is there before another gives it up', () => {
  const earned = book([aPosting(500n)], { expires: { months: 12 } });
  const moved = [aPosting(-500n), aPosting(500n)];
  const plain = book(moved, { expires: { months: 12 } }, { start: earned.book });
  expect(brief(plain)).toEqual(['2 clawback -500 → 0', '3 earn 500 → 500']);
  const first = book(moved, { expires: { months: 12 } }, { start: earned.book, earnsFirst: true });
  expect(brief(first)).toEqual(['2 earn 500 → 1000', '3 clawback -500 → 500']);
  expect(left(first)).toEqual(['2: 500']);
});

test('unless it is said, postings are booked as they come', () => {
  const earned = book([aPosting(500n)]);
  const moved = [aPosting(-500n), aPosting(500n)];
  const plain = bookPostings(earned.book, moved, [], { root, terms: termsOf({}) });
  expect(brief(plain)).toEqual(['2 clawback -500 → 0', '3 earn 500 → 500']);
});

test('what ran out meanwhile is closed also where nothing is posted', () => {
  const { book: before } = book([aPosting(500n)], { expires: { months: 12 } });
  const start = { ...before, lots: before.lots.map((lot) => ({ ...lot, expiresAt: now - DAY_MS })) };
  expect(brief(book([], {}, { start }))).toEqual(['2 expire -500 → 0']);
});

test('a voucher is paid by its own earning, and its rest by the same, whatever ends sooner', () => {
  const { book: before } = book([aPosting(100n)], { expires: { months: 1 } });
  const start = { ...before, lots: before.lots.map((lot) => ({ ...lot, ruleId: 'other' })) };
  const rule = { ...inVouchers, expires: { months: 12 } };
  const earned = book([aPosting(500n)], rule, { start });
  expect(earned.issued).toMatchObject([{ amountMinor: 500n, taken: '[[2,500]]' }]);
  expect(left(earned)).toEqual(['1: 100']);
  const returned = book([aPosting(-200n)], rule, { start: earned.book, open: earned.issued });
  expect(returned.issued).toMatchObject([{ amountMinor: 300n, taken: '[[2,300]]' }]);
  expect(left(returned)).toEqual(['1: 100']);
});

test('a voucher is taken back once, whatever returns follow', () => {
  const earned = book([aPosting(500n)], inVouchers);
  const returned = book([aPosting(-500n), aPosting(-200n)], inVouchers, {
    start: earned.book,
    open: earned.issued,
  });
  expect(brief(returned)).toEqual(['3 reversal 500 → 500', '4 clawback -500 → 0', '5 clawback -200 → -200']);
});

test('each voucher and each taking back of one is written, and its entry names it', () => {
  const earned = book([aPosting(500n)], inVouchers);
  const [voucher] = earned.issued;
  expect([earned.statements.length, earned.entries[1]?.cause]).toEqual([1, voucher?.code]);
  const returned = book([aPosting(-200n)], inVouchers, { start: earned.book, open: earned.issued });
  expect([returned.statements.length, returned.entries[0]?.cause]).toEqual([2, voucher?.code]);
  expect(returned.statements[0]?.args).toEqual(
    expect.arrayContaining([voucher?.code, 'account', 'returned', now]),
  );
});

test.each<[string, Partial<OpenVoucher>]>([
  ['another rule', { ruleId: 'other' }],
  ['another version', { version: 2 }],
  ['another period', { periodStart: '2027-01-01' }],
])('a voucher of %s is left alone', (_name, other) => {
  const earned = book([aPosting(500n)], inVouchers);
  const open = earned.issued.map((voucher) => ({ ...voucher, ...other }));
  const returned = book([aPosting(-200n)], inVouchers, { start: earned.book, open });
  expect(brief(returned)).toEqual(['3 clawback -200 → -200']);
});

test('what names no version, and what took from no lots, is a mistake of ours', () => {
  expect(() => book([aPosting(500n, { version: 9 })])).toThrow('a posting names a version of the programme');
  expect(readTaken('[[1,500],[3,200]]')).toEqual([
    { lotSeq: 1, amount: 500n },
    { lotSeq: 3, amount: 200n },
  ]);
  expect(() => readTaken('{}')).toThrow('taken lots are a list');
  expect(() => readTaken('[1]')).toThrow('a taken lot is a pair');
});

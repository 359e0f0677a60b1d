import { describe, expect, it } from 'vitest';
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
  reverseRedeem,
} from '../../../functions/money/rewards/lots.ts';
import type { DebtPolicy } from '../../../functions/money/rewards/types.ts';

const day = 86_400_000;

describe('spending', () => {
  it('takes what ends soonest first, what never ends last, then the oldest', () => {
    const { book } = ledger([
      earn(1_00n, { at: 1 }),
      earn(2_00n, { at: 3, expiresAt: 90 * day }),
      earn(3_00n, { at: 2, expiresAt: 90 * day }),
      earn(4_00n, { at: 4, expiresAt: 60 * day }),
    ]);
    const spent = redeem(book, { amount: 9_50n, now: 10 });
    expect(spent.ok && spent.taken).toEqual([
      { lotSeq: 4, amount: 4_00n },
      { lotSeq: 3, amount: 3_00n },
      { lotSeq: 2, amount: 2_00n },
      { lotSeq: 1, amount: 50n },
    ]);
    expect(spent.ok && spent.entry).toMatchObject({
      seq: 5,
      kind: 'redeem',
      amount: -9_50n,
      balanceAfter: 50n,
    });
  });

  it('refuses a redemption larger than the balance and changes nothing', () => {
    const { book } = ledger([earn(5_00n)]);
    expect(redeem(book, { amount: 5_01n, now: 10 })).toEqual({
      ok: false,
      reason: 'insufficient_balance',
      available: 5_00n,
    });
    expect(redeem(book, { amount: 5_00n, now: 10 }).ok).toBe(true);
    expect(availableAt(book, 10)).toBe(5_00n);
  });

  it('does not spend what has ended but is not closed yet', () => {
    const { book } = ledger([earn(5_00n, { expiresAt: day }), earn(1_00n)]);
    expect(availableAt(book, day - 1)).toBe(6_00n);
    expect(availableAt(book, day)).toBe(1_00n);
    expect(redeem(book, { amount: 2_00n, now: day })).toMatchObject({ ok: false, available: 1_00n });
    const spent = redeem(book, { amount: 1_00n, now: day });
    expect(spent.ok && spent.entries.map(brief)).toEqual(['3 expire -500 → 100', '4 redeem -100 → 0']);
  });

  it.each([0n, -1n])('refuses an amount of %s', (amount) => {
    expect(() => redeem(ledger([earn(5_00n)]).book, { amount, now: 10 })).toThrow(RangeError);
  });

  it('can prefer one lot', () => {
    const { book } = ledger([earn(5_00n, { expiresAt: day }), earn(3_00n)]);
    const spent = redeem(book, { amount: 4_00n, now: 10, preferLotSeq: 2 });
    expect(spent.ok && spent.taken).toEqual([
      { lotSeq: 2, amount: 3_00n },
      { lotSeq: 1, amount: 1_00n },
    ]);
  });

  it('is how staff take something off, never beyond the balance', () => {
    const { book } = ledger([earn(5_00n)]);
    const taken = redeem(book, { amount: 2_00n, now: 10, kind: 'adjust', cause: 'paid in cash' });
    expect(taken.ok && taken.entry).toMatchObject({ kind: 'adjust', amount: -2_00n, cause: 'paid in cash' });
    expect(redeem(book, { amount: 6_00n, now: 10, kind: 'adjust' }).ok).toBe(false);
  });
});

describe('expiry', () => {
  it('closes each ended lot once, for what is left, at its end', () => {
    const { book } = ledger([
      earn(5_00n, { expiresAt: 2 * day }),
      earn(3_00n, { expiresAt: day }),
      earn(1_00n, { expiresAt: 3 * day }),
    ]);
    const spent = redeem(book, { amount: 4_00n, now: 10 });
    if (!spent.ok) throw new Error(spent.reason);
    const first = expireDue(spent.book, 2 * day);
    expect(first.entries.map((entry) => [entry.lotSeq, entry.amount, entry.effectiveAt])).toEqual([
      [1, -4_00n, 2 * day],
    ]);
    expect(first.lots).toMatchObject([{ seq: 1, remaining: 0n, expired: 4_00n }]);
    expect(expireDue(first.book, 2 * day).entries).toEqual([]);
  });

  it('closes at once what is earned late and has ended already', () => {
    const { entries } = ledger([earn(5_00n, { at: 1, expiresAt: 2 })], { now: day });
    expect(entries.map(brief)).toEqual(['1 earn 500 → 500', '2 expire -500 → 0']);
  });
});

describe('a reversed redemption', () => {
  const { book } = ledger([
    earn(5_00n, { expiresAt: 100 * day }),
    earn(3_00n, { expiresAt: 20 * day }),
    earn(2_00n),
  ]);

  it('gives the same lots back, each for at least 30 days', () => {
    const spent = redeem(book, { amount: 9_00n, now: day });
    if (!spent.ok) throw new Error(spent.reason);
    const back = reverseRedeem(spent.book, { redeemSeq: spent.entry.seq, taken: spent.taken, now: 10 * day });
    expect(back.entry).toMatchObject({ kind: 'reversal', amount: 9_00n, causeSeq: 4, balanceAfter: 10_00n });
    expect(back.book.lots.map((lot) => [lot.seq, lot.remaining, lot.expiresAt])).toEqual([
      [1, 5_00n, 100 * day],
      [2, 3_00n, 40 * day],
      [3, 2_00n, null],
    ]);
  });

  it('revives a lot that has ended since, which ends once more', () => {
    const spent = redeem(book, { amount: 2_00n, now: day });
    if (!spent.ok) throw new Error(spent.reason);
    const ended = expireDue(spent.book, 20 * day);
    const back = reverseRedeem(ended.book, { redeemSeq: spent.entry.seq, taken: spent.taken, now: 50 * day });
    expect(back.book.lots[1]).toMatchObject({ remaining: 2_00n, expired: 1_00n, expiresAt: 80 * day });
    const again = expireDue(back.book, 80 * day);
    expect(again.entries.map((entry) => [entry.kind, entry.lotSeq, entry.amount, entry.effectiveAt])).toEqual(
      [['expire', 2, -2_00n, 80 * day]],
    );
  });

  it('settles an open debt first', () => {
    const { book: one } = ledger([earn(5_00n)]);
    const spent = redeem(one, { amount: 5_00n, now: 10 });
    if (!spent.ok) throw new Error(spent.reason);
    const owing = applyEntries(spent.book, [clawback(2_00n)], { debtPolicy: 'carry', now: 11 });
    const back = reverseRedeem(owing.book, { redeemSeq: spent.entry.seq, taken: spent.taken, now: 12 });
    expect(back.book.lots).toMatchObject([{ remaining: 3_00n }]);
    expect(back.book.balance).toBe(3_00n);
  });
});

describe('taking back', () => {
  it('takes the same rule’s lots, then what they lost by expiry, then other lots, then makes a debt', () => {
    const { book } = ledger(
      [earn(2_00n, { expiresAt: day }), earn(1_00n), earn(4_00n, { ruleId: 'other', expiresAt: 3 * day })],
      { now: 10 },
    );
    const ended = expireDue(book, 2 * day).book;
    const steps = [50n, 1_50n, 3_00n, 4_00n].map((amount) => {
      const { entries, book: after } = applyEntries(ended, [clawback(amount)], {
        debtPolicy: 'carry',
        now: 2 * day,
      });
      return [
        entries.map(brief),
        after.lots.map((lot) => lot.remaining),
        after.lots[0]?.expired,
        debtOf(after),
      ];
    });
    expect(steps).toEqual([
      [['5 clawback -50 → 450'], [0n, 50n, 4_00n], 2_00n, 0n],
      [['5 unexpire 50 → 550', '6 clawback -150 → 400'], [0n, 0n, 4_00n], 1_50n, 0n],
      [['5 unexpire 200 → 700', '6 clawback -300 → 400'], [0n, 0n, 4_00n], 0n, 0n],
      [['5 unexpire 200 → 700', '6 clawback -400 → 300'], [0n, 0n, 3_00n], 0n, 0n],
    ]);
  });

  it('carries the debt and settles it from the next earnings', () => {
    const { book } = ledger([earn(5_00n)]);
    const spent = redeem(book, { amount: 4_00n, now: 10 });
    if (!spent.ok) throw new Error(spent.reason);
    const terms = { debtPolicy: 'carry', now: 11 } as const;
    const owing = applyEntries(spent.book, [clawback(5_00n)], terms);
    expect(owing.entries.map(brief)).toEqual(['3 clawback -500 → -400']);
    expect([debtOf(owing.book), availableAt(owing.book, 11)]).toEqual([4_00n, 0n]);
    const partly = applyEntries(owing.book, [earn(3_00n)], terms);
    expect([debtOf(partly.book), partly.lots[0]?.remaining]).toEqual([1_00n, 0n]);
    const wholly = applyEntries(partly.book, [earn(3_00n)], terms);
    expect([debtOf(wholly.book), wholly.lots[0]?.remaining, availableAt(wholly.book, 11)]).toEqual([
      0n,
      2_00n,
      2_00n,
    ]);
  });

  it('forgives what is not covered, and no more than this return left open', () => {
    const { book } = ledger([earn(5_00n)]);
    const spent = redeem(book, { amount: 4_00n, now: 10 });
    if (!spent.ok) throw new Error(spent.reason);
    const forgiven = applyEntries(spent.book, [clawback(5_00n)], { debtPolicy: 'forgive', now: 11 });
    expect(forgiven.entries.map(brief)).toEqual(['3 clawback -500 → -400', '4 forgive 400 → 0']);
    const owing = applyEntries(spent.book, [clawback(2_00n)], { debtPolicy: 'carry', now: 11 });
    const after = applyEntries(owing.book, [clawback(3_00n)], { debtPolicy: 'forgive', now: 12 });
    expect(after.entries.map(brief)).toEqual(['4 clawback -300 → -400', '5 forgive 300 → -100']);
  });

  it('forgives nothing that an ended lot covers', () => {
    const ended = expireDue(ledger([earn(5_00n, { expiresAt: day })], { now: 10 }).book, day).book;
    const { entries } = applyEntries(ended, [clawback(5_00n)], { debtPolicy: 'forgive', now: 2 * day });
    expect(entries.map(brief)).toEqual(['3 unexpire 500 → 500', '4 clawback -500 → 0']);
  });

  it('forgives nothing that an ended lot covers beside an older debt', () => {
    const spent = redeem(ledger([earn(4_00n, { ruleId: 'other' })]).book, { amount: 4_00n, now: 10 });
    if (!spent.ok) throw new Error(spent.reason);
    const carry = { debtPolicy: 'carry', now: day } as const;
    const ended = applyEntries(spent.book, [earn(5_00n, { expiresAt: day })], carry).book;
    const owing = applyEntries(ended, [{ ...clawback(4_00n), ruleId: 'other' }], carry).book;
    const { entries } = applyEntries(owing, [clawback(3_00n)], { debtPolicy: 'forgive', now: 2 * day });
    expect(entries.map(brief)).toEqual(['6 unexpire 300 → -100', '7 clawback -300 → -400']);
  });

  it('takes a bonus back from its own lot first', () => {
    const bonus: AppliedDraft = { kind: 'bonus', amount: 5_00n, effectiveAt: 2, cause: 'referral 7' };
    const { book } = ledger([earn(5_00n, { expiresAt: day }), bonus]);
    const back: AppliedDraft = { kind: 'bonus_reversal', amount: -6_00n, effectiveAt: 5, causeSeq: 2 };
    const { book: after } = applyEntries(book, [back], { debtPolicy: 'carry', now: 10 });
    expect(after.lots.map((lot) => lot.remaining)).toEqual([4_00n, 0n]);
  });
});

it('leaves the book it was given as it was', () => {
  const { book } = ledger([earn(5_00n, { expiresAt: day })]);
  const before = structuredClone(book);
  redeem(book, { amount: 3_00n, now: 10 });
  expireDue(book, day);
  applyEntries(book, [clawback(9_00n), earn(1_00n)], { debtPolicy: 'forgive', now: day });
  expect(book).toEqual(before);
});

it('refuses an entry that names a lot the book lacks', () => {
  const { entries } = ledger([earn(5_00n, { expiresAt: day })], { now: day });
  expect(() => replay(entries.slice(1))).toThrow(RangeError);
});

function ledger(
  drafts: AppliedDraft[],
  terms: { now?: number; debtPolicy?: DebtPolicy } = {},
): {
  book: LotBook;
  entries: Entry[];
} {
  return applyEntries(emptyBook, drafts, { debtPolicy: terms.debtPolicy ?? 'carry', now: terms.now ?? 5 });
}

function earn(
  amount: bigint,
  parts: { at?: number; ruleId?: string; expiresAt?: number } = {},
): AppliedDraft {
  const { at = 1, ruleId = 'back', expiresAt = null } = parts;
  return { kind: 'earn', amount, ruleId, version: 1, effectiveAt: at, expiresAt };
}

function clawback(amount: bigint): AppliedDraft {
  return { kind: 'clawback', amount: -amount, ruleId: 'back', version: 1, effectiveAt: 4 };
}

function brief(entry: Entry): string {
  return `${entry.seq} ${entry.kind} ${entry.amount} → ${entry.balanceAfter}`;
}

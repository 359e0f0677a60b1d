import type { EntryKind, Period } from './types.ts';

/** A positive entry that can be spent; `seq` is that entry's. Minor units. */
export interface Lot {
  seq: number;
  ruleId: string | null;
  version: number | null;
  amount: bigint;
  remaining: bigint;
  expired: bigint;
  datedAt: number;
  /** First instant at which it no longer counts; null = never. */
  expiresAt: number | null;
}

/** One line of an account's ledger as the lot book needs it; `amount` is signed. */
export interface Entry {
  seq: number;
  kind: EntryKind;
  amount: bigint;
  ruleId: string | null;
  version: number | null;
  period: Period | null;
  order: { id: string; source: string; number: string } | null;
  effectiveAt: number;
  recordedAt: number;
  /** Of a new lot; null on every other entry. */
  expiresAt: number | null;
  /** The lot that an `expire` or `unexpire` closes or reopens. */
  lotSeq: number | null;
  /** Of a `reversal`, the redeem it reverses; of another negative entry, the lot to take first, if any. */
  causeSeq: number | null;
  /** What caused it in the caller's words (a redemption's id, a reason); carried through. */
  cause: string | null;
  spendAfter: bigint | null;
  balanceAfter: bigint;
}

/**
 * One account's lots by rising `seq`, and its balance: Σ remaining − debt = balance, and a debt is only ever open
 * while nothing remains. Lots with nothing remaining and nothing expired may be left out, unless a reversal is due.
 */
export interface LotBook {
  lots: readonly Lot[];
  balance: bigint;
  nextSeq: number;
}

/** What a negative entry took out of one lot. */
export interface Taken {
  lotSeq: number;
  amount: bigint;
}

export const emptyBook: LotBook = { lots: [], balance: 0n, nextSeq: 1 };

export function debtOf(book: LotBook): bigint {
  return book.balance < 0n ? -book.balance : 0n;
}

/** What can be spent at a time: lots that have ended do not count, whether or not their closing entry is posted. */
export function availableAt(book: LotBook, now: number): bigint {
  return book.lots.reduce((sum, lot) => (isDue(lot, now) ? sum : sum + lot.remaining), 0n);
}

export function isDue(lot: Lot, now: number): boolean {
  return lot.expiresAt !== null && lot.expiresAt <= now;
}

/** Soonest-expiring first, never-expiring last, then oldest. */
export function inSpendingOrder(a: Lot, b: Lot): number {
  if (a.expiresAt !== b.expiresAt) return (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity);
  return a.datedAt - b.datedAt || a.seq - b.seq;
}

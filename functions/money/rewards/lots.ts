import { smallerOf } from '../../ground/platform/money.ts';
import {
  type Entry,
  emptyBook,
  inSpendingOrder,
  isDue,
  type Lot,
  type LotBook,
  type Taken,
} from './lot-book.ts';
import { isFirstFor, type OpenBook, openBook, post } from './lot-changes.ts';
import type { Posting } from './settle.ts';
import type { DebtPolicy, EntryKind } from './types.ts';

export {
  availableAt,
  debtOf,
  type Entry,
  emptyBook,
  type Lot,
  type LotBook,
  type Taken,
} from './lot-book.ts';

/** An entry before it has its place in the ledger; what is left out is null. */
export type EntryDraft = Pick<Entry, 'kind' | 'amount' | 'effectiveAt'> & Partial<Pick<Entry, OptionalField>>;
type OptionalField =
  | 'ruleId'
  | 'version'
  | 'period'
  | 'order'
  | 'expiresAt'
  | 'lotSeq'
  | 'causeSeq'
  | 'cause'
  | 'spendAfter';

/** Entries to append in this order, the lots they changed, and the book afterwards. */
export interface BookChange {
  book: LotBook;
  entries: Entry[];
  lots: Lot[];
}

export type AppliedDraft = EntryDraft & { kind: 'earn' | 'bonus' | 'adjust' | 'clawback' | 'bonus_reversal' };

/**
 * Appends earnings, takings back, bonuses and positive adjustments, with whatever they force (DOMAIN.md §2 "Lots and
 * expiry", "Debt"): an `unexpire` before a taking back that needs what has expired, a `forgive` after one that went
 * below zero under that policy, and the `expire` of every lot that has ended by `now`.
 */
export function applyEntries(
  book: LotBook,
  drafts: AppliedDraft[],
  terms: { debtPolicy: DebtPolicy; now: number },
): BookChange {
  const writing = startWriting(book, terms.now);
  sweep(writing);
  for (const draft of drafts) {
    if (draft.amount < 0n) takeBack(writing, draft, terms.debtPolicy);
    else append(writing, draft);
  }
  sweep(writing);
  return finish(writing);
}

/** Posts one closing `expire` for every lot that has ended with something left. */
export function expireDue(book: LotBook, now: number): BookChange {
  const writing = startWriting(book, now);
  sweep(writing);
  return finish(writing);
}

export type Redeemed =
  | { ok: false; reason: 'insufficient_balance'; available: bigint }
  | ({ ok: true; entry: Entry; taken: Taken[] } & BookChange);

/**
 * Spends `amount` (positive), never more than is available at `now`. `preferLotSeq` names a lot to take first;
 * `kind` is `adjust` for a correction by staff. Throws RangeError when the amount is not positive.
 */
export function redeem(
  book: LotBook,
  request: { amount: bigint; now: number; kind?: 'redeem' | 'adjust'; cause?: string; preferLotSeq?: number },
): Redeemed {
  if (request.amount <= 0n) throw new RangeError('A redemption must be of more than nothing.');
  const writing = startWriting(book, request.now);
  sweep(writing);
  const available = writing.book.balance > 0n ? writing.book.balance : 0n;
  if (request.amount > available) return { ok: false, reason: 'insufficient_balance', available };
  const { entry, taken } = append(writing, {
    kind: request.kind ?? 'redeem',
    amount: -request.amount,
    effectiveAt: request.now,
    causeSeq: request.preferLotSeq ?? null,
    cause: request.cause ?? null,
  });
  return { ok: true, entry, taken, ...finish(writing) };
}

/**
 * Gives a redeem back to the lots it `taken` from, with their dates, which move on to at least 30 days from `now`.
 * An open debt is settled from it first.
 */
export function reverseRedeem(
  book: LotBook,
  request: { redeemSeq: number; taken: Taken[]; now: number; cause?: string },
): BookChange & { entry: Entry } {
  const writing = startWriting(book, request.now);
  sweep(writing);
  const amount = request.taken.reduce((sum, part) => sum + part.amount, 0n);
  const draft = { kind: 'reversal', amount, effectiveAt: request.now, causeSeq: request.redeemSeq } as const;
  const { entry } = append(writing, { ...draft, cause: request.cause ?? null }, request.taken);
  return { entry, ...finish(writing) };
}

/**
 * Gives back what an unused voucher was paid with, when the voucher has ended: the lots that end no later than it lapse
 * with it, the others count again with their dates, at least 30 days long.
 */
export function returnLapsed(
  book: LotBook,
  request: { redeemSeq: number; taken: Taken[]; now: number; endedAt: number; cause: string },
): BookChange & { entry: Entry } {
  const { now, endedAt } = request;
  const endBefore = new Map(book.lots.map(({ seq, expiresAt }) => [seq, expiresAt ?? Infinity]));
  const writing = startWriting(book, now);
  sweep(writing);
  const amount = request.taken.reduce((sum, part) => sum + part.amount, 0n);
  const draft = { kind: 'reversal', amount, effectiveAt: endedAt, causeSeq: request.redeemSeq } as const;
  const { entry } = append(writing, { ...draft, cause: request.cause }, request.taken);
  for (const part of request.taken) {
    const lot = writing.book.lots.find(({ seq }) => seq === part.lotSeq);
    if (lot === undefined || (endBefore.get(lot.seq) ?? 0) > endedAt) continue;
    const over = smallerOf(part.amount, lot.remaining);
    if (over > 0n) append(writing, { ...lotDraft('expire', lot, -over), effectiveAt: endedAt });
  }
  return { entry, ...finish(writing) };
}

/** Rebuilds the book from nothing but the entries, by rising `seq`; `takenBy` tells what each redeem took. */
export function replay(entries: Iterable<Entry>): { book: LotBook; takenBy: Map<number, Taken[]> } {
  const book = openBook(emptyBook);
  const takenBy = new Map<number, Taken[]>();
  for (const entry of entries) {
    const given =
      entry.kind === 'reversal' && entry.causeSeq !== null ? takenBy.get(entry.causeSeq) : undefined;
    const taken = post(book, entry, given ?? []);
    if (taken.length > 0) takenBy.set(entry.seq, taken);
  }
  return { book: closed(book), takenBy };
}

/** A settlement's posting as a draft; `expiresAt` (see `expiryOf`) matters for an earn only. */
export function draftOf(posting: Posting, expiresAt: number | null): AppliedDraft {
  return { ...posting, expiresAt: posting.kind === 'earn' ? expiresAt : null };
}

export interface Writing {
  book: OpenBook;
  entries: Entry[];
  now: number;
}

export function startWriting(book: LotBook, now: number): Writing {
  return { book: openBook(book), entries: [], now };
}

export function finish({ book, entries }: Writing): BookChange {
  return { book: closed(book), entries, lots: [...book.changed.values()] };
}

function closed({ lots, balance, nextSeq }: OpenBook): LotBook {
  return { lots, balance, nextSeq };
}

export function append(
  writing: Writing,
  draft: EntryDraft,
  given: readonly Taken[] = [],
): { entry: Entry; taken: Taken[] } {
  const { book } = writing;
  const entry: Entry = {
    seq: book.nextSeq,
    kind: draft.kind,
    amount: draft.amount,
    ruleId: draft.ruleId ?? null,
    version: draft.version ?? null,
    period: draft.period ?? null,
    order: draft.order ?? null,
    effectiveAt: draft.effectiveAt,
    recordedAt: writing.now,
    expiresAt: draft.expiresAt ?? null,
    lotSeq: draft.lotSeq ?? null,
    causeSeq: draft.causeSeq ?? null,
    cause: draft.cause ?? null,
    spendAfter: draft.spendAfter ?? null,
    balanceAfter: book.balance + draft.amount,
  };
  writing.entries.push(entry);
  return { entry, taken: post(book, entry, given) };
}

export function sweep(writing: Writing): void {
  const due = writing.book.lots.filter((lot) => lot.remaining > 0n && isDue(lot, writing.now));
  for (const lot of due.sort(inSpendingOrder)) {
    append(writing, {
      ...lotDraft('expire', lot, -lot.remaining),
      effectiveAt: lot.expiresAt ?? writing.now,
    });
  }
}

function takeBack(writing: Writing, draft: EntryDraft, debtPolicy: DebtPolicy): void {
  const subject = { kind: draft.kind, causeSeq: draft.causeSeq ?? null, ruleId: draft.ruleId ?? null };
  const own = writing.book.lots.filter((lot) => isFirstFor(subject, lot));
  reopenExpired(writing, draft, { lots: own, amount: -draft.amount });
  const { taken } = append(writing, draft);
  const uncovered = taken.reduce((left, { amount }) => left - amount, -draft.amount);
  if (debtPolicy === 'carry' || uncovered <= 0n) return;
  append(writing, {
    kind: 'forgive',
    amount: uncovered,
    effectiveAt: draft.effectiveAt,
    ruleId: draft.ruleId,
    version: draft.version,
    period: draft.period,
    order: draft.order,
  });
}

/** Nobody owes money they never had: what some lots lost by expiry comes back as far as `amount` is to be taken of them. */
export function reopenExpired(
  writing: Writing,
  draft: EntryDraft,
  { lots, amount: wanted }: { lots: readonly Lot[]; amount: bigint },
): void {
  let missing = lots.reduce((sum, lot) => sum - lot.remaining, wanted);
  for (const lot of lots.filter(({ expired }) => expired > 0n).sort(inSpendingOrder)) {
    if (missing <= 0n) return;
    const amount = smallerOf(lot.expired, missing);
    const back = lotDraft('unexpire', lot, amount);
    append(writing, { ...back, effectiveAt: draft.effectiveAt, order: draft.order, period: draft.period });
    missing -= amount;
  }
}

function lotDraft(kind: EntryKind & ('expire' | 'unexpire'), lot: Lot, amount: bigint) {
  return { kind, amount, ruleId: lot.ruleId, version: lot.version, lotSeq: lot.seq };
}

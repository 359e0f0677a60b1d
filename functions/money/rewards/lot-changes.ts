import { DAY_MS } from '../../ground/platform/calendar.ts';
import { smallerOf } from '../../ground/platform/money.ts';
import { type Entry, inSpendingOrder, type Lot, type LotBook, type Taken } from './lot-book.ts';

/** A lot book being written: lots are copied before they change, so the book it came from stays as it was. */
export interface OpenBook {
  lots: Lot[];
  balance: bigint;
  nextSeq: number;
  /** The lots that differ from the book this was opened from, by seq. */
  changed: Map<number, Lot>;
}

/** A reversed redemption's lots last at least this long again. */
const REVERSAL_MS = 30 * DAY_MS;

export function openBook(book: LotBook): OpenBook {
  return { lots: [...book.lots], balance: book.balance, nextSeq: book.nextSeq, changed: new Map() };
}

/**
 * Moves the lots by one entry; the same entries in the same order always lead to the same lots. `given` is what the
 * reversed redeem had taken. Returns what the entry took. Throws when the entry does not fit the book.
 */
export function post(book: OpenBook, entry: Entry, given: readonly Taken[]): Taken[] {
  book.balance += entry.amount;
  book.nextSeq = entry.seq + 1;
  switch (entry.kind) {
    case 'expire':
    case 'unexpire':
      expireLot(changing(book, entry.lotSeq), -entry.amount);
      return [];
    case 'reversal':
      giveBack(book, given, entry.recordedAt + REVERSAL_MS);
      repayDebt(book);
      return [];
    case 'forgive':
      return [];
    default:
      return entry.amount > 0n ? addLot(book, entry) : take(book, entry);
  }
}

/** Lots that a negative entry takes before all others: those of its cause, or else of its rule. */
export function isFirstFor(entry: Pick<Entry, 'kind' | 'causeSeq' | 'ruleId'>, lot: Lot): boolean {
  if (entry.causeSeq !== null) return lot.seq === entry.causeSeq;
  return entry.kind === 'clawback' && lot.ruleId === entry.ruleId;
}

function addLot(book: OpenBook, entry: Entry): Taken[] {
  const debtBefore = entry.amount - book.balance;
  const repaid = debtBefore > 0n ? smallerOf(debtBefore, entry.amount) : 0n;
  const lot = {
    seq: entry.seq,
    ruleId: entry.ruleId,
    version: entry.version,
    amount: entry.amount,
    remaining: entry.amount - repaid,
    expired: 0n,
    datedAt: entry.effectiveAt,
    expiresAt: entry.expiresAt,
  };
  book.lots.push(lot);
  book.changed.set(lot.seq, lot);
  return [];
}

/** What the lots cannot cover stays uncovered: it is the part of the balance below zero. */
function take(book: OpenBook, entry: Entry): Taken[] {
  const open = book.lots.filter((lot) => lot.remaining > 0n);
  const first = open.filter((lot) => isFirstFor(entry, lot)).sort(inSpendingOrder);
  const others = open.filter((lot) => !isFirstFor(entry, lot)).sort(inSpendingOrder);
  return takeFrom(book, [...first, ...others], -entry.amount);
}

function takeFrom(book: OpenBook, lots: Lot[], amount: bigint): Taken[] {
  const taken: Taken[] = [];
  let missing = amount;
  for (const { seq, remaining } of lots) {
    if (missing === 0n) break;
    const part = smallerOf(remaining, missing);
    changing(book, seq).remaining -= part;
    taken.push({ lotSeq: seq, amount: part });
    missing -= part;
  }
  return taken;
}

function giveBack(book: OpenBook, given: readonly Taken[], earliestEnd: number): void {
  for (const { lotSeq, amount } of given) {
    const lot = changing(book, lotSeq);
    lot.remaining += amount;
    if (lot.expiresAt !== null && lot.expiresAt < earliestEnd) lot.expiresAt = earliestEnd;
  }
}

/** Restores that nothing remains while a debt is open. */
function repayDebt(book: OpenBook): void {
  const open = book.lots.filter((lot) => lot.remaining > 0n).sort(inSpendingOrder);
  const debt = open.reduce((sum, lot) => sum + lot.remaining, 0n) - book.balance;
  if (debt > 0n) takeFrom(book, open, debt);
}

/** A negative amount brings expired money back. */
function expireLot(lot: Lot, amount: bigint): void {
  lot.remaining -= amount;
  lot.expired += amount;
}

function changing(book: OpenBook, seq: number | null): Lot {
  const known = seq === null ? undefined : book.changed.get(seq);
  if (known !== undefined) return known;
  const index = placeOf(book.lots, seq ?? 0);
  const lot = book.lots[index];
  if (lot === undefined || lot.seq !== seq) throw new RangeError(`The lot book has no lot ${seq}.`);
  const copy = { ...lot };
  book.lots[index] = copy;
  book.changed.set(copy.seq, copy);
  return copy;
}

/** Lots stand by rising seq. */
function placeOf(lots: readonly Lot[], seq: number): number {
  let low = 0;
  let high = lots.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((lots[middle]?.seq ?? seq) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

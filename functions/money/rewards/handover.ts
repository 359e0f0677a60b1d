import { smallerOf } from '../../ground/platform/money.ts';
import { inSpendingOrder, isDue, type Lot, type LotBook } from './lot-book.ts';
import {
  type AppliedDraft,
  append,
  type BookChange,
  finish,
  reopenExpired,
  startWriting,
  sweep,
  type Writing,
} from './lots.ts';

/** What an account hands over beside its orders, in minor units; none is negative. */
export interface Handover {
  /** What is left of credit that no order earned. */
  lots: readonly { seq: number; amount: bigint; expiresAt: number | null }[];
  /** By rule, what of the earnings was spent and what of them expired. */
  rules: readonly { ruleId: string; spent: bigint; expired: bigint }[];
  /** What is owed beyond all that. */
  owed: bigint;
}

/** What an entry of a handover is, for whoever reads the statement. */
export type HandoverRole = 'in' | 'spent' | 'owed' | 'out' | 'cleared';

/** An `adjust` of a handover: the row that explains it is made from this. */
export interface HandoverEntry {
  id: string;
  seq: number;
  role: HandoverRole;
}

export interface HandoverChange extends BookChange {
  carried: HandoverEntry[];
}

/** Which part of an account goes. */
export interface HandedPart {
  /** The lots that come from it or go along. */
  isTheirs: (lot: Lot) => boolean;
  /** What stands posted for the orders that go, and for all orders of the account, by rule. */
  posted: ReadonlyMap<string, bigint>;
  postedAll: ReadonlyMap<string, bigint>;
  owed: bigint;
}

/** All of an account goes: `posted` is what stands posted, by rule. */
export function wholeOf(book: LotBook, posted: ReadonlyMap<string, bigint>): Handover {
  const owed = notNegative(-book.balance);
  const { lots, rules } = handoverOf(book, { posted, postedAll: posted, isTheirs: () => true, owed });
  return { lots: [...lots, ...beyondPosted(book, posted)], rules, owed };
}

/**
 * What of a book is to be handed over. A return takes of the rule's lots whichever ends first, so that what one part has
 * left beyond what it earned is taken off what the other seems to have spent.
 */
export function handoverOf(book: LotBook, { posted, postedAll, isTheirs, owed }: HandedPart): Handover {
  const rules = [...posted].map(([ruleId, amount]) => {
    const [theirs = [], others = []] = [true, false].map((wanted) =>
      book.lots.filter((lot) => lot.ruleId === ruleId && isTheirs(lot) === wanted),
    );
    const beyond = notNegative(heldIn(others) - ((postedAll.get(ruleId) ?? 0n) - amount));
    const spent = notNegative(amount - heldIn(theirs) - beyond);
    return {
      ruleId,
      spent: smallerOf(spent, notNegative(amount)),
      expired: sum(theirs.map((lot) => lot.expired)),
    };
  });
  const lots = book.lots.filter((lot) => lot.ruleId === null && isTheirs(lot) && lot.remaining > 0n);
  return { lots: lots.map(partOf), rules, owed };
}

const heldIn = (lots: readonly Lot[]) => sum(lots.map(({ remaining, expired }) => remaining + expired));
const partOf = ({ seq, remaining, expiresAt }: Lot) => ({ seq, amount: remaining, expiresAt });

/** What a redemption gave back after its earnings had been taken back: it is credit of no order. */
function beyondPosted(book: LotBook, posted: ReadonlyMap<string, bigint>): Handover['lots'] {
  const ofRules = book.lots.filter(({ ruleId }) => ruleId !== null);
  return [...Map.groupBy(ofRules, ({ ruleId }) => ruleId ?? '')].flatMap(([ruleId, lots]) => {
    const latestFirst = lots.toSorted(inSpendingOrder).reverse();
    return takeFrom(latestFirst, heldIn(lots) - (posted.get(ruleId) ?? 0n)).map(({ seq, amount }) => ({
      seq,
      amount,
      expiresAt: lots.find((lot) => lot.seq === seq)?.expiresAt ?? null,
    }));
  });
}

interface Terms {
  now: number;
  newId: () => string;
}

/** Orders that leave: what goes along, the takings back of what they earned, and which lots came of them. */
interface Leaving {
  handover: Handover;
  clawbacks: readonly AppliedDraft[];
  isTheirs: (lot: Lot) => boolean;
}

/**
 * Orders leave an account, and with them what they earned: it is taken back, and what of it was spent is made good here,
 * since it goes along. Nobody comes to owe anything by it that they did not owe.
 */
export function handOver(start: LotBook, leaving: Leaving, { now, newId }: Terms): HandoverChange {
  const carried: HandoverEntry[] = [];
  const writing = startWriting(start, now);
  const carry = carryingInto(writing, carried, { now, newId });
  sweep(writing);
  for (const part of madeGood(writing.book, leaving, now)) carry('cleared', part);
  for (const { seq, amount } of leaving.handover.lots) carry('out', { amount: -amount, causeSeq: seq });
  takeAllBack(writing, leaving);
  sweep(writing);
  return { ...finish(writing), carried };
}

/**
 * The same orders come to another account: what they earn there, less what was spent of it where they were. What expired
 * there expires here; what the earnings cannot cover is taken from the rest, and may end in debt.
 */
export function takeOver(
  start: LotBook,
  { handover, earnings }: { handover: Handover; earnings: readonly AppliedDraft[] },
  { now, newId }: Terms,
): HandoverChange {
  const carried: HandoverEntry[] = [];
  const writing = startWriting(start, now);
  const carry = carryingInto(writing, carried, { now, newId });
  sweep(writing);
  const earned = new Set(earnings.map((draft) => append(writing, draft).entry.seq));
  let uncovered = handover.owed;
  for (const rule of handover.rules) {
    const own = writing.book.lots.filter(({ seq, ruleId }) => ruleId === rule.ruleId && earned.has(seq));
    let missing = rule.spent;
    for (const { seq, amount } of spentFrom(own, rule, now)) {
      carry('spent', { amount: -amount, causeSeq: seq });
      missing -= amount;
    }
    uncovered += missing;
  }
  for (const { amount, expiresAt } of handover.lots) carry('in', { amount, expiresAt });
  if (uncovered > 0n) carry('owed', { amount: -uncovered });
  sweep(writing);
  return { ...finish(writing), carried };
}

function carryingInto(
  writing: ReturnType<typeof startWriting>,
  carried: HandoverEntry[],
  { now, newId }: Terms,
) {
  return (
    role: HandoverRole,
    part: { amount: bigint; expiresAt?: number | null; causeSeq?: number },
  ): void => {
    const id = newId();
    const { entry } = append(writing, { kind: 'adjust', effectiveAt: now, cause: id, ...part });
    carried.push({ id, seq: entry.seq, role });
  };
}

/** What leaving earnings lost by expiry comes back to be taken, of no other lots: what those lost stays lost. */
function takeAllBack(writing: Writing, { clawbacks, isTheirs }: Leaving): void {
  for (const [ruleId, drafts] of Map.groupBy(clawbacks, (draft) => draft.ruleId ?? null)) {
    const lots = writing.book.lots.filter((lot) => lot.ruleId === ruleId && isTheirs(lot));
    const [first] = drafts;
    if (first !== undefined)
      reopenExpired(writing, first, { lots, amount: -sum(drafts.map((draft) => draft.amount)) });
    for (const draft of drafts) append(writing, draft);
  }
}

/** What is put back for what was spent of leaving earnings: with the ends of the lots that pay for it otherwise. */
function madeGood(
  book: LotBook,
  leaving: Leaving,
  now: number,
): { amount: bigint; expiresAt: number | null }[] {
  const { handover } = leaving;
  let left = sum(handover.rules.map(({ spent }) => spent)) + handover.owed;
  if (left === 0n) return [];
  const trial = startWriting(book, now);
  for (const { seq, amount } of handover.lots)
    append(trial, { kind: 'adjust', amount: -amount, effectiveAt: now, causeSeq: seq });
  const before = new Map(trial.book.lots.map((lot) => [lot.seq, lot.remaining]));
  takeAllBack(trial, leaving);
  const parts: { amount: bigint; expiresAt: number | null }[] = [];
  for (const lot of trial.book.lots.toSorted(inSpendingOrder)) {
    const paid = smallerOf(notNegative((before.get(lot.seq) ?? 0n) - lot.remaining), left);
    if (paid === 0n || lot.expiresAt === null || isDue(lot, now)) continue;
    parts.push({ amount: paid, expiresAt: lot.expiresAt });
    left -= paid;
  }
  return left === 0n ? parts : [...parts, { amount: left, expiresAt: null }];
}

/** Which new lots pay for what was spent: those that are over by now, but for what expired of them; then the soonest. */
function spentFrom(
  own: readonly Lot[],
  { spent, expired }: { spent: bigint; expired: bigint },
  now: number,
): { seq: number; amount: bigint }[] {
  const over = own.filter((lot) => isDue(lot, now)).sort(inSpendingOrder);
  const lasting = own.filter((lot) => !isDue(lot, now)).sort(inSpendingOrder);
  const overSpent = notNegative(sum(over.map(({ remaining }) => remaining)) - expired);
  const first = takeFrom(over, smallerOf(overSpent, spent));
  const then = takeFrom(lasting, spent - sum(first.map(({ amount }) => amount)));
  return [...first, ...then];
}

function takeFrom(lots: readonly Lot[], amount: bigint): { seq: number; amount: bigint }[] {
  const parts: { seq: number; amount: bigint }[] = [];
  let left = amount;
  for (const { seq, remaining } of lots) {
    const part = smallerOf(remaining, left);
    if (part <= 0n) continue;
    parts.push({ seq, amount: part });
    left -= part;
  }
  return parts;
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n);
const notNegative = (amount: bigint) => (amount > 0n ? amount : 0n);

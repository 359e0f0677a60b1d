import { insertInto } from '../../../db/query.ts';
import { voucherCancellations } from '../../../db/schema/index.ts';
import { assert } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { type Handover, type HandoverEntry, handOver, takeOver } from '../rewards/handover.ts';
import { applyEntries, draftOf, type Lot, type LotBook, reverseRedeem } from '../rewards/lots.ts';
import type { Posting } from '../rewards/settle.ts';
import {
  expiryOfLot,
  issueVoucher,
  type OpenVoucher,
  openWriting,
  readTaken,
  versionOf,
} from './book-postings.ts';
import type { LedgerChange, Terms } from './plan-change.ts';
import type { Root } from './root.ts';

/** How a ledger goes on, and which of its entries carry balance from one account to another. */
export interface HandoverBooking {
  change: LedgerChange;
  carried: HandoverEntry[];
}

const insertCancellation = insertInto(voucherCancellations);

export interface Leaving {
  postings: readonly Posting[];
  /** Unused vouchers that rules paid for what goes: they end, and are paid again where it goes to. */
  ending: readonly OpenVoucher[];
  /** A bonus that ends with it, and the entry that paid it. */
  bonus: { id: string; entrySeq: number; amountMinor: bigint } | null;
  /** The lots that come of what goes. */
  isTheirs: (lot: Lot) => boolean;
  /** What goes along, by the book as it stands then. */
  handoverOf: (book: LotBook) => Handover;
}

/** The ledger of an account that orders leave with all that hangs on them. Vouchers that were paid for keep their codes. */
export function bookLeaving(
  start: LotBook,
  { postings, ending, bonus, isTheirs, handoverOf }: Leaving,
  { root, terms }: { root: Root; terms: Terms },
): HandoverBooking & { handover: Handover } {
  const { now } = terms;
  const writing = openWriting(start, terms);
  writing.sweep();
  for (const { code, entrySeq, taken: text } of ending) {
    const taken = readTaken(text);
    writing.take(reverseRedeem(writing.book(), { redeemSeq: entrySeq, taken, now, cause: code }));
    writing.statements.push(insertCancellation({ code, accountId: root.id, reason: 'returned', at: now }));
  }
  const handover = handoverOf(writing.book());
  if (bonus !== null) {
    const back = { kind: 'bonus_reversal', amount: -bonus.amountMinor, effectiveAt: now } as const;
    const draft = { ...back, cause: bonus.id, causeSeq: bonus.entrySeq };
    writing.take(applyEntries(writing.book(), [draft], { debtPolicy: 'carry', now }));
  }
  const clawbacks = postings.map((posting) => draftOf(posting, null));
  const { carried, ...change } = handOver(writing.book(), { handover, clawbacks, isTheirs }, { now, newId });
  writing.take(change);
  return { change: writing.finish(), carried, handover };
}

/**
 * The ledger of the account they come to. Of vouchers that a rule pays only what was not paid before is issued. What
 * balance and vouchers then fall short of `floor` is made good by a bonus under `bonusId`.
 */
export function bookComing(
  start: LotBook,
  coming: { postings: readonly Posting[]; handover: Handover; floor: bigint | null; bonusId: string },
  { root, terms }: { root: Root; terms: Terms },
): HandoverBooking & { keptMinor: bigint } {
  const { postings, handover, floor, bonusId } = coming;
  const { now } = terms;
  const writing = openWriting(start, terms);
  const earnings = postings.map((posting) =>
    draftOf(posting, expiryOfLot(versionOf(posting, terms), posting, root, terms)),
  );
  const { carried, ...change } = takeOver(start, { handover, earnings }, { now, newId });
  writing.take(change);
  const earned = change.entries.filter(({ kind }) => kind === 'earn');
  assert(earned.length === postings.length, 'orders that come only earn');
  for (const [index, posting] of postings.entries()) {
    const version = versionOf(posting, terms);
    const lot = writing.book().lots.find(({ seq }) => seq === earned[index]?.seq);
    if (version.rule.pays === 'credit' || lot === undefined || lot.remaining === 0n) continue;
    const voucher = { posting, version, amount: lot.remaining, preferLotSeq: lot.seq };
    issueVoucher(writing, voucher, { root, terms });
  }
  const issued = writing.issued.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const missing = floor === null ? 0n : floor - writing.book().balance - issued;
  const keptMinor = missing > 0n ? missing : 0n;
  if (keptMinor > 0n) {
    const draft = { kind: 'bonus', amount: keptMinor, effectiveAt: now, cause: bonusId } as const;
    writing.take(applyEntries(writing.book(), [draft], { debtPolicy: 'carry', now }));
  }
  return { change: writing.finish(), carried, keptMinor };
}

import { insertInto } from '../../../db/query.ts';
import { voucherCancellations, vouchers } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import { assert } from '../../ground/platform/errors.ts';
import { exactJson, readInteger } from '../../ground/platform/exact-json.ts';
import { newCode } from '../../ground/platform/ids.ts';
import { type CompiledVersion, versionKey } from '../rewards/compile.ts';
import { expiryOf } from '../rewards/expiry.ts';
import {
  applyEntries,
  type BookChange,
  draftOf,
  type Entry,
  type Lot,
  type LotBook,
  redeem,
  reverseRedeem,
  type Taken,
} from '../rewards/lots.ts';
import type { Posting } from '../rewards/settle.ts';
import type { listOpenVouchers } from './list-lots.ts';
import type { LedgerChange, Terms } from './plan-change.ts';
import { joiningDayOf, type Root } from './root.ts';

export type OpenVoucher = Awaited<ReturnType<typeof listOpenVouchers>>[number];

const insertVoucher = insertInto(vouchers);
const insertCancellation = insertInto(voucherCancellations);

/**
 * The ledger's answer to a settlement's postings: earnings become lots, takings back take from them. A rule that
 * pays in vouchers spends each earning on a voucher at once; a return cancels unused ones first (DOMAIN §2, Forms), and
 * what is left of one keeps its end. `earnsFirst` is for a recount that only moves spend between periods: what one
 * period gets is there before another gives it up, so that nobody falls into debt or loses an end date by it.
 */
export function bookPostings(
  start: LotBook,
  postings: readonly Posting[],
  open: readonly OpenVoucher[],
  { root, terms, earnsFirst = false }: { root: Root; terms: Terms; earnsFirst?: boolean },
): LedgerChange {
  const writing = openWriting(start, terms);
  const unused = [...open];
  for (const posting of earnsFirst ? postings.toSorted((a, b) => rankOf(a) - rankOf(b)) : postings) {
    const version = versionOf(posting, terms);
    const expiresAt = posting.kind === 'earn' ? expiryOfLot(version, posting, root, terms) : null;
    const { pays } = version.rule;
    if (pays === 'credit') writing.apply(posting, expiresAt);
    else if (posting.kind === 'earn') issueEarned(writing, posting, version, expiresAt, { root, terms });
    else takeBackVouchers(writing, posting, version, unused, { root, terms });
  }
  writing.sweep();
  return writing.finish();
}

const rankOf = (posting: Posting) => (posting.kind === 'earn' ? 0 : 1);

/** What a voucher or redemption took from which lots, as kept in its row. */
export function takenText(taken: readonly Taken[]): string {
  return exactJson(taken.map(({ lotSeq, amount }) => [lotSeq, amount]));
}

export function readTaken(text: string): Taken[] {
  const pairs: unknown = JSON.parse(text);
  assert(Array.isArray(pairs), 'taken lots are a list');
  return pairs.map((pair: unknown) => {
    assert(Array.isArray(pair), 'a taken lot is a pair');
    return { lotSeq: Number(pair[0]), amount: readInteger(pair[1]) };
  });
}

type Writing = ReturnType<typeof openWriting>;

/** Follows the book through several changes and keeps all entries and the newest form of each lot. */
export function openWriting(start: LotBook, { business, now }: Terms) {
  let book = start;
  const entries: Entry[] = [];
  const lots = new Map<number, Lot>();
  const statements: Statement[] = [];
  const issued: OpenVoucher[] = [];
  const debtPolicy = business.compiled?.debt ?? 'carry';

  function take(change: BookChange): BookChange {
    book = change.book;
    entries.push(...change.entries);
    for (const lot of change.lots) lots.set(lot.seq, lot);
    return change;
  }

  return {
    statements,
    issued,
    take,
    book: () => book,
    apply: (posting: Posting, expiresAt: number | null) =>
      take(applyEntries(book, [draftOf(posting, expiresAt)], { debtPolicy, now })),
    sweep: () => take(applyEntries(book, [], { debtPolicy, now })),
    finish: (): LedgerChange => ({ book, entries, lots: [...lots.values()], statements, issued }),
  };
}

interface Place {
  root: Root;
  terms: Terms;
}

function issueEarned(
  writing: Writing,
  posting: Posting,
  version: CompiledVersion,
  expiresAt: number | null,
  place: Place,
): void {
  const { entries } = writing.apply(posting, expiresAt);
  const earned = entries.find((entry) => entry.kind === 'earn');
  const lot = writing.book().lots.find(({ seq }) => seq === earned?.seq);
  if (lot !== undefined && lot.remaining > 0n) {
    issueVoucher(writing, { posting, version, amount: lot.remaining, preferLotSeq: lot.seq }, place);
  }
}

function takeBackVouchers(
  writing: Writing,
  posting: Posting,
  version: CompiledVersion,
  unused: OpenVoucher[],
  place: Place,
): void {
  const { now } = place.terms;
  let givenBack = 0n;
  let last: OpenVoucher | null = null;
  for (const voucher of unused.filter((one) => isOf(one, posting))) {
    if (givenBack >= -posting.amount) break;
    last = voucher;
    unused.splice(unused.indexOf(voucher), 1);
    const taken = readTaken(voucher.taken);
    writing.take(
      reverseRedeem(writing.book(), { redeemSeq: voucher.entrySeq, taken, now, cause: voucher.code }),
    );
    writing.statements.push(
      insertCancellation({ code: voucher.code, accountId: place.root.id, reason: 'returned', at: now }),
    );
    givenBack += voucher.amountMinor;
  }
  writing.apply(posting, null);
  const rest = givenBack + posting.amount;
  if (rest <= 0n || last === null) return;
  const lots = writing.book().lots;
  const lotSeq = readTaken(last.taken).find(
    (part) => (lots.find(({ seq }) => seq === part.lotSeq)?.remaining ?? 0n) > 0n,
  )?.lotSeq;
  const again = issueVoucher(
    writing,
    {
      posting,
      version,
      amount: rest,
      expiresAt: last.expiresAt,
      ...(lotSeq === undefined ? {} : { preferLotSeq: lotSeq }),
    },
    place,
  );
  if (again !== null) unused.unshift(again);
}

export function issueVoucher(
  writing: Writing,
  voucher: {
    posting: Posting;
    version: CompiledVersion;
    amount: bigint;
    preferLotSeq?: number;
    /** Of the voucher this one is the rest of. */
    expiresAt?: number | null;
  },
  { root, terms }: Place,
): OpenVoucher | null {
  const { posting, version, amount } = voucher;
  const { pays } = version.rule;
  assert(pays !== 'credit', 'the rule pays in vouchers');
  const code = newCode(3);
  const prefer = voucher.preferLotSeq === undefined ? {} : { preferLotSeq: voucher.preferLotSeq };
  const spent = redeem(writing.book(), { amount, now: terms.now, cause: code, ...prefer });
  if (!spent.ok) return null;
  writing.take(spent);
  const { timeZone } = terms.business;
  const joiningDay = joiningDayOf(root, timeZone, terms.now);
  const lasting = { expires: { months: pays.voucher.months }, period: version.rule.period };
  const issued: OpenVoucher = {
    code,
    accountId: root.id,
    entrySeq: spent.entry.seq,
    taken: takenText(spent.taken),
    redemptionId: null,
    ruleId: posting.ruleId,
    version: posting.version,
    periodStart: posting.period.start,
    amountMinor: amount,
    minimumMinor: pays.voucher.minimum,
    currency: terms.business.currency ?? '',
    issuedAt: terms.now,
    expiresAt:
      voucher.expiresAt === undefined
        ? expiryOf(lasting, posting.effectiveAt, { timeZone, joiningDay })
        : voucher.expiresAt,
    returnsMinor: 0n,
  };
  writing.statements.push(insertVoucher(issued));
  writing.issued.push(issued);
  return issued;
}

function isOf(voucher: OpenVoucher, posting: Posting): boolean {
  return (
    voucher.ruleId === posting.ruleId &&
    voucher.version === posting.version &&
    voucher.periodStart === posting.period.start
  );
}

export function versionOf(posting: Posting, { business }: Terms): CompiledVersion {
  const version = business.compiled?.versionByKey.get(versionKey(posting.ruleId, posting.version));
  assert(version !== undefined, 'a posting names a version of the programme');
  return version;
}

export function expiryOfLot(
  version: CompiledVersion,
  posting: Posting,
  root: Root,
  { business, now }: Terms,
): number | null {
  const { timeZone } = business;
  return expiryOf(version.rule, posting.effectiveAt, {
    timeZone,
    joiningDay: joiningDayOf(root, timeZone, now),
  });
}

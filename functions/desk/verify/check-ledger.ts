import { chainHash } from '../../money/accounts/chain.ts';
import type { Business } from '../../money/business/business.ts';
import { versionKey } from '../../money/rewards/compile.ts';
import { entitlement } from '../../money/rewards/entitlement.ts';
import { type Entry, emptyBook, type Lot, replay, type Taken } from '../../money/rewards/lots.ts';
import { totalKey } from '../../money/rewards/settle.ts';
import type { Findings } from './difference.ts';
import type { CheckedEntryRow, Evidence } from './evidence.ts';

/** What the ledger says by itself: the lots and takings that follow from it, and what it posted per total. */
export interface LedgerFacts {
  entries: readonly Entry[];
  takenBy: ReadonlyMap<number, Taken[]>;
}

/** The ledger against itself (order, running balance, chain), the account, the totals and the lots. */
export function checkLedger(evidence: Evidence, business: Business, findings: Findings): LedgerFacts {
  const entries = evidence.entries.map(entryOf);
  checkChain(evidence, business.currency, findings);
  checkPosted(evidence, entries, business, findings);
  return { entries, takenBy: checkLots(evidence, entries, findings) };
}

function checkChain({ root, entries }: Evidence, currency: string | null, { compare }: Findings): void {
  let hash = '';
  let balance = 0n;
  for (const [index, row] of entries.entries()) {
    const of = { entry: row.seq };
    balance += row.amountMinor;
    compare('entry_place', index + 1, row.seq, of);
    compare('entry_currency', currency, row.currency, of);
    compare('entry_balance', balance, row.balanceAfterMinor, of);
    hash = chainHash(hash, root.id, row.currency, entryOf(row));
    compare('entry_hash', hash, row.hash, of);
    hash = row.hash;
  }
  compare('account_ledger_length', entries.length, root.ledgerSeq);
  compare('account_ledger_hash', hash, root.ledgerHash);
  compare('account_balance', balance, root.balanceMinor);
}

/** Sums per rule version and period; each entry's explanation has to come to what was posted up to it. */
function checkPosted(
  { totals }: Evidence,
  entries: readonly Entry[],
  { compiled }: Business,
  { compare }: Findings,
): void {
  const posted = new Map<string, bigint>();
  for (const entry of entries) {
    const { kind, ruleId, version, period } = entry;
    if ((kind !== 'earn' && kind !== 'clawback') || ruleId === null || version === null || period === null) {
      compare('entry_rule', true, kind !== 'earn' && kind !== 'clawback', { entry: entry.seq });
      continue;
    }
    const key = totalKey({ ruleId, version, period });
    const sum = (posted.get(key) ?? 0n) + entry.amount;
    posted.set(key, sum);
    const scheme = compiled?.versionByKey.get(versionKey(ruleId, version))?.rule.scheme;
    const owed = scheme === undefined ? null : entitlement(scheme, entry.spendAfter ?? 0n);
    compare('entry_explanation', owed, sum, { entry: entry.seq });
  }
  const kept = new Map(
    totals.map((row) => [
      totalKey({ ...row, period: { start: row.periodStart, end: row.periodEnd } }),
      row.postedMinor,
    ]),
  );
  for (const key of new Set([...posted.keys(), ...kept.keys()])) {
    compare('posted', kept.get(key) ?? 0n, posted.get(key) ?? 0n, { key });
  }
}

function checkLots(
  { lots }: Evidence,
  entries: readonly Entry[],
  { compare }: Findings,
): ReadonlyMap<number, Taken[]> {
  const { book, takenBy, problem } = replayed(entries);
  compare('account_replay', 'yes', problem ?? 'yes');
  const expected = new Map(book.lots.map((lot) => [lot.seq, lotText(lot)]));
  const kept = new Map(
    lots.map((row) => [
      row.seq,
      lotText({ ...row, amount: row.amountMinor, remaining: row.remainingMinor, expired: row.expiredMinor }),
    ]),
  );
  for (const seq of new Set([...expected.keys(), ...kept.keys()])) {
    compare('lot', expected.get(seq), kept.get(seq), { entry: seq });
  }
  return takenBy;
}

function replayed(entries: readonly Entry[]) {
  try {
    return { ...replay(entries), problem: null };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { book: emptyBook, takenBy: new Map<number, Taken[]>(), problem: error.message };
  }
}

function lotText(lot: Omit<Lot, 'seq'>): string {
  const { ruleId, version, amount, remaining, expired, datedAt, expiresAt } = lot;
  return [
    `${amount}, left ${remaining}, expired ${expired}`,
    `of ${ruleId ?? 'no rule'}@${version ?? '-'}, from ${datedAt} to ${expiresAt ?? 'ever'}`,
  ].join(' ');
}

function entryOf(row: CheckedEntryRow): Entry {
  const { orderSource: source, orderNumber: number, periodStart } = row;
  return {
    seq: row.seq,
    kind: row.kind,
    amount: row.amountMinor,
    ruleId: row.ruleId,
    version: row.version,
    period: periodStart === null ? null : { start: periodStart, end: row.periodEnd },
    order: source === null || number === null ? null : { id: '', source, number },
    effectiveAt: row.effectiveAt,
    recordedAt: row.recordedAt,
    expiresAt: row.expiresAt,
    lotSeq: row.lotSeq,
    causeSeq: row.causeSeq,
    cause: row.cause,
    spendAfter: row.spendAfterMinor,
    balanceAfter: row.balanceAfterMinor,
  };
}

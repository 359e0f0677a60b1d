import type { Statement } from '../../../db/store.ts';
import { type HistoryLine, insertHistory } from '../../ground/history/insert-history.ts';
import { assert } from '../../ground/platform/errors.ts';
import { isExactNumber } from '../../ground/platform/exact-json.ts';
import { sumTooLarge } from '../../ground/platform/money.ts';
import type { Business } from '../business/business.ts';
import type { BookChange, Entry } from '../rewards/lots.ts';
import { type OrderChange, type Settlement, settle, totalKey } from '../rewards/settle.ts';
import type { OpenVoucher } from './book-postings.ts';
import type { Root, RuleTotal } from './root.ts';
import {
  addSpend,
  appendEntries,
  type CountedPlace,
  dropCounted,
  saveCounted,
  saveLot,
  saveRoot,
  saveTotal,
} from './statements.ts';

/** `settledRevision` of an account whose orders all have to be counted again. */
export const STALE = -1;

/** What happened to one order, as far as money is concerned. */
export interface CountedChange extends OrderChange {
  placedAt: number;
}

/** Everything that is to happen to one root account in one atomic write. */
export interface AccountDraft {
  /** As it stands, with what the change itself moves (`firstPlacedAt`, `signedUpAt`) already moved. */
  root: Root;
  totals: ReadonlyMap<string, RuleTotal>;
  changes: CountedChange[];
  /** Change of Σ(total − discount − refunds) and of the number of orders, per currency. */
  spend: ReadonlyMap<string, { minor: bigint; orders: number }>;
  history: HistoryLine & { orderId: string | null };
  /** The change moves the joining day of an account whose periods follow it: all is to be counted again. */
  isStale: boolean;
}

/** How the ledger of an account goes on: entries and lots, and what rides along with them. */
export interface LedgerChange extends BookChange {
  statements: Statement[];
  /** Vouchers that rules paid, in the order of the earnings they were paid for. */
  issued: OpenVoucher[];
}

export interface AccountPlan {
  statements: Statement[];
  entries: Entry[];
  issued: OpenVoucher[];
  /** The root account after the change. */
  root: Root;
  totals: ReadonlyMap<string, RuleTotal>;
}

/** Who changes the account, when, under which business. */
export interface Terms {
  business: Business;
  now: number;
  actor: string;
}

/** The settlement of a draft's order changes: pure, from totals alone. Nothing while there is no programme. */
export function settleDraft(draft: AccountDraft, { business, now }: Terms): Settlement {
  if (business.compiled === null)
    return { entries: [], totals: new Map(), rows: draft.changes.map(() => []) };
  return settle({ programme: business.compiled, totals: draft.totals, changes: draft.changes, now });
}

/** The statements of one root account's change; the history row among them is its optimistic lock. */
export function planChange(
  draft: AccountDraft,
  settlement: Settlement,
  ledgerChange: LedgerChange,
  { business, now, actor }: Terms,
): AccountPlan {
  const { root } = draft;
  const { balance } = ledgerChange.book;
  if (!isExactNumber(balance)) throw sumTooLarge();
  const currency = business.currency ?? '';
  const totals = totalsAfter(draft, settlement);
  const ledger = appendEntries(root, currency, ledgerChange.entries);
  const after: Root = {
    ...root,
    historySeq: root.historySeq + 1,
    ledgerSeq: root.ledgerSeq + ledgerChange.entries.length,
    ledgerHash: ledger.hash,
    balanceMinor: balance,
    settledRevision: draft.isStale ? STALE : business.revision,
    withdrawnAt: null,
  };
  const { orderId, ...line } = draft.history;
  const historyRow = insertHistory(
    line,
    { rootId: root.id, actor, at: now, orderId },
    { seq: after.historySeq, revision: business.revision },
  );
  const statements = [
    historyRow,
    ...[...draft.spend].map(([code, change]) => addSpend(root.id, code, change)),
    ...draft.changes.flatMap((change, index) =>
      countedStatements(root.id, change, settlement.rows[index] ?? []),
    ),
    ...totals.changed.map((total) => saveTotal(root.id, total)),
    ...ledger.statements,
    ...ledgerChange.lots.map((lot) => saveLot(root.id, lot)),
    ...ledgerChange.statements,
    saveRoot(after, root),
  ];
  const { entries, issued } = ledgerChange;
  return { statements, entries, issued, root: after, totals: totals.all };
}

/** The totals that a settlement changed, and all of them after it. */
export function totalsAfter(
  draft: AccountDraft,
  settlement: Settlement,
): { changed: RuleTotal[]; all: Map<string, RuleTotal> } {
  const all = new Map(draft.totals);
  const changed: RuleTotal[] = [];
  for (const [key, sums] of settlement.totals) {
    const named = draft.totals.get(key) ?? namedByRows(settlement, key);
    const total = { ruleId: named.ruleId, version: named.version, period: named.period, ...sums };
    all.set(key, total);
    changed.push(total);
  }
  return { changed, all };
}

function namedByRows(settlement: Settlement, key: string): Pick<RuleTotal, 'ruleId' | 'version' | 'period'> {
  const row = settlement.rows.flat().find((one) => totalKey(one) === key);
  assert(row !== undefined, 'a new total comes from a counted row');
  return row;
}

function countedStatements(
  rootId: string,
  change: CountedChange,
  rows: Settlement['rows'][number],
): Statement[] {
  const place: CountedPlace = {
    orderId: change.order.id,
    placedAt: change.placedAt,
    source: change.order.source,
    number: change.order.number,
  };
  const isSame = (left: { ruleId: string; version: number }, right: { ruleId: string; version: number }) =>
    left.ruleId === right.ruleId && left.version === right.version;
  const gone = change.before.filter((row) => !rows.some((kept) => isSame(kept, row)));
  return [
    ...gone.map((row) => dropCounted(rootId, place, row)),
    ...rows.map((row) => saveCounted(rootId, place, row)),
  ];
}

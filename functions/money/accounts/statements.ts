import { insertInto, statement } from '../../../db/query.ts';
import { accountSpend, countedSpend, ledger, lots, periodTotals } from '../../../db/schema/index.ts';
import type { Statement } from '../../../db/store.ts';
import type { Entry, Lot } from '../rewards/lots.ts';
import type { SettledRow } from '../rewards/settle.ts';
import { chainHash } from './chain.ts';

import type { Root, RuleTotal } from './root.ts';
import { reachedBy } from './segment-spans.ts';

const upsertTotal = insertInto(
  periodTotals,
  `ON CONFLICT DO UPDATE SET spend_minor = excluded.spend_minor, settled_minor = excluded.settled_minor,
   posted_minor = excluded.posted_minor`,
);
const upsertCounted = insertInto(
  countedSpend,
  `ON CONFLICT DO UPDATE SET period_start = excluded.period_start, period_end = excluded.period_end,
   counted_minor = excluded.counted_minor, settles_at = excluded.settles_at, is_settled = excluded.is_settled`,
);
const upsertLot = insertInto(
  lots,
  `ON CONFLICT DO UPDATE SET remaining_minor = excluded.remaining_minor, expired_minor = excluded.expired_minor,
   expires_at = excluded.expires_at`,
);
const upsertSpend = insertInto(
  accountSpend,
  `ON CONFLICT DO UPDATE SET spend_minor = spend_minor + excluded.spend_minor,
   order_count = order_count + excluded.order_count`,
);
const insertEntry = insertInto(ledger);

export function saveTotal(rootId: string, total: RuleTotal): Statement {
  return upsertTotal({
    rootId,
    ruleId: total.ruleId,
    version: total.version,
    periodStart: total.period.start,
    periodEnd: total.period.end,
    spendMinor: total.spend,
    settledMinor: total.settled,
    postedMinor: total.posted,
  });
}

/** Where an order's counted rows stand: part of their key. */
export interface CountedPlace {
  orderId: string;
  placedAt: number;
  source: string;
  number: string;
}

export function saveCounted(rootId: string, order: CountedPlace, row: SettledRow): Statement {
  return upsertCounted({
    rootId,
    placedAt: order.placedAt,
    number: order.number,
    source: order.source,
    orderId: order.orderId,
    ruleId: row.ruleId,
    version: row.version,
    periodStart: row.period.start,
    periodEnd: row.period.end,
    countedMinor: row.counted,
    settlesAt: row.settlesAt,
    isSettled: row.isSettled,
  });
}

export function dropCounted(
  rootId: string,
  order: CountedPlace,
  row: Pick<SettledRow, 'ruleId' | 'version'>,
): Statement {
  return statement(
    `DELETE FROM counted_spend WHERE root_id = ? AND placed_at = ? AND number = ? AND source = ?
     AND rule_id = ? AND version = ?`,
    rootId,
    order.placedAt,
    order.number,
    order.source,
    row.ruleId,
    row.version,
  );
}

export function saveLot(accountId: string, lot: Lot): Statement {
  return upsertLot({
    accountId,
    seq: lot.seq,
    ruleId: lot.ruleId,
    version: lot.version,
    amountMinor: lot.amount,
    remainingMinor: lot.remaining,
    expiredMinor: lot.expired,
    datedAt: lot.datedAt,
    expiresAt: lot.expiresAt,
  });
}

/** Adds to what an account spent in a currency; both may be negative. */
export function addSpend(
  rootId: string,
  currency: string,
  change: { minor: bigint; orders: number },
): Statement {
  return upsertSpend({ rootId, currency, spendMinor: change.minor, orderCount: change.orders });
}

/** The entries as ledger rows, chained to the one before; also the hash of the last. */
export function appendEntries(
  root: Pick<Root, 'id' | 'ledgerHash'>,
  currency: string,
  entries: readonly Entry[],
): { statements: Statement[]; hash: string } {
  let hash = root.ledgerHash;
  const statements = entries.map((entry) => {
    hash = chainHash(hash, root.id, currency, entry);
    return insertEntry({
      accountId: root.id,
      seq: entry.seq,
      kind: entry.kind,
      amountMinor: entry.amount,
      balanceAfterMinor: entry.balanceAfter,
      currency,
      effectiveAt: entry.effectiveAt,
      recordedAt: entry.recordedAt,
      ruleId: entry.ruleId,
      version: entry.version,
      periodStart: entry.period?.start ?? null,
      periodEnd: entry.period?.end ?? null,
      spendAfterMinor: entry.spendAfter,
      orderSource: entry.order?.source ?? null,
      orderNumber: entry.order?.number ?? null,
      lotSeq: entry.lotSeq,
      causeSeq: entry.causeSeq,
      cause: entry.cause,
      expiresAt: entry.expiresAt,
      hash,
    });
  });
  return { statements, hash };
}

const updateRoot = `UPDATE accounts SET history_seq = ?, ledger_seq = ?, ledger_hash = ?, balance_minor = ?,
  first_placed_at = ?, signed_up_at = ?, withdrawn_at = ?`;

/**
 * Brings a root account's own row to where the change left it. The revision it was settled under is indexed, and an
 * index is written whenever its column is named: so it is named only where it `was` another one.
 */
export function saveRoot(root: Root, was: Pick<Root, 'settledRevision'>): Statement {
  const values = [
    root.historySeq,
    root.ledgerSeq,
    root.ledgerHash,
    root.balanceMinor,
    root.firstPlacedAt,
    root.signedUpAt,
    root.withdrawnAt,
  ];
  return root.settledRevision === was.settledRevision
    ? statement(`${updateRoot} WHERE id = ?`, ...values, root.id)
    : statement(`${updateRoot}, ${reachedBy} WHERE id = ?`, ...values, root.settledRevision, root.id);
}

import type { Store } from '../../../db/store.ts';
import { termsOf } from '../../insight/facts/follow-facts.ts';
import {
  findProgress,
  listCategoryRows,
  listDays,
  listFacts,
  listLevelRows,
  listYearRows,
} from '../../insight/facts/list-facts.ts';
import { loadMarks } from '../../insight/facts/load-marks.ts';
import { listLots } from '../../money/accounts/list-lots.ts';
import { listTotals } from '../../money/accounts/list-totals.ts';
import type { OwedBonus } from '../../money/ledger/bonus.ts';
import { listBonuses, listBonusReversals } from '../../money/ledger/list-bonuses.ts';
import { listCountedOfRoots } from '../../money/orders/list-counted.ts';
import { listVoucherPaymentsOfRoots } from '../../money/orders/list-voucher-payments.ts';
import { countedByOrder, paidByOrder } from '../../money/orders/load-order-context.ts';
import { orderKey } from '../../money/orders/load-orders.ts';
import { type OrderState, stateOf } from '../../money/orders/order-state.ts';
import type { SettledRow } from '../../money/rewards/settle.ts';
import { listOwedBonuses } from './check-bonuses.ts';
import type { FactsEvidence } from './check-facts.ts';
import { type CheckedOrder, type CheckedOrderRow, orderOf, type RefundedRow } from './order-parts.ts';
import {
  countHistory,
  listAdjustments,
  listCancellations,
  listClubSpans,
  listEntries,
  listOrdersWithParts,
  listRedemptions,
  listRefundedLines,
  listReversals,
  listRoots,
  listSpend,
  listVouchers,
} from './queries.ts';

type Rows<List extends (...args: never[]) => Promise<readonly unknown[]>> = Awaited<ReturnType<List>>;
export type CheckedEntryRow = Rows<typeof listEntries>[number];

/** One order with what is kept as derived from it, what its parts say, and what is counted of it. */
export interface OrderEvidence {
  row: CheckedOrderRow;
  order: CheckedOrder;
  state: OrderState;
  counted: readonly SettledRow[];
  voucherPaid: bigint;
}

/** All rows of one root account. */
export interface Evidence {
  root: Rows<typeof listRoots>[number];
  orders: readonly OrderEvidence[];
  /** Counted rows of orders that are not there. */
  strayCounted: number;
  totals: Rows<typeof listTotals>;
  entries: readonly CheckedEntryRow[];
  lots: Rows<typeof listLots>;
  spend: Rows<typeof listSpend>;
  history: { rows: number; first: number; last: number };
  redemptions: Rows<typeof listRedemptions>;
  reversals: Rows<typeof listReversals>;
  vouchers: Rows<typeof listVouchers>;
  cancellations: Rows<typeof listCancellations>;
  adjustments: Rows<typeof listAdjustments>;
  bonuses: Rows<typeof listBonuses>;
  bonusReversals: Rows<typeof listBonusReversals>;
  owedBonuses: readonly OwedBonus[];
  /** The times in the club as kept on the account, and as its memberships say. */
  clubSpans: { kept: string; owed: string };
  /** The same of segments that rules are for. */
  segmentSpans: { kept: string; owed: string };
  facts: FactsEvidence;
}

/** Reads everything about some root accounts, in one round trip. */
export async function loadEvidence(
  db: Store,
  rootIds: readonly string[],
  timeZone: string,
): Promise<Evidence[]> {
  const ids = JSON.stringify(rootIds);
  const [orders, { roots, counted, refunded, payments, ...own }, factsOf] = await Promise.all([
    listOrdersWithParts(db, { ids }),
    loadAccountRows(db, ids),
    loadFacts(db, rootIds, timeZone),
  ]);
  const orderIds = new Set(orders.map(({ id }) => id));
  const strays = counted.filter(({ orderId }) => !orderIds.has(orderId));
  const evidenceOf = openEvidence({ counted, refunded, payments });
  const ordersOf = byAccount(orders, ({ rootId }) => rootId);
  const grouped = groupRows(own);
  return roots.map((root) => ({
    root,
    orders: ordersOf(root.id).map(evidenceOf),
    strayCounted: strays.filter(({ rootId }) => rootId === root.id).length,
    ...grouped(root.id),
    facts: factsOf(root.id),
  }));
}

async function loadFacts(
  db: Store,
  rootIds: readonly string[],
  timeZone: string,
): Promise<(id: string) => FactsEvidence> {
  const ids = JSON.stringify(rootIds);
  const [progress, facts, days, categories, marks, levels, years] = await Promise.all([
    findProgress(db, { terms: termsOf(timeZone) }),
    listFacts(db, { ids }),
    listDays(db, { ids }),
    listCategoryRows(db, { ids }),
    loadMarks(db, rootIds),
    listLevelRows(db, { ids }),
    listYearRows(db, { ids }),
  ]);
  const kept = new Map(facts.map((row) => [row.accountId, row]));
  const daysOf = byAccount(days, ({ rootId }) => rootId);
  const categoriesOf = byAccount(categories, ({ rootId }) => rootId);
  const levelsOf = byAccount(levels, ({ rootId }) => rootId);
  const yearsOf = byAccount(years, ({ rootId }) => rootId);
  return (id) => ({
    kept: kept.get(id) ?? null,
    days: daysOf(id),
    categories: categoriesOf(id),
    levels: levelsOf(id),
    years: yearsOf(id),
    marks: marks.get(id) ?? null,
    isBegun: progress?.isBegun === true,
    isComplete: progress?.isComplete === true,
  });
}

async function loadAccountRows(db: Store, ids: string) {
  const [roots, counted, refunded, payments, totals, entries, lots, spend] = await Promise.all([
    listRoots(db, { ids }),
    listCountedOfRoots(db, { ids }),
    listRefundedLines(db, { ids }),
    listVoucherPaymentsOfRoots(db, { ids }),
    listTotals(db, { ids }),
    listEntries(db, { ids }),
    listLots(db, { ids }),
    listSpend(db, { ids }),
  ]);
  const [history, redemptions, reversals, vouchers, cancellations, adjustments] = await Promise.all([
    countHistory(db, { ids }),
    listRedemptions(db, { ids }),
    listReversals(db, { ids }),
    listVouchers(db, { ids }),
    listCancellations(db, { ids }),
    listAdjustments(db, { ids }),
  ]);
  const [bonuses, bonusReversals, owedBonuses, clubSpans] = await Promise.all([
    listBonuses(db, { ids }),
    listBonusReversals(db, { ids }),
    listOwedBonuses(db, { ids }),
    listClubSpans(db, { ids }),
  ]);
  const spent = { redemptions, reversals, vouchers, cancellations, adjustments };
  const given = { bonuses, bonusReversals, owedBonuses, clubSpans };
  return { roots, counted, refunded, payments, totals, entries, lots, spend, history, ...spent, ...given };
}

function openEvidence(facts: {
  counted: Rows<typeof listCountedOfRoots>;
  refunded: readonly RefundedRow[];
  payments: Rows<typeof listVoucherPaymentsOfRoots>;
}): (row: CheckedOrderRow) => OrderEvidence {
  const counted = countedByOrder(facts.counted);
  const refunded = Map.groupBy(facts.refunded, ({ orderId }) => orderId);
  const paid = paidByOrder(facts.payments);
  return (row) => {
    const order = orderOf(row, refunded.get(row.id) ?? []);
    return {
      row,
      order,
      state: stateOf(order),
      counted: counted.get(row.id) ?? [],
      voucherPaid: paid.size === 0 ? 0n : (paid.get(orderKey(row)) ?? 0n),
    };
  };
}

type AccountRows = Omit<
  Awaited<ReturnType<typeof loadAccountRows>>,
  'roots' | 'counted' | 'refunded' | 'payments'
>;

function groupRows(rows: AccountRows) {
  const totals = byAccount(rows.totals, ({ rootId }) => rootId);
  const entries = byAccount(rows.entries, ({ accountId }) => accountId);
  const lots = byAccount(rows.lots, ({ accountId }) => accountId);
  const spend = byAccount(rows.spend, ({ rootId }) => rootId);
  const history = byAccount(rows.history, ({ accountId }) => accountId);
  const redemptions = byAccount(rows.redemptions, ({ accountId }) => accountId);
  const reversals = byAccount(rows.reversals, ({ accountId }) => accountId);
  const vouchers = byAccount(rows.vouchers, ({ accountId }) => accountId);
  const cancellations = byAccount(rows.cancellations, ({ accountId }) => accountId);
  const adjustments = byAccount(rows.adjustments, ({ accountId }) => accountId);
  const bonuses = byAccount(rows.bonuses, ({ accountId }) => accountId);
  const bonusReversals = byAccount(rows.bonusReversals, ({ accountId }) => accountId);
  const owedBonuses = byAccount(rows.owedBonuses, ({ accountId }) => accountId);
  const clubSpans = byAccount(rows.clubSpans, ({ accountId }) => accountId);
  return (id: string) => {
    const [kept] = history(id);
    const [spans] = clubSpans(id);
    return {
      totals: totals(id),
      entries: entries(id),
      lots: lots(id),
      spend: spend(id),
      history: {
        rows: Number(kept?.rows ?? 0),
        first: Number(kept?.first ?? 1),
        last: Number(kept?.last ?? 0),
      },
      redemptions: redemptions(id),
      reversals: reversals(id),
      vouchers: vouchers(id),
      cancellations: cancellations(id),
      adjustments: adjustments(id),
      bonuses: bonuses(id),
      bonusReversals: bonusReversals(id),
      owedBonuses: owedBonuses(id),
      clubSpans: { kept: spans?.kept ?? '[]', owed: spans?.owed ?? '[]' },
      segmentSpans: { kept: spans?.segmentsKept ?? '[]', owed: spans?.segmentsOwed ?? '[]' },
    };
  };
}

function byAccount<Row>(rows: readonly Row[], accountOf: (row: Row) => string): (id: string) => Row[] {
  const grouped = Map.groupBy(rows, accountOf);
  return (id) => grouped.get(id) ?? [];
}

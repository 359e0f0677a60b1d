import type { Statement } from '../../../db/store.ts';
import type { Context } from '../../ground/platform/context.ts';
import {
  bookComing,
  bookLeaving,
  type HandoverBooking,
  type Leaving,
} from '../../money/accounts/book-handover.ts';
import { bookPostings, type OpenVoucher } from '../../money/accounts/book-postings.ts';
import { pendingSum } from '../../money/accounts/build-balance.ts';
import { bookOf, loadBooks } from '../../money/accounts/commit-accounts.ts';
import { listAccounts } from '../../money/accounts/list-accounts.ts';
import { listTotals } from '../../money/accounts/list-totals.ts';
import {
  type AccountDraft,
  type AccountPlan,
  planChange,
  settleDraft,
  type Terms,
  totalsAfter,
} from '../../money/accounts/plan-change.ts';
import { type Root, type RuleTotal, standingOf, totalsByKey } from '../../money/accounts/root.ts';
import { listCountedOfRoots } from '../../money/orders/list-counted.ts';
import { listVoucherPaymentsOfRoots } from '../../money/orders/list-voucher-payments.ts';
import { countedByOrder, paidByOrder } from '../../money/orders/load-order-context.ts';
import { loadOrdersOfRoots, orderKey } from '../../money/orders/load-orders.ts';
import type { Order } from '../../money/orders/order.ts';
import { factsOf, spendOf, stateOf } from '../../money/orders/order-state.ts';
import { movesPeriods } from '../../money/orders/plan-drafts.ts';
import { changesOf } from '../../money/orders/recount.ts';
import { countedOf } from '../../money/rewards/count.ts';
import type { Handover } from '../../money/rewards/handover.ts';
import type { LotBook } from '../../money/rewards/lots.ts';
import type { SettledRow } from '../../money/rewards/settle.ts';
import { earlier } from './earlier.ts';

/** One of the two accounts, with all that its change starts from. */
export interface TransferSide {
  root: Root;
  totals: ReadonlyMap<string, RuleTotal>;
  book: LotBook;
  vouchers: readonly OpenVoucher[];
  orders: readonly Order[];
  counted: ReadonlyMap<string, SettledRow[]>;
  paid: ReadonlyMap<string, bigint>;
}

/** Two accounts as they stand, in two round trips; null where there is none of that id. */
export async function loadSides(ctx: Context, ids: readonly string[]): Promise<Map<string, TransferSide>> {
  const db = ctx.db.fresh;
  const asked = { ids: JSON.stringify(ids) };
  const [roots, totals, books, orders, counted, payments] = await Promise.all([
    listAccounts(db, asked),
    listTotals(db, asked),
    loadBooks(
      ctx,
      ids.map((id) => ({ id })),
    ),
    loadOrdersOfRoots(db, ids),
    listCountedOfRoots(db, asked),
    listVoucherPaymentsOfRoots(db, asked),
  ]);
  const paid = paidByOrder(payments);
  const byOrder = countedByOrder(counted);
  return new Map(
    roots.map((root) => [
      root.id,
      {
        root,
        totals: totalsByKey(totals.filter(({ rootId }) => rootId === root.id)),
        book: bookOf(root, books),
        vouchers: books.vouchers.get(root.id) ?? [],
        orders: orders.filter(({ rootId }) => rootId === root.id),
        counted: byOrder,
        paid,
      },
    ]),
  );
}

/** Some orders go from one account to another with what was earned, spent and expired of them. */
export interface Transfer {
  from: TransferSide;
  to: TransferSide;
  orders: readonly Order[];
  /** What else changes of the two accounts' own rows. */
  signedUpAt: { from: number | null; to: number | null };
  /** The times in the club and in segments of the account they come to, as they are to be kept. */
  clubSpans: string | null;
  segmentSpans: string | null;
  leaving: Omit<Leaving, 'postings'>;
  /** What both had, which nobody is to lose by it; null where nothing is made good. */
  floor: { balanceMinor: bigint; pendingMinor: bigint } | null;
  bonusId: string;
  history: { from: AccountDraft['history']; to: AccountDraft['history'] };
}

export interface PlannedTransfer {
  leaving: AccountPlan;
  /** The account they come to, counted anew where its periods or times in club or segments are others now; goes before `coming`. */
  recounted: Statement[];
  coming: AccountPlan;
  carried: { from: HandoverBooking['carried']; to: HandoverBooking['carried'] };
  handover: Handover;
  keptMinor: bigint;
}

/** Both accounts are counted as if the orders had always been where they come to. Pure but for the ids it makes. */
export function planTransfer(transfer: Transfer, terms: Terms): PlannedTransfer {
  const { from, orders } = transfer;
  const fromAfter = afterLeaving(transfer);
  const { to, recounted } = countAnew(transfer.to, afterComing(transfer), terms);
  const leavingDraft: AccountDraft = {
    root: fromAfter,
    totals: from.totals,
    // The newest leaves first, so that what an order earned is taken back in its own name.
    changes: orders
      .toReversed()
      .map((order) => changeOf(order, { before: from.counted.get(order.id) ?? [], after: [] }, terms)),
    spend: spendOfAll(orders, -1),
    history: transfer.history.from,
    isStale:
      fromAfter.firstPlacedAt !== null && movesPeriods(from.root, fromAfter, terms.business, terms.now),
  };
  const leavingSettlement = settleDraft(leavingDraft, terms);
  const left = bookLeaving(
    from.book,
    { ...transfer.leaving, postings: leavingSettlement.entries },
    { root: fromAfter, terms },
  );
  const comingDraft: AccountDraft = {
    root: to.root,
    totals: to.totals,
    changes: orders.map((order) =>
      changeOf(order, { before: [], after: countedFor(order, from, to.root, terms) }, terms),
    ),
    spend: spendOfAll(orders, 1),
    history: transfer.history.to,
    isStale: false,
  };
  const comingSettlement = settleDraft(comingDraft, terms);
  const came = bookComing(
    to.book,
    {
      postings: comingSettlement.entries,
      handover: left.handover,
      floor: floorOf(transfer, totalsAfter(comingDraft, comingSettlement).all, terms),
      bonusId: transfer.bonusId,
    },
    { root: to.root, terms },
  );
  const leaving = planChange(leavingDraft, leavingSettlement, left.change, terms);
  const coming = planChange(comingDraft, comingSettlement, came.change, terms);
  return {
    leaving,
    recounted,
    coming,
    carried: { from: left.carried, to: came.carried },
    handover: left.handover,
    keptMinor: came.keptMinor,
  };
}

/** What balance and vouchers may not fall short of: where less is pending than before, the rest is made good at once. */
function floorOf(
  { floor }: Transfer,
  totals: ReadonlyMap<string, RuleTotal>,
  { business }: Terms,
): bigint | null {
  if (floor === null) return null;
  const lost = floor.pendingMinor - pendingSum(totals, business);
  return lost > 0n ? floor.balanceMinor + lost : floor.balanceMinor;
}

/** The orders that are there already, under what the account is from now on. */
function countAnew(
  side: TransferSide,
  root: Root,
  terms: Terms,
): { to: TransferSide; recounted: Statement[] } {
  const { business, now } = terms;
  const isMoved =
    movesPeriods(side.root, root, business, now) ||
    (side.root.clubSpans ?? '[]') !== (root.clubSpans ?? '[]') ||
    (side.root.segmentSpans ?? '[]') !== (root.segmentSpans ?? '[]');
  const changes = isMoved ? changesOf(root, side.orders, { ...side, business, now }) : [];
  if (changes.length === 0) return { to: { ...side, root }, recounted: [] };
  const detail = { revision: business.revision, orders: changes.length };
  const draft: AccountDraft = {
    ...{ root, totals: side.totals, changes, spend: new Map(), isStale: false },
    history: { kind: 'recounted', orderId: null, detail },
  };
  const settlement = settleDraft(draft, terms);
  const change = bookPostings(side.book, settlement.entries, side.vouchers, {
    root,
    terms,
    earnsFirst: true,
  });
  const plan = planChange(draft, settlement, change, terms);
  const to = { ...side, root: plan.root, totals: plan.totals, book: change.book };
  return { to, recounted: plan.statements };
}

function afterLeaving({ from, orders, signedUpAt }: Transfer): Root {
  const gone = new Set(orders.map(({ id }) => id));
  const left = from.orders.filter(({ id }) => !gone.has(id));
  return { ...from.root, firstPlacedAt: firstOf(left), signedUpAt: signedUpAt.from };
}

function afterComing({ to, orders, signedUpAt, clubSpans, segmentSpans }: Transfer): Root {
  const first = earlier(to.root.firstPlacedAt, firstOf(orders));
  return { ...to.root, firstPlacedAt: first, signedUpAt: signedUpAt.to, clubSpans, segmentSpans };
}

const firstOf = (orders: readonly Order[]) =>
  orders.reduce<number | null>((first, { placedAt }) => earlier(first, placedAt.at), null);

function changeOf(
  order: Order,
  { before, after }: Pick<AccountDraft['changes'][number], 'before' | 'after'>,
  { now }: Terms,
): AccountDraft['changes'][number] {
  return { order, placedAt: order.placedAt.at, before, after, effectiveAt: now };
}

function countedFor(order: Order, { paid }: TransferSide, root: Root, { business, now }: Terms) {
  if (business.compiled === null) return [];
  const facts = factsOf(order, stateOf(order), paid.get(orderKey(order)) ?? 0n);
  return countedOf(facts, business.compiled, standingOf(root, business, now));
}

function spendOfAll(orders: readonly Order[], sign: 1 | -1): AccountDraft['spend'] {
  const spend = new Map<string, { minor: bigint; orders: number }>();
  for (const order of orders) {
    const sum = spend.get(order.currency) ?? { minor: 0n, orders: 0 };
    const minor = spendOf(stateOf(order));
    spend.set(order.currency, { minor: sum.minor + BigInt(sign) * minor, orders: sum.orders + sign });
  }
  return spend;
}

/** What stands posted, by rule. */
export function postedByRule(totals: ReadonlyMap<string, RuleTotal>): Map<string, bigint> {
  const posted = new Map<string, bigint>();
  for (const { ruleId, posted: amount } of totals.values())
    posted.set(ruleId, (posted.get(ruleId) ?? 0n) + amount);
  return posted;
}

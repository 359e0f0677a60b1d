import type { Statement } from '../../db/store.ts';
import type { AccountDraft, CountedChange } from '../accounts/plan-change.ts';
import { joiningDayOf, type Root, standingOf } from '../accounts/root.ts';
import { isDisguised } from '../platform/email.ts';
import type { ErrorCode } from '../platform/errors.ts';
import { newId } from '../platform/ids.ts';
import type { Business } from '../programme/business.ts';
import { countedOf } from '../rewards/count.ts';
import type { Counted } from '../rewards/types.ts';
import { departmentKey, type Known } from './known.ts';
import { orderKey } from './load-orders.ts';
import { mergeOrder, newRefundsOf } from './merge-order.ts';
import type { Order, OrderDraft } from './order.ts';
import { factsOf, type OrderState, spendOf, stateOf } from './order-state.ts';
import { openPeople, type Place } from './people.ts';
import { insertWholeOrder, updateOrder } from './statements.ts';

/** What became of one draft. */
export type DraftOutcome =
  | { kind: 'created' | 'completed' | 'unchanged'; order: Order; state: OrderState }
  | { kind: 'rejected'; code: ErrorCode; message: string };

/** The plan for all drafts of one root account, before rewards are settled. */
export interface DraftsPlan {
  account: AccountDraft;
  /** Customers, accounts, memberships and orders; they go before the account's own statements. */
  statements: Statement[];
  outcomes: DraftOutcome[];
  customersCreated: number;
}

/**
 * Plans what some drafts of ONE root account change. Pure but for new ids: same drafts and same knowledge,
 * same plan. The drafts are taken by `placed_at`, then number, then source.
 */
export function planDrafts(
  drafts: readonly OrderDraft[],
  known: Known,
  terms: { now: number; importId: string | null },
): DraftsPlan {
  const people = openPeople(known, terms.now);
  const plan = openAccount(people.rootOf(drafts), known, terms.now);
  const outcomes = drafts.map((draft): DraftOutcome => {
    const kept = known.orders.get(orderKey(draft));
    if (kept !== undefined) return plan.complete(kept, draft);
    if (isDisguised(draft.email) && !known.customers.has(draft.email)) return disguised;
    return plan.create(draft, people.placeOf(draft), terms);
  });
  return {
    account: plan.finish(outcomes),
    statements: [...people.statements, ...plan.statements],
    outcomes,
    customersCreated: people.created(),
  };
}

/** Nobody new is known by an address that looks like another one. */
const disguised: DraftOutcome = {
  kind: 'rejected',
  code: 'validation_failed',
  message: 'the email address has characters that nobody sees, or a full stop too many',
};

/** Collects what the drafts change of one root account. */
function openAccount(kept: Root, known: Known, now: number) {
  const { business } = known;
  const statements: Statement[] = [];
  const changes: CountedChange[] = [];
  const spend = new Map<string, { minor: bigint; orders: number }>();
  let root = kept;

  function moveSpend(currency: string, minor: bigint, orders: number): void {
    const before = spend.get(currency) ?? { minor: 0n, orders: 0 };
    if (minor !== 0n || orders !== 0)
      spend.set(currency, { minor: before.minor + minor, orders: before.orders + orders });
  }

  function counted(order: Order, state: OrderState): Counted[] {
    if (business.compiled === null) return [];
    const facts = factsOf(order, state, known.voucherPaid.get(orderKey(order)) ?? 0n);
    return countedOf(facts, business.compiled, standingOf(root, business, now));
  }

  function create(
    draft: OrderDraft,
    place: Place,
    terms: { now: number; importId: string | null },
  ): DraftOutcome {
    const order = newOrder(draft, place, { rootId: kept.id, ...terms });
    const state = stateOf(order);
    if (root.firstPlacedAt === null || order.placedAt.at < root.firstPlacedAt) {
      root = { ...root, firstPlacedAt: order.placedAt.at };
    }
    statements.push(...insertWholeOrder(order, state));
    moveSpend(order.currency, spendOf(state), 1);
    const after = counted(order, state);
    if (after.length > 0) {
      changes.push({ order, placedAt: order.placedAt.at, before: [], after, effectiveAt: order.placedAt.at });
    }
    return { kind: 'created', order, state };
  }

  function complete(order: Order, draft: OrderDraft): DraftOutcome {
    const refusal = findRefusal(order, draft, { rootId: kept.id, known });
    if (refusal !== null) return refusal;
    const merge = mergeOrder(order, draft);
    if (merge.kind === 'unchanged') return { kind: 'unchanged', order, state: stateOf(order) };
    if (merge.kind === 'contradicts') return contradiction(merge);
    const [before, after] = [stateOf(order), stateOf(merge.order)];
    const overRefunded = findOverRefund(merge.order, after);
    if (overRefunded !== null) return overRefunded;
    const added = { events: merge.newEvents, refunds: merge.newRefunds, now };
    statements.push(...updateOrder(merge.order, after, added));
    moveSpend(order.currency, spendOf(after) - spendOf(before), 0);
    changes.push({
      order: merge.order,
      placedAt: order.placedAt.at,
      before: known.counted.get(order.id) ?? [],
      after: counted(merge.order, after),
      effectiveAt: Math.max(...[...added.events, ...added.refunds].map(({ at }) => at.at), order.placedAt.at),
    });
    return { kind: 'completed', order: merge.order, state: after };
  }

  return {
    statements,
    create,
    complete,
    finish: (outcomes: readonly DraftOutcome[]): AccountDraft => ({
      root,
      totals: known.totals.get(kept.id) ?? new Map(),
      changes,
      spend,
      history: historyOf(outcomes),
      isStale: movesPeriods(kept, root, business, now),
    }),
  };
}

/** Whether periods that follow the account's joining day move under orders that are counted already. */
export function movesPeriods(before: Root, after: Root, business: Business, now: number): boolean {
  if (before.historySeq === 0 || !business.compiled?.rules.some((rule) => rule.followsMembership))
    return false;
  const { timeZone } = business;
  return joiningDayOf(before, timeZone, now) !== joiningDayOf(after, timeZone, now);
}

function newOrder(
  draft: OrderDraft,
  place: Place,
  terms: { rootId: string; now: number; importId: string | null },
): Order {
  return {
    id: newId(),
    source: draft.source,
    number: draft.number,
    accountId: place.accountId,
    rootId: terms.rootId,
    customerId: place.customerId,
    placedAt: draft.placedAt,
    currency: draft.currency,
    shippingMinor: draft.shippingMinor,
    taxMinor: draft.taxMinor,
    taxIncludedMinor: draft.taxIncludedMinor,
    promisedBy: draft.promisedBy,
    importId: terms.importId,
    recordedAt: terms.now,
    lines: draft.lines,
    events: draft.events,
    refunds: newRefundsOf(draft, []),
  };
}

/** Whose order the draft says it is, compared with whose it is; nothing is made for an order that may be refused. */
function findRefusal(
  order: Order,
  draft: OrderDraft,
  { rootId, known }: { rootId: string; known: Known },
): DraftOutcome | null {
  if (order.rootId !== rootId) {
    const message = `order ${order.number} of ${order.source} belongs to another account`;
    return { kind: 'rejected', code: 'order_of_another_account', message };
  }
  const { department, email } = draft;
  const accountId =
    department === null ? rootId : known.departments.get(departmentKey(rootId, department))?.id;
  if (order.accountId !== accountId) return contradiction({ field: 'department', kept: '', told: '' });
  if (order.customerId !== known.customers.get(email)?.customerId) {
    return contradiction({ field: 'customer.email', kept: '', told: '' });
  }
  return null;
}

function findOverRefund(order: Order, state: OrderState): DraftOutcome | null {
  const line = order.lines.find(
    ({ lineId, totalMinor, discountMinor }) =>
      (state.refundedByLine.get(lineId) ?? 0n) > totalMinor - discountMinor,
  );
  if (line === undefined) return null;
  return {
    kind: 'rejected',
    code: 'refund_exceeds_line',
    message: `line ${line.lineId} is refunded beyond its price`,
  };
}

function contradiction({ field, kept, told }: { field: string; kept: string; told: string }): DraftOutcome {
  const values = kept === '' && told === '' ? '' : `: kept ${kept}, told ${told}`;
  return {
    kind: 'rejected',
    code: 'order_contradicts',
    message: `${field} differs from the order as it was recorded${values}`,
  };
}

function historyOf(outcomes: readonly DraftOutcome[]): AccountDraft['history'] {
  const written = outcomes.filter(({ kind }) => kind === 'created' || kind === 'completed');
  const only = written.length === 1 ? written[0] : undefined;
  if (only !== undefined && only.kind !== 'rejected') {
    const { source, number } = only.order;
    return { kind: `order_${only.kind}`, orderId: only.order.id, detail: { source, number } };
  }
  const numberOf = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
  return {
    kind: 'orders_imported',
    orderId: null,
    detail: { created: numberOf('created'), completed: numberOf('completed') },
  };
}

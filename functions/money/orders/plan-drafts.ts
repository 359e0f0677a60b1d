import type { Statement } from '../../../db/store.ts';
import { isDisguised } from '../../ground/platform/email.ts';
import type { AccountDraft, CountedChange } from '../accounts/plan-change.ts';
import { joiningDayOf, type Root, standingOf } from '../accounts/root.ts';
import type { Business } from '../business/business.ts';
import { countedOf } from '../rewards/count.ts';
import type { Counted } from '../rewards/types.ts';
import { noteChange } from './import-change.ts';
import { departmentKey, type OrderContext } from './load-order-context.ts';
import { orderKey } from './load-orders.ts';
import { type Merge, mergeOrder } from './merge-order.ts';
import { newOrder } from './new-order.ts';
import type { Order, OrderDraft } from './order.ts';
import { factsOf, type OrderState, spendOf, stateOf } from './order-state.ts';
import { findBuyer, type OrderHome, openPeople } from './people.ts';
import { contradiction, findOverRefund, type Rejected, rejected } from './refusals.ts';
import { insertWholeOrder, replaceLines, updateOrder } from './statements.ts';
import type { WaitingSale } from './waiting/sale.ts';
import { removeSale } from './waiting/statements.ts';

/** What became of one draft. `isGiven`: the order waited as a sale of nobody and is now somebody's. */
export type DraftOutcome =
  | { kind: 'created' | 'completed' | 'unchanged'; order: Order; state: OrderState; isGiven?: boolean }
  | Rejected;

/** The plan for all drafts of one root account, before rewards are settled. */
export interface DraftsPlan {
  account: AccountDraft;
  /** Customers, accounts, memberships and orders; they go before the account's own statements. */
  statements: Statement[];
  outcomes: DraftOutcome[];
  /** By `buyerId`. */
  customersCreated: readonly string[];
  /** The account is a company's or household's. */
  isShared: boolean;
}

/**
 * Plans what some drafts of ONE root account change. Pure but for new ids: same drafts and same knowledge,
 * same plan. The drafts are taken by `placed_at`, then number, then source. A draft of a customer's id makes no order that
 * was not there, unless it says that they buy.
 */
export function planDrafts(
  drafts: readonly OrderDraft[],
  known: OrderContext,
  terms: { now: number; importId: string | null },
): DraftsPlan {
  const people = openPeople(known, terms.now);
  const plan = openAccount(people.rootOf(drafts), known, terms);
  const outcomes = drafts.map((draft): DraftOutcome => {
    const kept = known.orders.get(orderKey(draft));
    if (kept !== undefined) return plan.complete(kept, draft, people.learn);
    const sale = known.waiting.get(orderKey(draft));
    if (sale === undefined && !mayMake(draft, known)) return unknownOrder;
    if (findBuyer(known, draft) === undefined && namesInDisguise(draft)) return disguised;
    if (sale !== undefined) return plan.give(sale, draft, people.placeOf);
    return plan.create(draft, people.placeOf(draft));
  });
  return {
    account: plan.finish(outcomes),
    statements: [...people.statements, ...plan.statements],
    outcomes,
    customersCreated: people.created(),
    isShared: drafts[0] !== undefined && drafts[0].account !== null,
  };
}

/** Nobody new is known by an address that looks like another one. */
const namesInDisguise = ({ buyer }: OrderDraft) => buyer.kind === 'email' && isDisguised(buyer.email);

const mayMake = (draft: OrderDraft, known: OrderContext) =>
  draft.buyer.kind !== 'customer' || (draft.buyer.isBuying === true && findBuyer(known, draft) !== undefined);

const unknownOrder: DraftOutcome = rejected('not_found', { code: 'order_unknown', of: {} }, null);

const disguised: DraftOutcome = rejected(
  'validation_failed',
  { code: 'email_in_disguise', of: {} },
  'customer_email',
);

/** Collects what the drafts change of one root account. */
function openAccount(kept: Root, known: OrderContext, terms: { now: number; importId: string | null }) {
  const { now, importId } = terms;
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

  function create(draft: OrderDraft, place: OrderHome): DraftOutcome {
    const order = newOrder(draft, place, { rootId: kept.id, ...terms });
    return { kind: 'created', order, state: add(order) };
  }

  /** Takes a sale of nobody for the order that it is, with all that happened to it since. */
  function give(
    sale: WaitingSale,
    draft: OrderDraft,
    placeOf: (draft: OrderDraft) => OrderHome,
  ): DraftOutcome {
    const merge = mergeOrder(sale.order, draft);
    if (merge.kind === 'contradicts') return contradiction(merge);
    const told = merge.kind === 'completed' ? merge.order : sale.order;
    const overRefunded = findOverRefund(told, stateOf(told));
    if (overRefunded !== null) return overRefunded;
    const order = { ...told, ...placeOf(draft), rootId: kept.id };
    statements.push(removeSale(sale));
    note(sale.order, merge, { isGiven: true });
    return { kind: 'completed', order, state: add(order), isGiven: true };
  }

  function add(order: Order): OrderState {
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
    return state;
  }

  /** Of an import's own orders nothing is noted: undoing takes them away whole. */
  function note(before: Order, merge: Merge, about: { isGiven?: boolean } = {}): void {
    if (importId === null || before.importId === importId) return;
    const added = merge.kind === 'completed' ? merge : nothingNew(before);
    statements.push(noteChange(before, added, { importId, now, ...about }));
  }

  function complete(order: Order, draft: OrderDraft, learn: (draft: OrderDraft) => boolean): DraftOutcome {
    const refusal = findRefusal(order, draft, { rootId: kept.id, known });
    if (refusal !== null) return refusal;
    const merge = mergeOrder(order, draft);
    if (merge.kind === 'unchanged') {
      return { kind: learn(draft) ? 'completed' : 'unchanged', order, state: stateOf(order) };
    }
    if (merge.kind === 'contradicts') return contradiction(merge);
    const [before, after] = [stateOf(order), stateOf(merge.order)];
    const overRefunded = findOverRefund(merge.order, after);
    if (overRefunded !== null) return overRefunded;
    learn(draft);
    const added = { events: merge.newEvents, refunds: merge.newRefunds, now };
    if (merge.hasNewLines) statements.push(...replaceLines(order, merge.order));
    note(order, merge);
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
    give,
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

const nothingNew = (order: Order) => ({ order, newEvents: [], newRefunds: [], hasNewLines: false });

/** Whose order the draft says it is, compared with whose it is; nothing is made for an order that may be refused. */
function findRefusal(
  order: Order,
  draft: OrderDraft,
  { rootId, known }: { rootId: string; known: OrderContext },
): DraftOutcome | null {
  if (order.rootId !== rootId) {
    const { number, source } = order;
    const reason = { code: 'order_of_another_account', of: { number, source } } as const;
    return rejected('order_of_another_account', reason, null);
  }
  const { department } = draft;
  const accountId =
    department === null ? rootId : known.departments.get(departmentKey(rootId, department))?.id;
  if (order.accountId !== accountId)
    return contradiction({ column: 'department', reason: { code: 'recorded_for_department', of: {} } });
  if (order.customerId !== findBuyer(known, draft)?.customerId) {
    const column = draft.buyer.kind === 'key' ? 'customer_key' : 'customer_email';
    return contradiction({ column, reason: { code: 'recorded_for_customer', of: {} } });
  }
  return null;
}

function historyOf(outcomes: readonly DraftOutcome[]): AccountDraft['history'] {
  const written = outcomes.filter(({ kind }) => kind === 'created' || kind === 'completed');
  const only = written.length === 1 ? written[0] : undefined;
  if (only !== undefined && only.kind !== 'rejected') {
    const { source, number } = only.order;
    const kind = only.kind === 'completed' ? 'order_completed' : 'order_created';
    return { kind: only.isGiven ? 'order_given' : kind, orderId: only.order.id, detail: { source, number } };
  }
  const numberOf = (kind: string) => outcomes.filter((outcome) => outcome.kind === kind).length;
  return {
    kind: 'orders_imported',
    orderId: null,
    detail: { created: numberOf('created'), completed: numberOf('completed') },
  };
}
